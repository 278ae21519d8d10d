import { type ReactNode, useMemo, useState } from 'react'
import { type PinnerAnswer, type PinnersQuestion } from '../../../queries/pinners.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { NoPinners } from './no-pinners.tsx'
import { pinnerColumns } from './pinner-columns.tsx'
import { PinnerControls } from './pinner-controls.tsx'
import { PinnerHolds } from './pinner-holds.tsx'
import { PinnerInspector } from './pinner-inspector.tsx'
import { questionOf, sortOf } from './pinners-question.ts'
import styles from './pinners-view.module.css'

const NO_ROWS: readonly PinnerAnswer[] = []

/** Who holds pages: holds grouped by stack, the long ones first, what is expected left out and counted. */
export function PinnersView(): ReactNode {
  const [view, setView] = useView()
  // While the slider is dragged: looked at, not yet in the link.
  const [previewUs, setPreviewUs] = useState<number>()
  const base = questionOf({ ...view, thresholdUs: previewUs ?? view.thresholdUs })
  const key = JSON.stringify(base)
  const [asked, setAsked] = useState({ key, window: FIRST_WINDOW })
  const question: PinnersQuestion = { ...base, ...(asked.key === key ? asked.window : FIRST_WINDOW) }
  const state = useQuery('pinners', question)
  const answer = shownOf(state)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(view.stack === undefined ? [] : [view.stack]))
  const sort = useMemo(() => sortOf(base.sort, base.isDescending), [base.sort, base.isDescending])
  const rows = answer?.rows ?? NO_ROWS
  const selected = rows.find((row) => row.stack.hash === view.stack)
  return (
    <div className={styles.view}>
      <h1 className={styles.hidden}>Pinners</h1>
      <PinnerControls thresholdUs={previewUs ?? view.thresholdUs} answer={answer} onPreview={setPreviewUs} />
      <div className={styles.table}>
        <DataTable
          label="Holds grouped by stack"
          columns={COLUMNS}
          rows={rows}
          offset={answer?.offset ?? 0}
          total={answer?.total ?? 0}
          rowKey={keyOf}
          selectedKey={view.stack}
          sort={sort}
          onSort={(next) => setView({ sort: sortIdOf(next.id), isAscending: !next.isDescending }, { replace: true })}
          onSelect={(row) => row.stack.hash !== '' && setView({ stack: row.stack.hash }, { replace: true })}
          onWindow={(window) => setAsked({ key, window })}
          isExpanded={(row) => open.has(keyOf(row))}
          onExpand={(row, isExpanded) => setOpen(toggled(open, keyOf(row), isExpanded))}
          renderExpanded={(row) => <PinnerHolds stackHash={row.stack.hash} thresholdNs={question.thresholdNs} />}
          isLoading={state.status === 'pending'}
          empty={<NoPinners answer={answer} problem={state.status === 'failed' ? state.error.message : undefined} />}
        />
      </div>
      {selected && <PinnerInspector pinner={selected} />}
    </div>
  )
}

const COLUMNS = pinnerColumns()

function keyOf(row: PinnerAnswer): string {
  return row.stack.hash === '' ? 'no stack' : row.stack.hash
}

/** Column ids are the sorts of the question. */
function sortIdOf(id: string): PinnersQuestion['sort'] | undefined {
  return SORTS.find((sort) => sort === id)
}

const SORTS = ['holds', 'open', 'longest', 'total', 'pages', 'tasks', 'ranges', 'holder'] as const

function toggled(open: ReadonlySet<string>, key: string, isOpen: boolean): ReadonlySet<string> {
  const next = new Set(open)
  if (isOpen) next.add(key)
  else next.delete(key)
  return next
}
