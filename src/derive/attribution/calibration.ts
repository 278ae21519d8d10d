import { oncePer } from '../../base/once-per.ts'
import { exponential } from '../../base/same-math.ts'
import { CONFIDENCE_MODEL, type ConfidenceModel } from './confidence-weights.ts'
import { REASON_IDS, type ReasonId, REASONS, type Reasons } from './reasons.ts'

/** From here on an answer is called confident. */
export const CONFIDENT = 0.8
/** Just below that: a wrong answer said with confidence costs more than a right one with doubt. */
const MOST_IN_DOUBT = 0.79
/** Nothing that is read from a trace is impossible, nor certain. */
const LEAST = 0.02
const MOST = 0.99

/**
 * Confidence, 0 … 1 and two digits, that the reasons of an answer add up to: the logistic function of a weighted sum,
 * so each reason multiplies the odds. Ascends with every reason that speaks for, descends with every one against.
 * A probability below what the model calls sure stays just below 0.8.
 */
export function confidenceOf(reasons: Reasons, model: ConfidenceModel = CONFIDENCE_MODEL): number {
  const probability = probabilityOf(reasons, model)
  const shown = probability < model.sureFrom || !mayBeSure(reasons) ? Math.min(probability, MOST_IN_DOUBT) : probability
  return Math.round(Math.max(LEAST, Math.min(MOST, shown)) * 100) / 100
}

/** What is never said with confidence, however much speaks for it: what the count itself denies, and any of several. */
const NEVER_SURE: readonly ReasonId[] = [
  'countBelow',
  'laterBelow',
  'short',
  'over',
  'untracedPut',
  'alternatives',
  'nameless',
  'unmappingUnseen',
]

/** False where a reason keeps any answer below what is called confident. */
export function mayBeSure(reasons: Reasons): boolean {
  const applies = (id: ReasonId): boolean => (reasons[id] ?? 0) > 0
  // Neither the failure nor a look at the page met it: it was near, and that is no proof.
  if (applies('notOpen') && !applies('atScan')) return false
  return !NEVER_SURE.some(applies)
}

/** The same before it is held back and rounded: what a fit is judged by. */
export function probabilityOf(reasons: Reasons, model: ConfidenceModel): number {
  const weights = weightsOf(model)
  let logOdds = model.base
  for (let at = 0; at < weights.length; at++) {
    const value = reasons[REASON_IDS[at]]
    if (value !== undefined && value !== 0) logOdds += weights[at] * value
  }
  return 1 / (1 + exponential(-logOdds))
}

/** In the order of `REASON_IDS`. */
const weightsOf = oncePer(({ weights }: ConfidenceModel) => Float64Array.from(REASON_IDS, (id) => weights[id]))

/** The reasons against an answer that weigh something, the heaviest first. */
export function heaviestDoubts(reasons: Reasons, { weights }: ConfidenceModel = CONFIDENCE_MODEL): readonly ReasonId[] {
  const weightOf = (id: ReasonId): number => weights[id] * (reasons[id] ?? 0)
  return REASON_IDS.filter((id) => REASONS[id].speaks === 'against' && weightOf(id) < LIGHTEST).toSorted(
    (a, b) => weightOf(a) - weightOf(b),
  )
}

/** Log odds that are not worth a word. */
const LIGHTEST = -0.3
