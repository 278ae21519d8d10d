import { type Clock, formatTime } from '../../base/clock.ts'
import { type TimeWindow } from './time-window.ts'

/** A position on the time axis with the text that the file itself would print there. */
export interface TimeTick {
  readonly ns: number
  readonly text: string
}

/** What stands at an axis of time: its unit, and that its numbers can be searched in the file. */
export const TIME_UNIT_WORDS: Readonly<Record<Clock['style']['unit'], string>> = {
  seconds: 'time in s, as in the file',
  microseconds: 'time in us, as in the file',
  counts: 'counts of the trace clock, as in the file',
}

/**
 * At most `most` ticks at round absolute times (1, 2 or 5 times a power of ten), so that zooming and panning never
 * renames a moment. No two ticks print alike: a step is at least one unit of the file.
 */
export function timeTicks(window: TimeWindow, most: number, clock: Clock): readonly TimeTick[] {
  const step = stepFor(window.to - window.from, most, unitOf(clock))
  const offset = Number(BigInt(clock.originNs) % BigInt(step))
  const first = Math.ceil((window.from + offset) / step) * step - offset
  const ticks: TimeTick[] = []
  for (let ns = first; ns <= window.to; ns += step) ticks.push({ ns, text: formatTime(ns, clock) })
  return ticks
}

/** The smallest difference that the file can print, in `TimeNs`. */
export function unitOf(clock: Clock): number {
  const { unit, digits } = clock.style
  if (unit === 'counts') return 1
  return unit === 'microseconds' ? 1000 : 10 ** (9 - digits)
}

/** The smallest 1-2-5 step, no less than `unit`, of which at most `most` fall into a closed span. */
function stepFor(span: number, most: number, unit: number): number {
  let step = unit
  for (let round = 0; Math.floor(span / step) + 1 > most; round++) step = unit * roundStep(round + 1)
  return step
}

function roundStep(round: number): number {
  return [1, 2, 5][round % 3] * 10 ** Math.floor(round / 3)
}

/** At most `most` whole numbers from `low` to `high`, evenly and roundly spaced. */
export function countTicks(low: number, high: number, most: number): readonly number[] {
  const step = stepFor(high - low, most, 1)
  const ticks: number[] = []
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) ticks.push(value)
  return ticks
}
