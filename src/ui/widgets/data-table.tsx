import { rowSortingFeature, tableFeatures, useTable, type ColumnDef, type SortingState } from '@tanstack/react-table'
import { useMergedRef } from '@mantine/hooks'
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react'
import { columnTemplate, type ColumnWidths, type DataColumn, growWidths } from './data-column.ts'
import styles from './data-table.module.css'
import { HeaderCell } from './header-cell.tsx'
import { rowAfterKey, type RowWindow } from './row-window.ts'
import { TableRow, type TableRowSetting } from './table-row.tsx'
import { useRowPx } from '../theme/use-row-px.ts'
import { CopyMenu } from './copy-menu.tsx'
import { useCellKeys } from './use-cell-keys.ts'
import { useRowScroll } from './use-row-scroll.ts'
import { useTableCopy } from './use-table-copy.ts'
import { useTableFit } from './use-table-fit.ts'

/** Which column rows are sorted by. Sorting itself is the answerer's. */
export interface DataSort {
  readonly id: string
  readonly isDescending: boolean
}

/** Rows of a long list, of which a window is loaded. */
export interface DataTableProps<Row> {
  /** Names the table for those who do not see it. */
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  /** The loaded rows; `rows[0]` is row `offset` of `total`. */
  readonly rows: readonly Row[]
  readonly offset: number
  readonly total: number
  /** Stable identity from the domain, never a position. */
  readonly rowKey: (row: Row) => string
  readonly selectedKey?: string
  /** Row under a crosshair elsewhere. */
  readonly markedKey?: string
  readonly sort?: DataSort
  /** Columns that rows are sorted by where `sort` leaves them equal. */
  readonly thenBy?: readonly DataSort[]
  /** A heading was chosen; with Shift held it is added to the columns before it. */
  readonly onSort?: (sort: DataSort, thenBy: readonly DataSort[]) => void
  /** Arrow keys and clicks. */
  readonly onSelect?: (row: Row, index: number) => void
  /** Enter and double click. */
  readonly onActivate?: (row: Row, index: number) => void
  readonly onHover?: (row: Row | undefined) => void
  /** Asked when rows come into sight that are not loaded. */
  readonly onWindow?: (window: RowWindow) => void
  /** Row to bring into sight and to make the tab stop, whenever it changes. */
  readonly revealIndex?: number
  readonly isExpanded?: (row: Row) => boolean
  readonly onExpand?: (row: Row, isExpanded: boolean) => void
  /** Rows that can be opened, where not all can. */
  readonly canExpand?: (row: Row) => boolean
  /** What is open under a row; nothing for rows whose own rows are listed below it. */
  readonly renderExpanded?: (row: Row) => ReactNode
  /** Depth of a row in a list of rows with rows of their own; 1 is outermost. */
  readonly levelOf?: (row: Row) => number
  /** Colours the row's edge: red for what failed, quiet for what is only context. */
  readonly toneOf?: (row: Row) => 'failure' | 'quiet' | undefined
  /**
   * The first `most` rows, for copying the whole table; nothing when they cannot be read. Without it those that are
   * loaded are copied, and it is said which they are.
   */
  readonly allRows?: (most: number) => Promise<readonly Row[] | undefined>
  /** Where a row stands: `trace.txt:8127`, which `l` opens. Absent: the first place that the row shows. */
  readonly placeOf?: (row: Row) => string | undefined
  /** Shown instead of rows when `total` is 0. */
  readonly empty?: ReactNode
  readonly isLoading?: boolean
}

const features = tableFeatures({ rowSortingFeature })
/** Space between two columns: 8 px each side of a cell. */
const CELL_GAP_PX = 16
/** Where all columns fit, the button that copies lies over the end of the heading: the last column is wider by that. */
const COPY_ROOM_PX = 56

