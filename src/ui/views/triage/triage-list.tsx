import { type ReactNode, type Ref, useMemo, useState } from 'react'
import { type TriageAnswer, type TriageList as List } from '../../../queries/triage.ts'
import { type TriageRangeRow, type TriageRow } from '../../../queries/triage-rows.ts'
import { useAskAhead, shownOf, useQuery } from '../../../state/use-query.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { useRangeVerdicts } from '../../session/use-verdicts.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { tableHeight } from './table-height.ts'
import { triageColumns } from './triage-columns.tsx'
import { TriageControls } from './triage-controls.tsx'
import styles from './triage-list.module.css'
import { foldPatch, sortPatch, tableSortOf } from './triage-question.ts'

/** Rows shown before the table scrolls. */
const MOST_ROWS = 12

/** The line of a range that is selected, as the list has it. */
export interface SelectedLine {
  readonly id: string
  /** Its line; absent while it is folded away or not listed. */
  readonly row?: number
  readonly group?: string
}

interface TriageListProps {
  readonly list: List
  readonly selected: SelectedLine
  readonly controlsRef: Ref<HTMLElement>
  readonly listRef: Ref<HTMLElement>
  readonly onSelect: (row: TriageRangeRow) => void
  /** Enter: go to the evidence. */
  readonly onActivate: (row: TriageRangeRow) => void
}

/** All failed ranges in groups, one line each. Only the lines in sight are asked for. */
export function TriageList({ list, selected, controlsRef, listRef, onSelect, onActivate }: TriageListProps): ReactNode {
  const key = JSON.stringify(list)
  const [view, setView] = useView()
  const askAhead = useAskAhead()
  const saidText = useRangeVerdicts()
  const columns = useMemo(() => triageColumns(saidText), [saidText])
  const [asked, setAsked] = useState({ key, window: FIRST_WINDOW })
  const state = useQuery('triage', { ...list, ...(asked.key === key ? asked.window : FIRST_WINDOW) })
  const answer = shownOf(state)
  if (state.status === 'failed') return <p className={styles.bar}>{state.error.message}</p>
  if (answer === undefined) return <section className={styles.list} style={{ height: tableHeight(4, MOST_ROWS) }} />
  const fold = (row: TriageRow, isOpen: boolean): void => {
    if (row.kind === 'group') setView(foldPatch(view, row.key, isOpen), { replace: true })
  }
  return (
    <section className={styles.list} ref={listRef} aria-labelledby="failed-ranges">
      <TriageControls answer={answer} ref={controlsRef} />
      <div className={styles.table} style={{ height: tableHeight(Math.max(1, answer.total), MOST_ROWS) }}>
        <DataTable
          label="Failed ranges"
          columns={columns}
          rows={answer.rows}
          offset={answer.offset}
          total={answer.total}
          rowKey={rowKeyOf}
          selectedKey={selected.group === undefined ? undefined : rangeKey(selected.group, selected.id)}
          revealIndex={state.status === 'ready' ? selected.row : undefined}
          sort={tableSortOf(view)}
          onSort={(sort) => setView(sortPatch(sort, view), { replace: true })}
          onSelect={(row) => row.kind === 'range' && onSelect(row)}
          onActivate={(row) => (row.kind === 'range' ? onActivate(row) : fold(row, row.isFolded))}
          onWindow={(window) => setAsked({ key, window })}
          levelOf={(row) => (row.kind === 'group' || list.grouping === 'none' ? 1 : 2)}
          canExpand={(row) => row.kind === 'group'}
          isExpanded={(row) => row.kind === 'group' && !row.isFolded}
          onExpand={fold}
          placeOf={(row) => (row.kind === 'range' && row.place ? formatPlace(row.place) : undefined)}
          allRows={async (limit) => (await askAhead('triage', { ...list, offset: 0, limit }))?.rows}
          isLoading={state.status === 'pending'}
          empty={<NoneListed answer={answer} />}
        />
      </div>
    </section>
  )
}

function NoneListed({ answer }: { readonly answer: TriageAnswer }): ReactNode {
  const [, setView] = useView()
  return (
    <EmptyNote title={`None of the ${answer.failures} failed ranges is listed.`}>
      <button
        type="button"
        className="link-button"
        onClick={() =>
          setView({ triageFilter: undefined, triageVerdict: undefined, sessionChoice: undefined }, { replace: true })
        }
      >
        Drop the filter and the verdicts
      </button>
    </EmptyNote>
  )
}

function rowKeyOf(row: TriageRow): string {
  return row.kind === 'group' ? `group ${row.key}` : rangeKey(row.group, row.id)
}

function rangeKey(group: string, id: string): string {
  return `${group}\n${id}`
}
