import { type PfnSpan } from '../../base/pfn-spans.ts'

/** Cells of PFN × time, as they were answered: row by row. */
export interface HeatGrid extends PfnSpan {
  readonly rows: number
  readonly columns: number
  readonly rowPages: number
  /** `TimeNs` of the left edge, and of one column. */
  readonly fromNs: number
  readonly columnNs: number
  readonly count: readonly number[]
}

/** Where the cells lie in the drawing, px: a gutter of PFNs on the left, the time axis below. */
export interface HeatBox {
  readonly width: number
  readonly height: number
  readonly gutter: number
  readonly axis: number
}

/** One cell by its position. */
export interface HeatCell {
  readonly row: number
  readonly column: number
}

/** px of one row and of one column. */
export function cellSize({ rows, columns }: HeatGrid, { width, height, gutter, axis }: HeatBox) {
  return { width: (width - gutter) / columns, height: (height - axis) / rows }
}

/** The cell at a place; undefined beside the cells. */
export function heatCellAt(grid: HeatGrid, box: HeatBox, x: number, y: number): HeatCell | undefined {
  const size = cellSize(grid, box)
  const column = Math.floor((x - box.gutter) / size.width)
  const row = Math.floor(y / size.height)
  const isInside = column >= 0 && column < grid.columns && row >= 0 && row < grid.rows && x >= box.gutter && y >= 0
  return isInside ? { row, column } : undefined
}

/** Pages of a row. */
export function pagesOfRow(grid: HeatGrid, row: number): PfnSpan {
  const startPfn = grid.startPfn + row * grid.rowPages
  return { startPfn, endPfn: Math.min(grid.endPfn, startPfn + grid.rowPages) }
}

/** Time of a column, whole nanoseconds; the last belongs to the next one. */
export function timeOfColumn(grid: HeatGrid, column: number): { readonly from: number; readonly to: number } {
  const edge = (at: number): number => Math.ceil(grid.fromNs + at * grid.columnNs)
  return { from: edge(column), to: Math.max(edge(column), edge(column + 1) - 1) }
}

/** The cell after an arrow, Home or End (of its row), PageUp or PageDown (ten rows); undefined for other keys. */
export function heatCellAfterKey(key: string, at: HeatCell | undefined, grid: HeatGrid): HeatCell | undefined {
  const { row, column } = at ?? { row: 0, column: 0 }
  const steps: Readonly<Record<string, HeatCell>> = {
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    Home: { row, column: 0 },
    End: { row, column: grid.columns - 1 },
    PageUp: { row: row - 10, column },
    PageDown: { row: row + 10, column },
  }
  if (!Object.hasOwn(steps, key)) return undefined
  const next = at === undefined ? { row, column } : steps[key]
  return {
    row: Math.min(Math.max(next.row, 0), grid.rows - 1),
    column: Math.min(Math.max(next.column, 0), grid.columns - 1),
  }
}
