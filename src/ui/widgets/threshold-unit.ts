import { type Clock } from '../../base/clock.ts'

/** What a threshold is typed in: microseconds, or counts when the trace's clock counts and says no time. */
export interface ThresholdUnit {
  readonly name: 'us' | 'counts'
  /** `microseconds`, `counts of the trace clock`. */
  readonly words: string
  /** How many of them the link's microsecond stands for: it holds thousandths. */
  readonly perUs: 1 | 1000
}

const MICROSECONDS: ThresholdUnit = { name: 'us', words: 'microseconds', perUs: 1 }
const COUNTS: ThresholdUnit = { name: 'counts', words: 'counts of the trace clock', perUs: 1000 }

/** The unit that goes with a capture's clock. */
export function thresholdUnitOf(clock: Clock | undefined): ThresholdUnit {
  return clock?.style.unit === 'counts' ? COUNTS : MICROSECONDS
}

/** A threshold as it is typed and shown. */
export function toUnits(thresholdUs: number, { perUs }: ThresholdUnit): number {
  return Math.round(thresholdUs * perUs * 1000) / 1000
}

/** The inverse of `toUnits`. */
export function fromUnits(value: number, { perUs }: ThresholdUnit): number {
  return value / perUs
}