/**
 * A table that looks like a terminal: fixed rows, tabular characters, nothing cut. Only visible rows are in the
 * document; one row is the tab stop, arrow keys, Home, End and page keys move it, Enter activates it. Arrow right leads
 * into its cells, where rows open it opens the row first. Space marks a row, Shift with up and down marks several; Ctrl+C
 * copies the cell, the marked rows or the row, `Y` opens the menu that copies those and the whole table.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>): ReactNode {
  const { columns, rows, offset, total, sort, thenBy, rowKey, renderExpanded } = props
  const sorting = useMemo(() => sortingOf(sort, thenBy), [sort, thenBy])
  const table = useTable({
    features,
    data: rows,
    columns: useMemo(() => columns.map(definitionOf), [columns]),
    getRowId: rowKey,
    manualSorting: true,
    enableSortingRemoval: false,
    sortDescFirst: true,
    state: { sorting },
    onSortingChange: (updater) => {
      const [first, ...others] = (typeof updater === 'function' ? updater(sorting) : updater).map(sortOf)
      if (first) props.onSort?.(first, others)
    },
  })
  const template = useTemplate(columns, rows)
  const loaded = table.getRowModel().rows
  const rowAt = (index: number): Row | undefined => rows[index - offset]
  const rowPx = useRowPx()
  const cells = useCellKeys(columns.length)
  const { isWide, barPx, setFitBox, setFitTable } = useTableFit()
  const { setViewport, measure, ...scroll } = useRowScroll({
    total,
    rowPx,
    activeCell: cells.active,
    revealIndex: props.revealIndex,
    keyOf: useMemo(
      () => renderExpanded && ((index: number) => (rows[index - offset] ? rowKey(rows[index - offset]) : index)),
      [renderExpanded, rowKey, rows, offset],
    ),
    isTall: (index) => detailOf(props, rowAt(index)) !== undefined,
    isLoaded: (index) => index >= offset && index < offset + rows.length,
    onWindow: props.onWindow,
    onArrive: (index) => {
      const row = rowAt(index)
      if (row) props.onSelect?.(row, index)
    },
  })
  const setBox = useMergedRef(setViewport, setFitBox)
  const detailId = useId()
  const setting: TableRowSetting<Row> = {
    columns,
    template,
    onExpand: props.onExpand,
    canExpand: props.canExpand,
    detailIdOf: (index) => `${detailId}-${index}`,
    onMove: (index) => {
      cells.leave()
      scroll.moveTo(index)
    },
    placeOf: props.placeOf,
    onActivate: props.onActivate,
    onHover: props.onHover,
  }

  const copy = useTableCopy({
    label: props.label,
    columns,
    rows,
    offset,
    total,
    rowKey,
    allRows: props.allRows,
    activeRow: rowAt(scroll.active),
    activeCell: cells.active,
  })

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    if (isInOwnTable(event) && copy.onKeyDown(event)) return
    if (!isOwnKey(event)) return
    if (
      isRowOrCell(event.target) &&
      (copy.onMarkKey(event, rowAt, scroll) || cells.onKeyDown(event, canEnterCells(props, rowAt(scroll.active))))
    )
      return
    const next = rowAfterKey(event.key, scroll.active, total, scroll.pageRows)
    const row = rowAt(scroll.active)
    const outer = event.key === 'ArrowLeft' ? outerRow(props, scroll.active) : undefined
    if (next !== undefined) scroll.moveTo(next)
    else if (outer !== undefined) scroll.moveTo(outer)
    else if (!row || !actOnRow(props, event, row, scroll.active)) return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.frame} data-wide={isWide || undefined}>
      {total > 0 && (
        <div className={styles.corner} style={{ right: barPx }}>
          <CopyMenu
            name={props.label}
            choices={copy.choices}
            said={copy.said}
            isTabStop={false}
            className={styles.copy}
          />
        </div>
      )}
      <div ref={setBox} className={styles.viewport} style={{ backgroundSize: shadeSizes(scroll.boxPx + rowPx) }}>
        {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/no-noninteractive-element-interactions -- a grid: its rows are the tab stops */}
        <table
          ref={setFitTable}
          className={styles.table}
          style={{ height: scroll.boxPx + rowPx }}
          role={props.onExpand ? 'treegrid' : 'grid'}
          aria-label={props.label}
          aria-rowcount={total + 1}
          aria-colcount={columns.length}
          aria-busy={props.isLoading ?? false}
          onKeyDown={onKeyDown}
          onPointerLeave={() => props.onHover?.(undefined)}
        >
          <thead className={styles.head}>
            <tr aria-rowindex={1} className={styles.headRow} style={{ gridTemplateColumns: template }}>
              {table.getFlatHeaders().map((header, position) => (
                <HeaderCell
                  key={header.id}
                  column={columns[position]}
                  direction={header.column.getIsSorted()}
                  place={sorting.length > 1 ? header.column.getSortIndex() + 1 : undefined}
                  onSort={columns[position].isSortable ? header.column.getToggleSortingHandler() : undefined}
                />
              ))}
            </tr>
          </thead>
          {scroll.items.map((item) => {
            const row = loaded[item.index - offset]
            return (
              <TableRow
                key={row?.id ?? `row ${item.index}`}
                item={item}
                row={row?.original}
                setting={setting}
                measure={renderExpanded && measure}
                isActive={item.index === scroll.active}
                isSelected={row !== undefined && row.id === props.selectedKey}
                isMarked={row !== undefined && row.id === props.markedKey}
                isPicked={row !== undefined && copy.isMarked(row.id)}
                tone={row && props.toneOf?.(row.original)}
                level={row && props.levelOf?.(row.original)}
                isOpen={isOpen(props, row?.original)}
                detail={detailOf(props, row?.original)}
              />
            )
          })}
        </table>
        {total === 0 && <div className={styles.empty}>{props.isLoading ? 'Looking…' : props.empty}</div>}
      </div>
    </div>
  )
}

