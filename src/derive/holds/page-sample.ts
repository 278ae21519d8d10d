import { type FailedRange } from '../failures/failed-range.ts'
import { folioPlaceOf } from '../compound.ts'
import { type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'

/**
 * Events whose references are paired before the failed ranges are judged: a second or so. A trace of more is judged by a
 * sample of its pages.
 */
export const MOST_EVENTS_FIRST = 2_000_000
/** Of these, at least so many of pages that no failed range asks for: they teach what is usual. */
const LEAST_OTHERS = 0.25
/** A page of more than this share of the others' events would be all that is learned from. */
const MOST_OF_ONE = 0.1

/** Pages that a trace is judged by: 1 for each of them. */
export type PageSample = Uint8Array

/**
 * The pages whose holds the failed ranges are judged by: all of the ranges themselves, with the heads of folios that reach
 * into them, and of the others every k-th, in the order in which the trace first shows them. Undefined when that is all:
 * the trace has at most `most` events. The same trace always gives the same sample. O(pages + pages of the ranges).
 */
export function samplePages(
  trace: Trace,
  ranges: readonly FailedRange[],
  most: number = MOST_EVENTS_FIRST,
): PageSample | undefined {
  if (trace.events.length <= most) return undefined
  const sample = new Uint8Array(trace.pages.length)
  for (const range of ranges) addRange(trace, range, sample)
  const { offsets } = trace.indexes.byPage
  const eventsOf = (page: number): number => offsets[page + 1] - offsets[page]
  const [taken, left] = sumEvents(sample, eventsOf)
  const budget = Math.max(most * LEAST_OTHERS, most - taken)
  const step = Math.max(1, Math.ceil(left / budget))
  let others = 0
  for (let page = 0; page < sample.length; page++)
    if (sample[page] === 0 && eventsOf(page) <= most * MOST_OF_ONE && others++ % step === 0) sample[page] = 1
  return sample
}

/** Events of the pages that are in a sample, and of those that are not. */
function sumEvents(sample: PageSample, eventsOf: (page: number) => number): readonly [number, number] {
  let taken = 0
  let left = 0
  for (let page = 0; page < sample.length; page++)
    if (sample[page] === 1) taken += eventsOf(page)
    else left += eventsOf(page)
  return [taken, left]
}

/** What `findingsFor` asks about: the pages of the range from the head of its first one on, and heads of what is named. */
function addRange(trace: Trace, range: FailedRange, sample: PageSample): void {
  const { pages, events } = trace
  const at = range.time ?? events.time[events.length - 1]
  const add = (page: PageId): void => {
    if (page >= 0) sample[page] = 1
  }
  const end = pages.positionAtLeast(range.endPfn)
  const first = pages.positionAtLeast(folioPlaceOf(trace, range.startPfn, at).headPfn)
  for (let position = first; position < end; position++) add(pages.byPfn[position])
  for (const pfn of range.namedPfns) add(pages.find(folioPlaceOf(trace, pfn, at).headPfn))
}
