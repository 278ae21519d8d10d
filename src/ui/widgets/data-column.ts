import { type ReactNode } from 'react'

/** One column of a `DataTable`. */
export interface DataColumn<Row> {
  readonly id: string
  readonly header: string
  /** What the column says, for the header's tooltip: units, and what an absent value means. */
  readonly title?: string
  /** The cell as text: what is measured, and what is shown when there is no `render`. */
  readonly text: (row: Row) => string
  /** The cell as drawn. `isActive` rows are in the tab order: buttons of all others must stay out of it. */
  readonly render?: (row: Row, isActive: boolean) => ReactNode
  readonly align?: 'start' | 'end'
  readonly isSortable?: boolean
  /** Rows that this column has to itself, such as the heading of a group: the cells after it are not drawn. First column only. */
  readonly isAlone?: (row: Row) => boolean
  /** Characters that `render` draws beside the text: glyphs, marks. */
  readonly extraChars?: number
}

/** Widths by column id, in characters of the tabular font. */
export type ColumnWidths = Readonly<Record<string, number>>

/** Characters that the sort mark takes in a header. */
const SORT_CHARS = 2

/**
 * Widths that hold everything seen so far: they only grow, so that nothing jumps back while scrolling and no symbol is
 * ever cut. Returns `before` itself when nothing has grown.
 */
export function growWidths<Row>(
  before: ColumnWidths,
  columns: readonly DataColumn<Row>[],
  rows: readonly Row[],
): ColumnWidths {
  const now = columns.map((column) => [column.id, Math.max(before[column.id] ?? 0, widthOf(column, rows))] as const)
  return now.every(([id, width]) => width === before[id]) ? before : { ...before, ...Object.fromEntries(now) }
}

function widthOf<Row>(column: DataColumn<Row>, rows: readonly Row[]): number {
  const header = column.header.length + (column.isSortable ? SORT_CHARS : 0)
  const extra = column.extraChars ?? 0
  const widthIn = (row: Row): number => (column.isAlone?.(row) ? 0 : column.text(row).length + extra)
  return rows.reduce((widest, row) => Math.max(widest, widthIn(row)), header)
}

/** `grid-template-columns` for the widths: exact, but for the last column, which has `roomPx` more and takes what is left. */
export function columnTemplate<Row>(
  columns: readonly DataColumn<Row>[],
  widths: ColumnWidths,
  gapPx: number,
  roomPx = 0,
): string {
  const tracks = columns.map(({ id }, at) => {
    const extraPx = at === columns.length - 1 ? gapPx + roomPx : gapPx
    return `calc(${widths[id] ?? 0}ch + ${extraPx}px)`
  })
  const last = tracks.at(-1)
  return [...tracks.slice(0, -1), ...(last === undefined ? [] : [`minmax(${last}, 1fr)`])].join(' ')
}
