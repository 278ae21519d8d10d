import { type PfnSpan } from '../../base/pfn-spans.ts'
import { type MapLayout, rowOfPfn, windowMoved } from './pfn-map-layout.ts'

/** Where a key leads: the cell, and the window that has it in sight when this one has not. */
export interface CursorMove {
  readonly cell: PfnSpan
  readonly window?: PfnSpan
}

/**
 * The cell after an arrow, Home, End or a page key; `undefined` for other keys. Arrows step over folded holes, and keep to
 * memory. Without a cell the first key goes to the first cell in sight.
 */
export function cellAfterKey(
  key: string,
  cursor: PfnSpan | undefined,
  layout: MapLayout,
  spans: readonly PfnSpan[],
): CursorMove | undefined {
  const { grid, rows } = layout
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -grid.cellPages,
    ArrowRight: grid.cellPages,
    ArrowUp: -grid.rowPages,
    ArrowDown: grid.rowPages,
    PageUp: -grid.rowPages * grid.rows,
    PageDown: grid.rowPages * grid.rows,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  }
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined
  if (step === undefined) return undefined
  const shown = rows.find((row) => !row.isHole)
  if (cursor === undefined || rowOfPfn(layout, cursor.startPfn) < 0) {
    return shown && { cell: cellAt(inMemory(shown.startPfn, 1, spans, grid.cellPages), layout) }
  }
  const wanted = cursor.startPfn + step
  const cell = cellAt(inMemory(wanted, step, spans, grid.cellPages), layout)
  if (rowOfPfn(layout, cell.startPfn) >= 0) return { cell }
  return { cell, window: windowWith(cell, layout, spans, step) }
}

/** The nearest page of memory to a PFN, onward in the direction of the step. */
function inMemory(pfn: number, step: number, spans: readonly PfnSpan[], cellPages: number): number {
  const [first, last] = [spans.at(0), spans.at(-1)]
  if (first === undefined || last === undefined) return Math.max(0, pfn)
  if (pfn <= first.startPfn) return first.startPfn
  if (pfn >= last.endPfn) return last.endPfn - 1
  const covering = spans.find((span) => span.endPfn > pfn)
  if (covering === undefined || covering.startPfn <= pfn) return pfn
  const before = spans.findLast((span) => span.endPfn <= pfn)
  return step < 0 && before !== undefined
    ? before.endPfn - Math.min(cellPages, before.endPfn - before.startPfn)
    : covering.startPfn
}

/** The cell of a page: cells lie at whole multiples from the rows' starts. */
function cellAt(pfn: number, { grid, rows }: MapLayout): PfnSpan {
  const phase = (rows.at(0)?.startPfn ?? 0) % grid.cellPages
  const startPfn = Math.max(0, pfn - ((((pfn - phase) % grid.cellPages) + grid.cellPages) % grid.cellPages))
  return { startPfn, endPfn: startPfn + grid.cellPages }
}

/** Rows scrolled until the cell is in sight; by single rows for arrows, so that the eye can follow. */
function windowWith({ startPfn }: PfnSpan, layout: MapLayout, spans: readonly PfnSpan[], step: number): PfnSpan {
  const { grid } = layout
  const rows = Math.max(1, Math.ceil(Math.min(Math.abs(step), grid.rowPages * grid.rows) / grid.rowPages))
  if (Number.isFinite(step)) return windowMoved(spans, layout, step < 0 ? -rows : rows)
  const start = startPfn - ((startPfn - (layout.rows.at(0)?.startPfn ?? 0)) % grid.rowPages)
  const pages = grid.rowPages * grid.rows
  return {
    startPfn: Math.max(0, step < 0 ? start : start - pages + grid.rowPages),
    endPfn: start + (step < 0 ? pages : grid.rowPages),
  }
}
