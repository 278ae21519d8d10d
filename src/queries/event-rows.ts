import { rowsOf } from '../base/group-index.ts'
import { type EventRow, type LineId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type EventFilter, eventFilter } from './event-filter.ts'
import { type EventsQuestion } from './events.ts'
import { pageOfPfn } from './page-of-pfn.ts'

/** How many rows a question means, and the rows of its window. */
export interface EventRows {
  readonly total: number
  readonly rows: readonly EventRow[]
}

/** Rows of a position list or, without one, of the whole table. */
interface Candidates {
  readonly length: number
  rowAt(position: number): EventRow
}

/**
 * Where the window begins: `offset`, or half a window before the event of the line asked for. O(candidates) when a line
 * is asked for.
 */
export function findEventOffset(trace: Trace, question: EventsQuestion): number {
  const line = lineAsked(trace, question)
  if (line === undefined) return question.offset
  const { candidates, start, end, passes } = passingRows(trace, question)
  let position = 0
  for (let at = start; at < end; at++) {
    const row = candidates.rowAt(at)
    if (passes !== undefined && !passes(row)) continue
    if (trace.events.line[row] === line) return Math.max(0, position - Math.floor(question.limit / 2))
    position++
  }
  return question.offset
}

function lineAsked(trace: Trace, { around }: EventsQuestion): LineId | undefined {
  const file = around && trace.files.find((candidate) => candidate.name === around.fileName)
  return around && file && ((file.firstLine + around.line - 1) as LineId) // lines of a file are consecutive
}

/** Finds the rows of the window in time order. O(log events) by time alone; else O(candidates), with no object a row. */
export function findEventRows(trace: Trace, question: EventsQuestion): EventRows {
  const { candidates, start, end, passes } = passingRows(trace, question)
  const rows: EventRow[] = []
  if (passes === undefined) {
    const last = Math.min(end, start + question.offset + question.limit)
    for (let at = start + question.offset; at < last; at++) rows.push(candidates.rowAt(at))
    return { total: Math.max(0, end - start), rows }
  }
  let total = 0
  for (let at = start; at < end; at++) {
    const row = candidates.rowAt(at)
    if (!passes(row)) continue
    if (total >= question.offset && rows.length < question.limit) rows.push(row)
    total++
  }
  return { total, rows }
}

interface Passing {
  readonly candidates: Candidates
  /** Positions `[start, end)` lie in the time window. */
  readonly start: number
  readonly end: number
  readonly passes: EventFilter | undefined
}

function passingRows(trace: Trace, question: EventsQuestion): Passing {
  const candidates = candidatesOf(trace, question)
  const start = question.from === undefined ? 0 : positionAt(trace, candidates, question.from)
  const end = question.to === undefined ? candidates.length : positionAt(trace, candidates, question.to + 1)
  return { candidates, start, end, passes: eventFilter(trace, question) }
}

function candidatesOf(trace: Trace, { pfn }: EventsQuestion): Candidates {
  if (pfn === undefined) return { length: trace.events.length, rowAt: (position) => position as EventRow }
  const { page } = pageOfPfn(trace, pfn)
  if (page < 0) return { length: 0, rowAt: (position) => position as EventRow }
  const rows = rowsOf(trace.indexes.byPage, page)
  return { length: rows.length, rowAt: (position) => rows[position] }
}

/** First position whose event is at or after `time`. */
function positionAt(trace: Trace, candidates: Candidates, time: number): number {
  let low = 0
  let high = candidates.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (trace.events.time[candidates.rowAt(middle)] < time) low = middle + 1
    else high = middle
  }
  return low
}
