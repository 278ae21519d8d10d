import { type Derived } from '../../../src/derive/derived.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { expectKept } from './broken.ts'

/** What is cited is there: no row of any table names a line behind the last one, nor a row that its table has not. */
export function checkRows(trace: Trace): void {
  const { files, events, pages, stacks, contexts, shapes, owners, pinners, stackTotals } = trace
  const last = files.at(-1)
  const lines = last === undefined ? 0 : last.firstLine + last.ledger.total
  checkColumn('line of an event', events.line, 0, lines)
  checkColumn('line of an owner', owners.line, 0, lines)
  checkColumn('line of a pinner', pinners.line, 0, lines)
  checkColumn('line of a stack total', stackTotals.line, 0, lines)
  for (const table of [trace.pageStates, trace.mapcounts, trace.cgroups])
    checkColumn('line of pages', table.line, 0, lines)
  for (const { line } of [...trace.notes, ...trace.dumps, ...trace.windows, ...trace.losses])
    expectKept(line >= 0 && line < lines, 'cited line', () => `line ${line} of ${lines}`)
  checkColumn('page of an event', events.page, -1, pages.length)
  checkColumn('stack of an event', events.stack, -1, stacks.length)
  checkColumn('context of an event', events.context, -1, contexts.length)
  checkColumn('shape of an event', events.shape, -1, shapes.length)
  checkColumn('stack of an owner', owners.stack, -1, stacks.length)
  for (let row = 1; row < events.length; row++)
    expectKept(events.time[row] >= events.time[row - 1], 'time order', () => `row ${row} of ${events.length}`)
  checkColumn('PFN', pages.pfn, 0, Number.MAX_SAFE_INTEGER)
  checkColumn('PFN of an owner', owners.pfn, 0, Number.MAX_SAFE_INTEGER)
}

/** What was derived speaks of pages, rows and lines that are there, and of ranges that are ranges. */
export function checkDerived(trace: Trace, { findings, ranges, holds }: Derived): void {
  expectKept(findings.length === ranges.length, 'findings', () => `${findings.length} of ${ranges.length} ranges`)
  const last = trace.files.at(-1)
  const lines = last === undefined ? 0 : last.firstLine + last.ledger.total
  for (const { startPfn, endPfn, lines: cited, id } of ranges) {
    const isRange =
      Number.isSafeInteger(startPfn) && Number.isSafeInteger(endPfn) && startPfn >= 0 && endPfn >= startPfn
    expectKept(isRange, 'range', () => `${id}: ${startPfn} to ${endPfn}`)
    expectKept(
      cited.every((line) => line >= 0 && line < lines),
      'cited line',
      () => `${id} cites ${cited.join()} of ${lines}`,
    )
  }
  checkColumn('page of a hold', holds.page, 0, trace.pages.length)
}

/** Values are whole numbers of `[from, end)`. */
function checkColumn(what: string, values: ArrayLike<number>, from: number, end: number): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (value >= from && value < end && Number.isInteger(value)) continue
    expectKept(false, what, () => `row ${row} of ${values.length}: ${value} is not in [${from}, ${end})`)
  }
}
