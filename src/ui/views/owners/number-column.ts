import { type DataColumn } from '../../widgets/data-column.ts'

/** What a column of numbers says, and how. */
interface NumberColumn<Row> {
  readonly id: string
  readonly header: string
  readonly title: string
  /** -1 where the file does not tell. */
  readonly of: (row: Row) => number
  readonly isSortable?: boolean
}

/** A column of whole numbers. */
export function numberColumn<Row>({ id, header, title, of, isSortable = true }: NumberColumn<Row>): DataColumn<Row> {
  return { id, header, title, align: 'end', isSortable, text: (row) => (of(row) < 0 ? 'not told' : String(of(row))) }
}

/** A column of a change, its sign always said: `+12`, `-3`, `0`. */
export function changeColumn<Row>({ id, header, title, of, isSortable = true }: NumberColumn<Row>): DataColumn<Row> {
  return { id, header, title, align: 'end', isSortable, text: (row) => signed(of(row)) }
}

/** `+12`, `-3`, `0`. */
export function signed(change: number): string {
  return change > 0 ? `+${change}` : String(change)
}

/** Bytes as whole KiB: pages are never less. */
export function kibOf(sizeBytes: number): number {
  return sizeBytes / 1024
}
