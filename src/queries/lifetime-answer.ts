import { type Derived } from '../derive/derived.ts'
import { EDGE_TRACE } from '../derive/counts/lifetime-table.ts'
import { findAbove, findAtLeast } from '../base/bisect.ts'
import { rowsOf } from '../base/group-index.ts'
import { type PageId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type LifetimeAnswer } from './page-facts.ts'
import { overlaps } from './loss-overlap.ts'
import { timeAnswer } from './time-answer.ts'

/** The lives of one page in time order, numbered from 1. */
export function lifetimeAnswers(trace: Trace, derived: Derived, page: PageId): readonly LifetimeAnswer[] {
  if (page < 0) return []
  const { lifetimes } = derived
  const rows = rowsOf(lifetimes.byPage, page)
  const events = rowsOf(trace.indexes.byPage, page)
  const answers: LifetimeAnswer[] = []
  for (let at = 0; at < rows.length; at++) {
    const life = rows[at]
    const first = findAtLeast(events, lifetimes.firstRow[life])
    const end = findAbove(events, lifetimes.lastRow[life])
    answers.push({
      number: at + 1,
      from: timeAnswer(trace, lifetimes.from[life]),
      to: timeAnswer(trace, lifetimes.to[life]),
      startsWithTrace: lifetimes.startEdge[life] === EDGE_TRACE,
      endsWithTrace: lifetimes.endEdge[life] === EDGE_TRACE,
      events: end - first,
      hasLoss: trace.losses.some((loss) => overlaps(loss, lifetimes.from[life], lifetimes.to[life])),
    })
  }
  return answers
}
