import { findAtLeast } from '../../base/bisect.ts'
import { rowsOf } from '../../base/group-index.ts'
import { statedCount } from '../counts/effect.ts'
import { mappingsOf } from '../counts/mapcount.ts'
import { deltaOf } from '../operation.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { classifierOf } from './classify.ts'
import { classIndexOf } from './reference-class.ts'

const MAPPING = classIndexOf('mapping')

/**
 * References that left a page between an event and the last one up to a time without an event that shows it: the count
 * fell more than the traced operations say. What a fall of the mappings explains is left out. 0 when the books balance:
 * races of the sampled count cancel out, for only the two ends are compared. O(events of the page between).
 */
export function untracedPutsBetween(trace: Trace, page: PageId, from: EventRow, until: number): number {
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page)
  const classifier = classifierOf(trace)
  let last = from
  let change = 0
  let mappingChange = 0
  for (let at = findAtLeast(rows, from) + 1; at < rows.length && trace.events.time[rows[at]] <= until; at++) {
    const row = rows[at]
    const kind = trace.events.kind[row]
    if (!isRefKind(kind)) continue
    const delta = deltaOf(trace, row)
    last = row
    change += delta
    if (delta !== 0 && classifier.classOf(kind, delta, trace.events.stack[row]) === MAPPING) mappingChange += delta
  }
  const gap = countAt(trace, last) - countAt(trace, from) - change
  const unmapped = Math.min(0, (mappingsOf(trace, last) ?? 0) - (mappingsOf(trace, from) ?? 0) - mappingChange)
  return Math.max(0, unmapped - gap)
}

function countAt(trace: Trace, row: EventRow): number {
  return statedCount(trace, row) ?? trace.events.count[row]
}
