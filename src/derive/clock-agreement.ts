import { formatDuration } from '../base/clock.ts'
import { oncePer } from '../base/once-per.ts'
import { type Trace } from '../model/trace.ts'

/** File's time less the trace's, ns, for each event of the trace that may be the act a record of the file tells. */
export type ActOffsets = readonly number[]

/**
 * How the clock of a file stands to the trace's, by acts that both tell: they agree, one runs ahead of the other by the
 * same span at each of them (`byNs`, positive when the file is ahead), or no acts tell.
 */
export type ClockAgreement =
  | { readonly kind: 'agrees'; readonly acts: number }
  | { readonly kind: 'differs'; readonly byNs: number; readonly acts: number }
  | { readonly kind: 'untold' }

/** A record is made within this of the event, however busy the machine; and clocks drift less while a trace is taken. */
const NEAR_NS = 5_000_000
/** One act may be another that looks the same. */
const FEWEST_ACTS = 2

/** Compares two clocks. An act with several candidates tells only that the clocks may agree. */
export function agreementOf(acts: readonly ActOffsets[]): ClockAgreement {
  const same = acts.filter((offsets) => offsets.some((offset) => Math.abs(offset) <= NEAR_NS)).length
  if (same > 0) return { kind: 'agrees', acts: same }
  const sure = acts.flatMap((offsets) => (offsets.length === 1 ? offsets : [])).toSorted((a, b) => a - b)
  const middle = sure.at(sure.length >> 1) ?? 0
  const near = sure.filter((offset) => Math.abs(offset - middle) <= NEAR_NS)
  if (near.length < FEWEST_ACTS || near.length * 2 <= sure.length) return { kind: 'untold' }
  return { kind: 'differs', byNs: middle, acts: near.length }
}

/** Acts that are enough to tell how two clocks stand; reading more costs time and changes nothing. */
export const MOST_ACTS = 2000

/** The agreement of a file's clock with the trace's by the acts that `readActs` finds, which is asked once a trace. */
export function agreementByActs(readActs: (trace: Trace) => readonly ActOffsets[]): (trace: Trace) => ClockAgreement {
  return oncePer((trace) => agreementOf(readActs(trace)))
}

/** `3.2 ms ahead of`, `3.2 ms behind`: where a clock stands that runs `byNs` ahead of another. */
export function aheadText(byNs: number): string {
  return `${formatDuration(Math.abs(byNs))} ${byNs < 0 ? 'behind' : 'ahead of'}`
}
