import { formatTime } from '../base/clock.ts'
import { type FailedRange } from '../derive/failures/failed-range.ts'
import { type Trace } from '../model/trace.ts'
import { printedText, tellingLine } from './failure-time.ts'
import { placeOf } from './place.ts'
import { type FailureAnswer } from './wire.ts'

/** A failed range that was found while files are still read: what the kernel said, and nothing about who holds. */
export interface FoundRange extends Pick<FailureAnswer, 'trigger' | 'startPfn' | 'endPfn'> {
  readonly key: string
  /** When it failed first, as the file prints it; empty when no line tells. */
  readonly time: string
  /** The time is the kernel log's, which may be another clock than the trace's. */
  readonly isLogTime: boolean
  /** The line that tells of it first. */
  readonly fileName: string
  /** Absent while the lines before it are not counted. */
  readonly line?: number
  /** Times that it was told to have failed so far. */
  readonly times: number
}

/** The failed ranges found so far, each list in time order. */
export interface FoundSoFar {
  /** Those that the end of the last trace tells, which is looked at first. */
  readonly atEnd: readonly FoundRange[]
  /** The first of all others. */
  readonly ranges: readonly FoundRange[]
  readonly total: number
}

/** A place that is not the one in the capture that was looked at: lines of a file of which only some are there. */
export type LineInFile = (fileName: string, line: number) => number | undefined

const MOST_SHOWN = 100

/** When each range failed first as far as the end of a trace tells, absolute ns as printed, by what failed and where. */
export type EndTimes = ReadonlyMap<string, string>

/** The times of ranges that the end alone tells of. */
export function endTimes(ranges: readonly FailedRange[]): EndTimes {
  const timed = ranges.toSorted(byTime).toReversed()
  return new Map(timed.map((range) => [keyOf(range), range.printedNs ?? '0']))
}

/** Failures of one range for one reason are told once, with the first of them; those from a time of `ends` on apart. */
export function foundRanges(
  trace: Trace,
  ranges: readonly FailedRange[],
  lineInFile: LineInFile,
  ends: EndTimes,
): Pick<FoundSoFar, 'ranges' | 'total'> {
  const found = new Map<string, FoundRange>()
  for (const range of ranges.toSorted(byTime)) {
    if (range.endPfn <= range.startPfn || range.lines.length === 0) continue // a log that names no range
    const key = isOfEnd(range, ends) ? `${keyOf(range)} at the end` : keyOf(range)
    const before = found.get(key)
    if (before === undefined) found.set(key, foundRange(trace, range, key, lineInFile))
    else found.set(key, { ...before, times: before.times + range.attempts })
  }
  return { ranges: [...found.values()].slice(0, MOST_SHOWN), total: found.size }
}

function keyOf({ trigger, startPfn, endPfn }: FailedRange): string {
  return `${trigger} ${startPfn}-${endPfn}`
}

function isOfEnd(range: FailedRange, ends: EndTimes): boolean {
  const from = ends.get(keyOf(range))
  return from !== undefined && range.printedNs !== undefined && BigInt(range.printedNs) >= BigInt(from)
}

/** What was found from the beginning on, with what the end tells: that stays where it is, and gets its line when it is found again. */
export function withEnd(found: Pick<FoundSoFar, 'ranges' | 'total'>, end: readonly FoundRange[]): FoundSoFar {
  const atEnd = end.map((range) => found.ranges.find((other) => other.key === range.key) ?? range)
  const ranges = found.ranges.filter((range) => !atEnd.includes(range))
  return { atEnd, ranges, total: found.total + atEnd.filter((range) => !found.ranges.includes(range)).length }
}

function foundRange(trace: Trace, range: FailedRange, key: string, lineInFile: LineInFile): FoundRange {
  const { trigger, startPfn, endPfn, time, attempts } = range
  const place = placeOf(trace, tellingLine(trace, range))
  const line = lineInFile(place.fileName, place.line)
  return {
    key,
    trigger,
    startPfn,
    endPfn,
    time: time === undefined ? printedText(range.printedNs) : formatTime(time, trace.clock),
    isLogTime: time === undefined,
    fileName: place.fileName,
    ...(line === undefined ? {} : { line }),
    times: attempts,
  }
}

function byTime(a: FailedRange, b: FailedRange): number {
  return (a.time ?? Number.MAX_VALUE) - (b.time ?? Number.MAX_VALUE) || a.startPfn - b.startPfn
}
