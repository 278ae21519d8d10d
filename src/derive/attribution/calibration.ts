type Points = readonly (readonly [score: number, confidence: number])[]

/**
 * What the product of an answer's weights is worth: the share of right first answers by score, of 320 simulated traces
 * (test/eval/simulated.ts, seeds 1 to 40 of each of eight kinds of damage), told apart by whether the counts show that
 * events are missing in silence. Straight lines between the points. Where one answer in ten is wrong the confidence
 * stops below 0.8, though more are right than that says; and a trace that lacks events never makes one very sure.
 */
const BY_COMPLETE_TRACE: Points = [
  [0, 0.05],
  [0.12, 0.1],
  [0.17, 0.6],
  [0.22, 0.78],
  [0.27, 0.79],
  [0.48, 0.79],
  [0.52, 0.96],
  [0.75, 0.99],
  [1, 0.99],
]
const BY_INCOMPLETE_TRACE: Points = [
  [0, 0.1],
  [0.12, 0.13],
  [0.17, 0.27],
  [0.22, 0.43],
  [0.27, 0.75],
  [0.32, 0.79],
  [0.68, 0.79],
  [0.72, 0.84],
  [1, 0.9],
]

/** Confidence, 0 … 1 and two digits, that a score stands for. Ascends with the score. */
export function confidenceOfScore(score: number, isTraceIncomplete: boolean): number {
  const points = isTraceIncomplete ? BY_INCOMPLETE_TRACE : BY_COMPLETE_TRACE
  const next = points.findIndex(([known]) => known >= score)
  if (next <= 0) return points[next < 0 ? points.length - 1 : 0][1]
  const [[fromScore, from], [toScore, to]] = [points[next - 1], points[next]]
  return Math.round((from + ((to - from) * (score - fromScore)) / (toScore - fromScore)) * 100) / 100
}
