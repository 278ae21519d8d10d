import { type KeyboardEvent, useState } from 'react'
import { type CopyTable, writeCopy } from '../../base/copy-table.ts'
import { counted } from '../../base/counted.ts'
import { type CopyChoice } from './copy-menu.tsx'
import { copyOrSave, fileNameOf } from './copy-out.ts'
import { type DataColumn } from './data-column.ts'
import { useCopySaid } from './use-copy-said.ts'

/** What a table has that can be copied. */
export interface TableCopyOptions<Row> {
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  /** The loaded rows; `rows[0]` is row `offset` of `total`. */
  readonly rows: readonly Row[]
  readonly offset: number
  readonly total: number
  readonly rowKey: (row: Row) => string
  readonly allRows?: (most: number) => Promise<readonly Row[] | undefined>
  /** Row and cell that have the focus. */
  readonly activeRow: Row | undefined
  readonly activeCell: number | undefined
}

/** Copying out of a table: keys, what is marked, and what the menu offers. */
export interface TableCopy<Row> {
  readonly choices: () => readonly CopyChoice[]
  readonly said: string
  readonly isMarked: (key: string) => boolean
  /** Ctrl+C with no text selected. True when it was that. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean
  /** Space marks the row, Shift with up and down those passed, Esc unmarks all. True when it was one of these. */
  readonly onMarkKey: (event: KeyboardEvent, rowAt: (index: number) => Row | undefined, at: RowMover) => boolean
}

interface RowMover {
  readonly active: number
  readonly moveTo: (index: number) => void
}

/** The copying of one table. Marks are kept while rows scroll away, and until Esc. */
export function useTableCopy<Row>(options: TableCopyOptions<Row>): TableCopy<Row> {
  const [marked, setMarked] = useState<ReadonlyMap<string, Row>>(new Map())
  const [said, say] = useCopySaid()
  const { columns, rowKey, activeRow, activeCell } = options

  const copy = async (): Promise<void> => {
    const { text, what } = nearestText(options, [...marked.values()])
    const outcome = await copyOrSave(text, fileNameOf(options.label, 'txt'), 'text/plain')
    say(outcome === 'copied' ? `${what} copied as text` : `the clipboard was refused: ${what} saved as text`)
  }
  const mark = (rows: readonly (Row | undefined)[], isToggled: boolean): void => {
    const next = new Map(marked)
    for (const row of rows) {
      if (row === undefined) continue
      if (isToggled && next.has(rowKey(row))) next.delete(rowKey(row))
      else next.set(rowKey(row), row)
    }
    setMarked(next)
    say(`${counted(next.size, 'row')} marked`)
  }
  return {
    said,
    isMarked: (key) => marked.has(key),
    choices: () => choicesOf(options, [...marked.values()]),
    onKeyDown: (event) => {
      const isCopy =
        (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'c'
      const hasText = (getSelection()?.toString() ?? '') !== ''
      if (!isCopy || hasText || (activeRow === undefined && marked.size === 0) || columns.length === 0) return false
      event.preventDefault()
      event.stopPropagation()
      void copy()
      return true
    },
    onMarkKey: (event, rowAt, { active, moveTo }) => {
      const step = event.shiftKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined
      if (event.key === ' ') mark([activeRow], true)
      else if (step !== undefined) {
        const next = Math.min(Math.max(active + step, 0), options.total - 1)
        mark([activeRow, rowAt(next)], false)
        moveTo(next)
      } else if (event.key === 'Escape' && marked.size > 0 && activeCell === undefined) {
        setMarked(new Map())
        say('no row marked')
      } else return false
      event.preventDefault()
      event.stopPropagation()
      return true
    },
  }
}

/** What Ctrl+C means: the cell that has the focus, else the marked rows, else the row. */
function nearestText<Row>(
  options: TableCopyOptions<Row>,
  marked: readonly Row[],
): { readonly text: string; readonly what: string } {
  const { columns, activeRow, activeCell } = options
  if (activeCell !== undefined && activeRow !== undefined)
    return { text: columns[activeCell].text(activeRow), what: 'cell' }
  if (marked.length > 0) {
    const what = counted(marked.length, 'row')
    return { text: writeCopy(tableOf(options, marked, ''), 'text'), what }
  }
  return { text: rowText(columns, activeRow), what: 'row' }
}

/** A row on one line, as it reads on screen. */
function rowText<Row>(columns: readonly DataColumn<Row>[], row: Row | undefined): string {
  if (row === undefined) return ''
  return `${columns
    .map((column) => column.text(row))
    .filter((text) => text !== '')
    .join('  ')}\n`
}

function choicesOf<Row>(options: TableCopyOptions<Row>, marked: readonly Row[]): readonly CopyChoice[] {
  const { label, columns, rows, offset, total, allRows, activeRow, activeCell } = options
  const near: CopyChoice[] = []
  if (activeRow !== undefined && activeCell !== undefined) {
    const column = columns[activeCell]
    const cell = { title: '', columns: [headOf(column)], rows: [[column.text(activeRow)]] }
    near.push({ label: 'cell', table: () => cell })
  }
  if (marked.length > 0)
    near.push({ label: counted(marked.length, 'marked row'), table: () => tableOf(options, marked, label) })
  if (activeRow !== undefined) near.push({ label: 'row', table: () => tableOf(options, [activeRow], '') })
  const isWhole = rows.length >= total
  const whole: CopyChoice =
    isWhole || allRows === undefined
      ? {
          label: isWhole ? `table, ${counted(total, 'row')}` : partWords(offset, rows.length, total),
          table: () => partOf(options, rows, offset),
        }
      : {
          label: total <= MOST_ROWS ? `table, ${counted(total, 'row')}` : partWords(0, MOST_ROWS, total),
          table: async () => {
            const all = await allRows(Math.min(total, MOST_ROWS))
            if (all === undefined) throw new Error('the rows could not be read')
            return partOf(options, all, 0)
          },
        }
  return isFocusInRows() ? [...near, whole] : [whole, ...near]
}

/** Rows that are copied at once: a clipboard is no place for millions. */
const MOST_ROWS = 100_000

/** Some rows of the table, which says so when they are not all. */
function partOf<Row>(options: TableCopyOptions<Row>, rows: readonly Row[], offset: number): CopyTable {
  const { label, total } = options
  const source = rows.length >= total ? undefined : partWords(offset, rows.length, total)
  return { ...tableOf(options, rows, label), source }
}

function partWords(offset: number, length: number, total: number): string {
  return `rows ${offset + 1} to ${offset + length} of ${total}`
}

/** True when the menu was opened by a key from a row, which then is what is meant. */
function isFocusInRows(): boolean {
  return document.activeElement?.closest('tr') != null
}

function tableOf<Row>({ columns }: TableCopyOptions<Row>, rows: readonly Row[], title: string): CopyTable {
  return { title, columns: columns.map(headOf), rows: rows.map((row) => columns.map((column) => column.text(row))) }
}

function headOf<Row>({ header, align }: DataColumn<Row>): CopyTable['columns'][number] {
  return { header, align }
}
