import { rowsOf } from '../base/group-index.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { type PageOfPfn } from './page-of-pfn.ts'
import { traceSpan } from './time-answer.ts'
import { type TimelineQuestion } from './timeline.ts'

/** The window that a timeline question means: its own ends, else the lifetime's, else the trace's. Both ends included. */
export function timelineWindow(
  trace: Trace,
  derived: Derived,
  { page }: PageOfPfn,
  question: TimelineQuestion,
): { readonly from: number; readonly to: number } {
  const span = lifetimeSpan(derived, page, question.lifetime) ?? traceSpan(trace)
  const from = question.from ?? span.from
  return { from, to: Math.max(from, question.to ?? span.to) }
}

function lifetimeSpan(
  { lifetimes }: Derived,
  page: PageOfPfn['page'],
  number: number,
): { readonly from: number; readonly to: number } | undefined {
  if (page < 0 || number < 1) return undefined
  const rows = rowsOf(lifetimes.byPage, page)
  if (number > rows.length) return undefined
  const life = rows[number - 1]
  return { from: lifetimes.from[life], to: lifetimes.to[life] }
}
