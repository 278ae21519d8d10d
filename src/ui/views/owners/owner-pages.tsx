import { type ReactNode, useMemo, useState } from 'react'
import { type OwnerPageAnswer } from '../../../queries/owners/owner-page-answer.ts'
import { type OwnerGroupAnswer } from '../../../queries/owners/owners.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { useRowPx } from '../../theme/use-row-px.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { ownerPageColumns, pageKeyOf } from './owner-page-columns.tsx'
import { groupingOf } from './owners-question.ts'
import styles from './owners-view.module.css'

interface OwnerPagesProps {
  /** A row that is a stack. */
  readonly row: OwnerGroupAnswer
  /** The dump that it is of. */
  readonly dump: string
}

const NO_ROWS: readonly OwnerPageAnswer[] = []
/** Rows in sight at once; more scroll. */
const MOST_ROWS = 12

/** The records of one stack, in the order of the file. Its height is kept while they are loaded. */
export function OwnerPages({ row, dump }: OwnerPagesProps): ReactNode {
  const [view, setView] = useView()
  const rowPx = useRowPx()
  const [window, setWindow] = useState(FIRST_WINDOW)
  const askAhead = useAskAhead()
  const base = {
    dump,
    grouping: groupingOf(view),
    filter: view.ownerFilter ?? '',
    group: row.group,
    ...(row.level === 2 ? { stack: row.stackName } : {}),
  }
  const state = useQuery('ownerPages', { ...base, ...window })
  const answer = shownOf(state)
  const rows = answer?.rows ?? NO_ROWS
  const columns = useMemo(
    () =>
      ownerPageColumns({
        onPlace: (place) => setView({ event: formatPlace(place) }),
        onPage: ({ pfn }) => setView(pageInView(pfn)),
      }),
    [setView],
  )
  const total = answer?.total ?? row.allocations
  const selected = rows.find(({ pfn, pages }) => view.pfn !== undefined && view.pfn >= pfn && view.pfn < pfn + pages)
  return (
    <div className={styles.pages} style={{ height: (Math.min(MOST_ROWS, Math.max(2, total)) + 1) * rowPx + 16 }}>
      <DataTable
        label="Pages of this stack"
        columns={columns}
        rows={rows}
        offset={answer?.offset ?? 0}
        total={answer?.total ?? 0}
        rowKey={pageKeyOf}
        selectedKey={selected && pageKeyOf(selected)}
        onSelect={({ pfn }) => setView({ pfn }, { replace: true })}
        onActivate={({ pfn }) => setView(pageInView(pfn))}
        onWindow={setWindow}
        allRows={async (limit) => (await askAhead('ownerPages', { ...base, offset: 0, limit }))?.rows}
        isLoading={state.status === 'pending'}
        empty={state.status === 'failed' ? state.error.message : 'This file counts pages by stack and names none.'}
      />
    </div>
  )
}

/** The screen of a page: who holds it. */
export function pageInView(pfn: number) {
  return { view: 'pfn', pfn, lifetime: undefined, from: undefined, to: undefined } as const
}
