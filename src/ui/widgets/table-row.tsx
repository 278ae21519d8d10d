import { type MouseEvent, type ReactNode, type RefCallback } from 'react'
import { type DataColumn } from './data-column.ts'
import styles from './data-table.module.css'
import { type RowItem } from './use-row-scroll.ts'

/** What every row of one table shares. */
export interface TableRowSetting<Row> {
  readonly columns: readonly DataColumn<Row>[]
  readonly template: string
  /** Present when rows can be opened. */
  readonly onExpand?: (row: Row, isExpanded: boolean) => void
  /** Rows that can be opened, where not all can. */
  readonly canExpand?: (row: Row) => boolean
  readonly detailIdOf: (index: number) => string
  readonly onMove: (index: number) => void
  readonly onActivate?: (row: Row, index: number) => void
  readonly onHover?: (row: Row | undefined) => void
  readonly placeOf?: (row: Row) => string | undefined
}

interface TableRowProps<Row> {
  readonly item: RowItem
  /** Absent until it is loaded: the row keeps its height. */
  readonly row: Row | undefined
  readonly setting: TableRowSetting<Row>
  /** Tells the height of rows that can be opened. */
  readonly measure?: RefCallback<HTMLElement>
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly isMarked: boolean
  /** Marked by hand, to be copied with others. */
  readonly isPicked: boolean
  readonly tone?: string
  /** Depth in a list of rows with rows of their own. */
  readonly level?: number
  readonly isOpen: boolean
  /** What is open under the row. */
  readonly detail?: ReactNode
}

/** One row at its place, with what is open under it. */
export function TableRow<Row>({
  item,
  row,
  setting,
  measure,
  isActive,
  isOpen,
  detail,
  ...state
}: TableRowProps<Row>): ReactNode {
  const { columns } = setting
  const hasDetail = detail !== undefined
  const onExpand = row !== undefined && setting.canExpand?.(row) === false ? undefined : setting.onExpand
  const isAlone = row !== undefined && (columns[0].isAlone?.(row) ?? false)
  return (
    <tbody
      ref={measure}
      data-index={item.index}
      className={styles.item}
      style={{ transform: `translateY(${item.topPx}px)` }}
    >
      <tr
        data-row={item.index}
        tabIndex={isActive ? 0 : -1}
        aria-rowindex={item.index + 2}
        aria-level={state.level}
        aria-selected={state.isSelected}
        aria-expanded={onExpand ? isOpen : undefined}
        aria-controls={hasDetail ? setting.detailIdOf(item.index) : undefined}
        data-marked={state.isMarked}
        data-picked={state.isPicked || undefined}
        data-place={row && setting.placeOf?.(row)}
        data-tone={state.tone}
        className={styles.row}
        style={{ gridTemplateColumns: setting.template }}
        onClick={(event) => isPlainClick(event) && setting.onMove(item.index)}
        onDoubleClick={() => row && setting.onActivate?.(row, item.index)}
        onPointerEnter={() => setting.onHover?.(row)}
      >
        {(isAlone ? columns.slice(0, 1) : columns).map((column, position) => (
          <td
            key={column.id}
            className={styles.cell}
            data-align={column.align}
            data-cell={position}
            data-alone={isAlone || undefined}
            colSpan={isAlone ? columns.length : undefined}
          >
            {position === 0 && row && onExpand && (
              <button
                type="button"
                tabIndex={-1}
                className={styles.expander}
                aria-label={isOpen ? 'Close' : 'Open'}
                onClick={() => onExpand(row, !isOpen)}
              >
                {isOpen ? '▾' : '▸'}
              </button>
            )}
            {row && (column.render ? column.render(row, isActive) : column.text(row))}
          </td>
        ))}
      </tr>
      {hasDetail && (
        <tr className={styles.detailRow} id={setting.detailIdOf(item.index)} data-place={row && setting.placeOf?.(row)}>
          <td colSpan={columns.length} className={styles.detail}>
            {detail}
          </td>
        </tr>
      )}
    </tbody>
  )
}

/** A click that ends a text selection selects text, not the row. */
function isPlainClick(event: MouseEvent): boolean {
  const isOnControl = event.target instanceof Element && event.target.closest('button, a, input') !== null
  return !isOnControl && (window.getSelection()?.isCollapsed ?? true)
}
