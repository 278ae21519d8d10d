import { type AttemptKind } from './attempt-counts.ts'
import { type CompareDigest } from './compare-digest.ts'
import { type CompareMeasure } from './compare-question.ts'
import { type CompareSide } from './compare-side.ts'

/** How long, or how often, each side was looked at: what counts of captures of different length are divided by. */
export interface Exposure {
  /** `attempt`: of the kind that both sides tell of; `second` of trace; `none` where a side tells neither. */
  readonly per: 'attempt' | 'second' | 'none'
  readonly kind?: AttemptKind
  /** Attempts, or ns of trace. */
  readonly a: number
  readonly b: number
}

const NONE: Exposure = { per: 'none', a: 0, b: 0 }

/** What blocked ranges are divided by: attempts of the first kind that both tell of, else the length of the trace. */
export function attemptExposure(a: CompareDigest, b: CompareDigest): Exposure {
  const shared = a.attempts.find(({ kind }) => b.attempts.some((other) => other.kind === kind))
  const other = b.attempts.find(({ kind }) => kind === shared?.kind)
  if (shared === undefined || other === undefined) return timeExposure(a.side, b.side)
  return { per: 'attempt', kind: shared.kind, a: shared.total, b: other.total }
}

/** What holds are divided by: the time from the first to the last event, where both clocks tell time. */
function timeExposure(a: CompareSide, b: CompareSide): Exposure {
  const isTimed = a.hasDurations && b.hasDurations && a.spanNs > 0 && b.spanNs > 0
  return isTimed ? { per: 'second', a: a.spanNs, b: b.spanNs } : NONE
}

/** Exposures by measure: ranges are blocked in attempts, everything else happens in time. */
export type Exposures = Readonly<Record<CompareMeasure, Exposure>>

/** What each measure of two captures is divided by. */
export function exposuresOf(a: CompareDigest, b: CompareDigest): Exposures {
  const time = timeExposure(a.side, b.side)
  return { ranges: attemptExposure(a, b), longTerm: time, open: time, holds: time, totalNs: time, pages: NONE }
}

const NS_PER_SECOND = 1_000_000_000

/** A count as a rate: per attempt, or per second; as it is where nothing tells how much was looked. */
export function rateOf(count: number, { per }: Exposure, exposure: number): number {
  if (per === 'none') return count
  return per === 'second' ? (count * NS_PER_SECOND) / exposure : count / exposure
}

/** `/s`, `/attempt`, or nothing. */
export function rateUnit({ per }: Exposure): string {
  if (per === 'none') return ''
  return per === 'second' ? '/s' : '/attempt'
}