/** What says that columns go on is as high as the rows are: nothing goes on below them. First what covers it. */
function shadeSizes(rowsPx: number): string {
  const shade = `12px min(100%, ${rowsPx}px)`
  return `24px 100%, 24px 100%, ${shade}, ${shade}, auto`
}

function definitionOf<Row extends object>(column: DataColumn<Row>): ColumnDef<typeof features, Row> {
  return { id: column.id, header: column.header, accessorFn: column.text, enableSorting: column.isSortable ?? false }
}

function useTemplate<Row>(columns: readonly DataColumn<Row>[], rows: readonly Row[]): string {
  const [widths, setWidths] = useState<ColumnWidths>({})
  const grown = useMemo(() => growWidths(widths, columns, rows), [widths, columns, rows])
  // Kept while rendering: the widths of rows that have scrolled away must not be forgotten.
  if (grown !== widths) setWidths(grown)
  return columnTemplate(columns, grown, CELL_GAP_PX, COPY_ROOM_PX)
}

function sortingOf(sort: DataSort | undefined, thenBy: readonly DataSort[] = []): SortingState {
  return sort ? [sort, ...thenBy].map(({ id, isDescending }) => ({ id, desc: isDescending })) : []
}

function sortOf({ id, desc }: SortingState[number]): DataSort {
  return { id, isDescending: desc }
}

function isOpen<Row>(props: DataTableProps<Row>, row: Row | undefined): boolean {
  return row !== undefined && (props.isExpanded?.(row) ?? false)
}

function detailOf<Row>(props: DataTableProps<Row>, row: Row | undefined): ReactNode {
  return row !== undefined && isOpen(props, row) ? props.renderExpanded?.(row) : undefined
}

/** Enter activates or opens, arrow right opens, arrow left closes. False when the key is not for the row. */
function actOnRow<Row>(props: DataTableProps<Row>, event: KeyboardEvent, row: Row, index: number): boolean {
  const isOnRow = isRowOrCell(event.target)
  if (event.key === 'Enter' && isOnRow && props.onActivate) props.onActivate(row, index)
  else if (event.key === 'Enter' && isOnRow && props.onExpand) props.onExpand(row, !isOpen(props, row))
  else if (event.key === 'ArrowRight' && props.onExpand) props.onExpand(row, true)
  else if (event.key === 'ArrowLeft' && props.onExpand) props.onExpand(row, false)
  else return false
  return true
}

/** The row that a closed row is listed under; nothing when it is outermost or its outer row is not loaded. */
function outerRow<Row>(props: DataTableProps<Row>, index: number): number | undefined {
  const { rows, offset, levelOf } = props
  const row = rows[index - offset]
  if (levelOf === undefined || row === undefined || isOpen(props, row) || levelOf(row) === 1) return undefined
  let at = index - offset - 1
  while (at >= 0 && levelOf(rows[at]) >= levelOf(row)) at--
  return at < 0 ? undefined : at + offset
}

/** A row, or a cell of it, and nothing that is drawn within. */
function isRowOrCell(target: EventTarget): boolean {
  return target instanceof HTMLTableRowElement || target instanceof HTMLTableCellElement
}

/** True when arrow right leads from the row into its cells: nothing is left to open. */
function canEnterCells<Row>(props: DataTableProps<Row>, row: Row | undefined): boolean {
  if (row === undefined) return false
  return props.onExpand === undefined || props.canExpand?.(row) === false || isOpen(props, row)
}

function isInOwnTable(event: KeyboardEvent<HTMLTableElement>): boolean {
  if (!(event.target instanceof Element) || event.target.closest('table') !== event.currentTarget) return false
  return event.target.closest('input, textarea, select') === null
}

/** Keys of a table inside an expanded row, and of text fields, are theirs. */
function isOwnKey(event: KeyboardEvent<HTMLTableElement>): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return false
  if (event.target.closest('table') !== event.currentTarget) return false
  return event.target.closest('input, textarea, select, [role=slider]') === null
}
