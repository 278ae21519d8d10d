import { type ReactNode, useState } from 'react'
import { type QueryState, shownOf } from '../../../state/use-query.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DataTable, type DataSort } from '../../widgets/data-table.tsx'
import { type RowWindow } from '../../widgets/row-window.ts'
import styles from './files-view.module.css'

/** Rows of which a window is loaded. */
export interface RowsAnswer<Row> {
  readonly total: number
  readonly offset: number
  readonly rows: readonly Row[]
}

interface SectionTableProps<Row> {
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  /** The table keeps its place until it is answered, and says in place of the rows what went wrong. */
  readonly state: QueryState<RowsAnswer<Row>>
  readonly rowKey: (row: Row) => string
  readonly onWindow: (window: RowWindow) => void
  /** The first `most` rows, for copying the whole table. */
  readonly allRows: (most: number) => Promise<readonly Row[] | undefined>
  /** Enter and double click, where nothing opens under a row. */
  readonly onActivate?: (row: Row) => void
  /** What opens under a row. */
  readonly renderExpanded?: (row: Row) => ReactNode
  readonly sort?: DataSort
  readonly onSort?: (sort: DataSort) => void
  /** What stands in place of the rows when the answer has none. */
  readonly empty: string
}

const ROW_PX = 24
/** Rows in sight at once; more scroll. */
const MOST_ROWS = 14
/** Rows that what opens under a row is given. */
const OPEN_ROWS = 10

/** A table within a screen of several: as high as its rows, up to a limit, from which on it scrolls by itself. */
export function SectionTable<Row extends object>(props: SectionTableProps<Row>): ReactNode {
  const { state, rowKey, renderExpanded } = props
  const answer = shownOf(state)
  const [open, setOpen] = useState<readonly string[]>([])
  const total = answer?.total ?? 0
  const rowsHigh = Math.min(MOST_ROWS, Math.max(2, total) + open.length * OPEN_ROWS)
  const expansion = renderExpanded && {
    renderExpanded,
    isExpanded: (row: Row) => open.includes(rowKey(row)),
    onExpand: (row: Row, isExpanded: boolean) =>
      setOpen([...open.filter((key) => key !== rowKey(row)), ...(isExpanded ? [rowKey(row)] : [])]),
  }
  return (
    <div className={styles.tableBox} style={{ height: (rowsHigh + 1) * ROW_PX + 16 }}>
      <DataTable
        label={props.label}
        columns={props.columns}
        rows={answer?.rows ?? []}
        offset={answer?.offset ?? 0}
        total={total}
        rowKey={rowKey}
        onWindow={props.onWindow}
        allRows={props.allRows}
        onActivate={props.onActivate}
        sort={props.sort}
        onSort={props.onSort}
        isLoading={state.status === 'pending'}
        empty={state.status === 'failed' ? state.error.message : props.empty}
        {...expansion}
      />
    </div>
  )
}
