import { type ReactNode, useMemo, useState } from 'react'
import { useView } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { type DataSort, DataTable } from '../../widgets/data-table.tsx'
import { FIRST_WINDOW, type RowWindow } from '../../widgets/row-window.ts'
import { hashIn, tableSortOf } from './owners-question.ts'
import styles from './owners-view.module.css'

/** The part of a list of stacks that is asked for, and what moves it. */
export interface StackWindow {
  readonly question: RowWindow & { readonly find: string }
  /** A stack was chosen in the table; undefined where the order of the list changes. */
  readonly onChosen: (name: string | undefined) => void
  readonly onWindow: (window: RowWindow) => void
}

/** The window of the list that `base` asks for; of another list it begins anew. */
export function useStackWindow(base: object): StackWindow {
  const [view] = useView()
  const key = JSON.stringify(base)
  // What is chosen in the table is in sight: its place is asked for when it was chosen elsewhere.
  const [chosen, setChosen] = useState<string>()
  const [asked, setAsked] = useState({ key, window: FIRST_WINDOW })
  return {
    question: {
      find: view.stack === chosen ? '' : (view.stack ?? ''),
      ...(asked.key === key ? asked.window : FIRST_WINDOW),
    },
    onChosen: setChosen,
    onWindow: (window) => setAsked({ key, window }),
  }
}

interface ComparedStackRow {
  readonly name: string
}

interface ComparedAnswer<Row> {
  readonly rows: readonly Row[]
  readonly offset: number
  readonly total: number
  readonly foundAt: number
}

interface ComparedTableProps<Row> {
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  readonly answer: ComparedAnswer<Row> | undefined
  readonly orders: Parameters<typeof tableSortOf>[0]
  /** What the link says when the table is sorted so. */
  readonly linkOf: (orders: readonly DataSort[]) => Partial<ViewState>
  readonly window: StackWindow
  readonly allRows: (limit: number) => Promise<readonly Row[] | undefined>
  readonly isLoading: boolean
  readonly empty: ReactNode
}

/** Stacks of several dumps, of which one can be chosen. */
export function ComparedTable<Row extends ComparedStackRow>(props: ComparedTableProps<Row>): ReactNode {
  const { label, columns, answer, orders, linkOf, window, allRows, isLoading, empty } = props
  const [view, setView] = useView()
  const { sort, thenBy } = useMemo(() => tableSortOf(orders), [orders])
  return (
    <div className={styles.table}>
      <DataTable
        label={label}
        columns={columns}
        rows={answer?.rows ?? NO_ROWS}
        offset={answer?.offset ?? 0}
        total={answer?.total ?? 0}
        rowKey={stackKeyOf}
        selectedKey={view.stack}
        revealIndex={answer === undefined || answer.foundAt < 0 ? undefined : answer.foundAt}
        sort={sort}
        thenBy={thenBy}
        onSort={(first, others) => {
          window.onChosen(undefined)
          setView(linkOf([first, ...others]), { replace: true })
        }}
        onSelect={({ name }) => {
          window.onChosen(name)
          setView({ stack: hashIn(name) }, { replace: true })
        }}
        onWindow={window.onWindow}
        allRows={allRows}
        isLoading={isLoading}
        empty={empty}
      />
    </div>
  )
}

const NO_ROWS: readonly never[] = []

/** What a stack is kept by in tables and charts. */
export function stackKeyOf({ name }: ComparedStackRow): string {
  return name === '' ? 'no stack' : name
}

/** The stack that is selected, when it is among the rows. */
export function selectedOf<Row extends ComparedStackRow>(
  rows: readonly Row[] | undefined,
  stack: string | undefined,
): Row | undefined {
  return rows?.find(({ name }) => name !== '' && name === stack)
}
