import { type Derived } from '../../derive/derived.ts'
import { type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { timelineSeriesOf } from '../timeline-series.ts'

/**
 * Stretches of time in which a page had more references than migration expects: `from, to, excess` each, from an event to
 * the next of the page. O(events of the page) when first asked; kept with the derived tables.
 */
export function excessStretches(trace: Trace, derived: Derived, page: PageId): Float64Array {
  const known = kept.get(derived) ?? new Map<PageId, Float64Array>()
  kept.set(derived, known)
  const stretches = known.get(page) ?? stretchesOf(trace, derived, page)
  known.set(page, stretches)
  return stretches
}

const kept = new WeakMap<Derived, Map<PageId, Float64Array>>()

function stretchesOf(trace: Trace, derived: Derived, page: PageId): Float64Array {
  const { time, excess, length } = timelineSeriesOf(trace, derived, page)
  const found: number[] = []
  for (let point = 0; point < length; point++) {
    const until = point + 1 < length ? time[point + 1] : time[point]
    if (excess[point] > 0) found.push(time[point], until, excess[point])
  }
  return Float64Array.from(found)
}
