import { type ConfidenceModel } from '../../src/derive/attribution/confidence-weights.ts'
import { mayBeSure, probabilityOf } from '../../src/derive/attribution/calibration.ts'
import { REASON_IDS, type ReasonId, REASONS, type Reasons } from '../../src/derive/attribution/reasons.ts'

/** An answer with what was known of it, and what was true. */
export interface Example {
  readonly reasons: Reasons
  readonly isRight: boolean
}

/** Pull of each weight towards where it began, as so many examples: what is rarely seen keeps what was thought before. */
const RIDGE = 2
const SWEEPS = 200
/** Longest step of a weight: Newton's own may run away where examples are few. */
const LONGEST_STEP = 0.5
/** A simulation knows less than a machine: no doubt loses more than half of what it was thought to weigh … */
const LEAST_DOUBT = 0.5
/** … and nothing that speaks for an answer gains more than this many times. */
const MOST_SUPPORT = 2.5
const MOST_DOUBT = 6
/** Of the answers called sure, at most this share may be wrong in the examples. */
const WRONG_AMONG_SURE = 0.0035

/**
 * Logistic regression with a ridge towards `prior`, one weight after the other (coordinate-wise Newton). A reason keeps
 * the side that it speaks for. Deterministic; O(sweeps × examples × reasons).
 */
export function fitModel(examples: readonly Example[], prior: ConfidenceModel): ConfidenceModel {
  const columns = REASON_IDS.map((id) => Float64Array.from(examples, ({ reasons }) => reasons[id] ?? 0))
  const wanted = Float64Array.from(examples, ({ isRight }) => Number(isRight))
  const values = [...REASON_IDS.map((id) => prior.weights[id]), prior.base]
  const starts = [...values]
  columns.push(new Float64Array(examples.length).fill(1))
  const logOdds = Float64Array.from(examples, (_, row) =>
    columns.reduce((sum, column, at) => sum + column[row] * values[at], 0),
  )
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [at, column] of columns.entries()) {
      const step = stepOf(column, wanted, logOdds, values[at] - starts[at])
      const next = at < REASON_IDS.length ? onItsSide(REASON_IDS[at], values[at] + step, starts[at]) : values[at] + step
      for (let row = 0; row < column.length; row++) logOdds[row] += column[row] * (next - values[at])
      values[at] = next
    }
  }
  const weights = Object.fromEntries(REASON_IDS.map((id, at) => [id, round(values[at])])) as Record<ReasonId, number> // every id has one
  const model = { base: round(values[REASON_IDS.length]), weights, sureFrom: 0 }
  return { ...model, sureFrom: sureFrom(examples, model) }
}

function stepOf(column: Float64Array, wanted: Float64Array, logOdds: Float64Array, moved: number): number {
  let slope = -RIDGE * moved
  let curve = RIDGE
  for (let row = 0; row < column.length; row++) {
    if (column[row] === 0) continue
    const probability = 1 / (1 + Math.exp(-logOdds[row]))
    slope += column[row] * (wanted[row] - probability)
    curve += column[row] ** 2 * probability * (1 - probability)
  }
  return Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, slope / curve))
}

function onItsSide(id: ReasonId, weight: number, thought: number): number {
  return REASONS[id].speaks === 'for'
    ? Math.max(0, Math.min(MOST_SUPPORT * thought, weight))
    : Math.max(-MOST_DOUBT, Math.min(LEAST_DOUBT * thought, weight))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** The least probability, in steps of 0.01, from which on next to no example is wrong. */
function sureFrom(examples: readonly Example[], model: ConfidenceModel): number {
  const judged = examples
    .filter(({ reasons }) => mayBeSure(reasons))
    .map(({ reasons, isRight }) => ({ probability: probabilityOf(reasons, model), isRight }))
  for (let from = 80; from < 99; from++) {
    const sure = judged.filter(({ probability }) => probability >= from / 100)
    if (sure.filter(({ isRight }) => !isRight).length <= WRONG_AMONG_SURE * sure.length) return from / 100
  }
  return 0.99
}
