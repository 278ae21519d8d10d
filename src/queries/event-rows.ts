import { findAbove, findAtLeast } from '../base/bisect.ts'
import { rowsOf } from '../base/group-index.ts'
import { oncePer } from '../base/once-per.ts'
import { type Derived } from '../derive/derived.ts'
import { type EventRow, type LineId } from '../model/ids.ts'
import { lineIdOf, type Trace } from '../model/trace.ts'
import { chooseEvents, isByPageAlone } from './event-filter.ts'
import { type EventsQuestion } from './events.ts'
import { type FilterError } from './filter/filter-node.ts'
import { type FilterRun } from './filter/filter-run.ts'
import { pageOfPfn } from './page-of-pfn.ts'

/** How many rows a question means, and which they are by position; as far as is known by now. */
export interface EventRows {
  readonly total: number
  /** Events of which the capture does not tell whether they match. */
  readonly unknown: number
  /** Events of the window that were looked at, and those to look at: `total` is exact when they are equal. */
  readonly lookedAt: number
  readonly toLookAt: number
  readonly errors: readonly FilterError[]
  /** The row at a position below `total`. */
  rowAt(position: number): EventRow
  /** Position of a row; undefined when it does not match, or is not known to. */
  positionOf(row: EventRow): number | undefined
}

const NONE_KNOWN = { unknown: 0, lookedAt: 0, toLookAt: 0, errors: [] }

/** The rows that a question means, of what was looked at. O(log events), or what `FilterRun` does when it is first asked. */
export function eventRowsOf(trace: Trace, derived: Derived | undefined, question: EventsQuestion): EventRows {
  const start = question.from === undefined ? 0 : findAtLeast(trace.events.time, question.from)
  const end = question.to === undefined ? trace.events.length : findAbove(trace.events.time, question.to)
  if (isByPageAlone(question)) return rowsByPage(trace, question.pfn, start, Math.max(start, end))
  const chosen = chooseEvents(trace, derived, question)
  if (chosen.kind === 'run') return rowsOfRun(chosen.run, start, Math.max(start, end))
  const errors = chosen.kind === 'wrong' ? chosen.errors : []
  return { ...NONE_KNOWN, errors, total: 0, rowAt: (position) => position as EventRow, positionOf: () => undefined }
}

/** Where the window begins: `offset`, or half a window before the event of the line asked for. */
export function findEventOffset(trace: Trace, question: EventsQuestion, rows: EventRows): number {
  const { around, offset, limit } = question
  const file = around && trace.files.find((candidate) => candidate.name === around.fileName)
  if (!around || !file) return offset
  const row = rowOfLine(trace, lineIdOf(file, around.line))
  const position = row === undefined ? undefined : rows.positionOf(row)
  return position === undefined ? offset : Math.max(0, position - Math.floor(limit / 2))
}

function rowsByPage(trace: Trace, pfn: number | undefined, start: number, end: number): EventRows {
  if (pfn === undefined) {
    const total = end - start
    return {
      ...NONE_KNOWN,
      total,
      rowAt: (position) => (start + position) as EventRow,
      positionOf: (row) => (row >= start && row < end ? row - start : undefined),
    }
  }
  const { page } = pageOfPfn(trace, pfn)
  const rows = page < 0 ? trace.indexes.byPage.rows.subarray(0, 0) : rowsOf(trace.indexes.byPage, page)
  const first = findAtLeast(rows, start)
  return {
    ...NONE_KNOWN,
    total: findAtLeast(rows, end) - first,
    rowAt: (position) => rows[first + position],
    positionOf: (row) => {
      const at = findAtLeast(rows, row)
      return rows[at] === row && row >= start && row < end ? at - first : undefined
    },
  }
}

function rowsOfRun(run: FilterRun, start: number, end: number): EventRows {
  const before = run.matches.countBefore(start)
  const left = run.leftIn(start, end)
  const toLookAt = run.toLookAt
  return {
    total: run.matches.countBefore(end) - before,
    unknown: run.unknown.countBefore(end) - run.unknown.countBefore(start),
    lookedAt: toLookAt - left,
    toLookAt,
    errors: [],
    rowAt: (position) => run.matches.rowAt(before + position) as EventRow, // rows are of the table
    positionOf: (row) =>
      row >= start && row < end && run.matches.has(row) ? run.matches.countBefore(row) - before : undefined,
  }
}

const lastLine = oncePer((_trace: Trace): { line: number; row: EventRow | undefined } => ({ line: -1, row: undefined }))

/** The event of a line. O(log events) where lines ascend with time, else O(events); free when asked again. */
function rowOfLine(trace: Trace, line: LineId): EventRow | undefined {
  const last = lastLine(trace)
  if (last.line !== line) {
    last.row = findLine(trace, line)
    last.line = line
  }
  return last.row
}

function findLine({ events }: Trace, line: LineId): EventRow | undefined {
  const guess = findAtLeast(events.line, line) as EventRow // a guess: lines need not ascend
  if (guess < events.length && events.line[guess] === line) return guess
  for (let row = 0; row < events.length; row++) if (events.line[row] === line) return row as EventRow
  return undefined
}
