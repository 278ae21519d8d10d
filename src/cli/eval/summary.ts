import { CONFIDENT, type JudgedAnswer, type Score } from './score.ts'

/** Bins of the calibration table. */
const BINS = 10

/** What a run of a damage plan comes to. Shares are 0 … 1; undefined where there is nothing to share. */
export interface Summary {
  readonly top1: number | undefined
  readonly top3: number | undefined
  readonly kind: number | undefined
  /** Of the pages named, those truly held; and of the pages held, those named: at 0.8 or more, and at all. */
  readonly surePrecision: number | undefined
  readonly sureRecall: number | undefined
  readonly precision: number | undefined
  readonly recall: number | undefined
  /** Confident answers that name somebody else, or a page that nobody holds, of all confident answers. */
  readonly wrongButConfident: number | undefined
}

/** Sums captures up, each counted alike however many pages it has. */
export function summaryOf(scores: readonly Score[]): Summary {
  const sure = (score: Score): readonly JudgedAnswer[] =>
    score.answers.filter(({ confidence }) => confidence >= CONFIDENT)
  return {
    top1: meanShare(scores, (score) => [score.top1, score.pages]),
    top3: meanShare(scores, (score) => [score.top3, score.pages]),
    kind: meanShare(scores, (score) => [score.kindRight, score.top1]),
    surePrecision: meanShare(scores, (score) => [sure(score).filter((one) => one.isHeld).length, sure(score).length]),
    sureRecall: meanShare(scores, (score) => [sure(score).filter((one) => one.isHeld).length, score.pages]),
    precision: meanShare(scores, (score) => [score.pagesFound, score.pagesFound + score.pagesExtra]),
    recall: meanShare(scores, (score) => [score.pagesFound, score.pages]),
    wrongButConfident: meanShare(scores, (score) => [
      sure(score).filter((one) => !one.isRight).length,
      sure(score).length,
    ]),
  }
}

/** Mean over the captures that have a whole to share. */
function meanShare(
  scores: readonly Score[],
  shareOf: (score: Score) => readonly [part: number, whole: number],
): number | undefined {
  const shares = scores.map(shareOf).filter(([, whole]) => whole > 0)
  return shares.length === 0 ? undefined : shares.reduce((sum, [part, whole]) => sum + part / whole, 0) / shares.length
}

/** How far confidence and truth lie apart: 0 is perfect. */
export interface Calibration {
  /** Mean square of confidence less truth. */
  readonly brier: number
  /** Mean over the bins, by their answers, of how far mean confidence and share of right answers lie apart. */
  readonly error: number
  readonly bins: readonly { readonly answers: number; readonly confidence: number; readonly right: number }[]
}

/** Compares the confidence of answers with how many of them were right. */
export function calibrationOf(answers: readonly Pick<JudgedAnswer, 'confidence' | 'isRight'>[]): Calibration {
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const inBin = answers.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin)
    const mean = (values: readonly number[]): number =>
      values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
    return {
      answers: inBin.length,
      confidence: mean(inBin.map(({ confidence }) => confidence)),
      right: mean(inBin.map(({ isRight }) => Number(isRight))),
    }
  })
  const count = Math.max(1, answers.length)
  return {
    brier: answers.reduce((sum, one) => sum + (one.confidence - Number(one.isRight)) ** 2, 0) / count,
    error: bins.reduce((sum, bin) => sum + (bin.answers / count) * Math.abs(bin.confidence - bin.right), 0),
    bins,
  }
}

/** The summary and the calibration as lines to print. */
export function summaryLines(summary: Summary, calibration: Calibration): readonly string[] {
  const percent = (share: number | undefined): string => (share === undefined ? '-' : `${(share * 100).toFixed(1)} %`)
  return [
    `each capture alike: top-1 ${percent(summary.top1)}  top-3 ${percent(summary.top3)}  kind ${percent(summary.kind)}`,
    `pages named at >= ${CONFIDENT}: precision ${percent(summary.surePrecision)}  recall ${percent(summary.sureRecall)}`,
    `pages named at all: precision ${percent(summary.precision)}  recall ${percent(summary.recall)}`,
    `wrong but confident: ${percent(summary.wrongButConfident)} of the confident answers`,
    ...calibrationLines(calibration),
  ]
}

/** Brier score, calibration error and the table of bins. */
export function calibrationLines({ brier, error, bins }: Calibration): readonly string[] {
  return [
    `Brier score ${brier.toFixed(3)}  calibration error ${error.toFixed(3)}`,
    'confidence   answers   mean   right',
    ...bins.map((bin, at) => {
      const label = `${(at / BINS).toFixed(1)} to ${((at + 1) / BINS).toFixed(1)}`
      const shares = bin.answers === 0 ? '    -       -' : `${bin.confidence.toFixed(2)}    ${bin.right.toFixed(2)}`
      return `${label.padEnd(12)} ${String(bin.answers).padStart(7)}   ${shares}`
    }),
  ]
}
