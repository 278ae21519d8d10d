import { type ReactNode } from 'react'
import { type DataColumn } from './data-column.ts'
import styles from './data-table.module.css'

interface HeaderCellProps<Row> {
  readonly column: DataColumn<Row>
  readonly direction: false | 'asc' | 'desc'
  /** Position among the columns that rows are sorted by, when there are several. */
  readonly place?: number
  readonly onSort?: (event: unknown) => void
}

/** A column's heading: a button when rows can be sorted by it. */
export function HeaderCell<Row>({ column, direction, place, onSort }: HeaderCellProps<Row>): ReactNode {
  return (
    <th
      scope="col"
      className={styles.headCell}
      data-align={column.align}
      aria-sort={onSort && sortWord(direction)}
      title={column.title}
    >
      {onSort ? (
        <button type="button" className={styles.sort} onClick={onSort}>
          {column.header}
          <span aria-hidden="true" className={styles.sortMark}>
            {direction === false ? '' : direction === 'asc' ? '▴' : '▾'}
            {direction !== false && place}
          </span>
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}

function sortWord(direction: false | 'asc' | 'desc'): 'none' | 'ascending' | 'descending' {
  if (direction === false) return 'none'
  return direction === 'asc' ? 'ascending' : 'descending'
}
