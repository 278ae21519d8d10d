import { rowsOf } from '../base/group-index.ts'
import { formatTime } from '../base/clock.ts'
import { migratetypeName } from '../derive/migratetype-names.ts'
import { type EventRow, type PageId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'
import { timeAnswer } from './time-answer.ts'
import { type EvidenceAnswer } from './wire.ts'

/** Changes told one by one; a block that changes more often is being tried over and over. */
const MOST_CHANGES = 8

/**
 * The migratetype of a page's block as its events print it, one answer for each change: `pageblock is 4 CMA`, then
 * `5 Isolate from 2.625952`, each with the first line that says so. An allocation or an offlining makes it Isolate while
 * it tries (mm/page_isolation.c). Empty without events. O(events of the page).
 */
export function migratetypeAnswers(trace: Trace, page: PageId): readonly EvidenceAnswer[] {
  const changes = page < 0 ? [] : changesOf(trace, page)
  const shown = changes.slice(0, MOST_CHANGES).map((row, at) => answer(trace, row, at === 0))
  const more = changes.length - shown.length
  return more > 0 ? [...shown, { text: `${more} more changes of its migratetype`, places: [], raw: [] }] : shown
}

function changesOf(trace: Trace, page: PageId): readonly EventRow[] {
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page)
  const changes: EventRow[] = []
  let before = -1
  for (let at = 0; at < rows.length; at++) {
    const mt = mtOf(trace, rows[at])
    if (mt < 0 || mt === before) continue
    before = mt
    changes.push(rows[at])
  }
  return changes
}

function answer(trace: Trace, row: EventRow, isFirst: boolean): EvidenceAnswer {
  const { time, line } = trace.events
  const mt = mtOf(trace, row)
  const name = `mt ${mt} ${migratetypeName(trace, mt)}`.trimEnd()
  const text = isFirst ? `pageblock is ${name}` : `pageblock is ${name} from ${formatTime(time[row], trace.clock)}`
  return { text, places: [placeOf(trace, line[row])], raw: [], time: timeAnswer(trace, time[row]) }
}

function mtOf(trace: Trace, row: EventRow): number {
  return trace.shapes.mt[trace.events.shape[row]]
}
