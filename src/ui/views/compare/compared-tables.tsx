import { type ReactNode, useMemo, useState } from 'react'
import { type CompareAnswer, type ComparedRow } from '../../../queries/compare/compare.ts'
import { type CompareDigest } from '../../../queries/compare/compare-digest.ts'
import { type CompareQuestion } from '../../../queries/compare/compare-question.ts'
import { type CaptureStore } from '../../../state/capture-store.ts'
import { type ComparisonActions } from '../../../state/use-comparison.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { type DataSort, DataTable } from '../../widgets/data-table.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { COMPARE_SORTS } from '../../../state/links/compare-link.ts'
import { compareColumns } from './compare-columns.tsx'
import { CompareControls } from './compare-controls.tsx'
import { CompareFailures } from './compare-failures.tsx'
import { CompareHead } from './compare-head.tsx'
import { CompareInspector } from './compare-inspector.tsx'
import { choiceOf } from './compare-question.ts'
import styles from './compare-view.module.css'
import { OtherLines } from './other-lines.tsx'
import { type OtherDialogs } from './other-files.tsx'

interface ComparedTablesProps {
  readonly a: CaptureStore
  readonly digest: CompareDigest
  readonly isStale: boolean
  readonly actions: ComparisonActions
  readonly dialogs: OtherDialogs
}

const NO_ROWS: readonly ComparedRow[] = []

/** The comparison as B answers it: what differs in words, both captures, failures, then holders ranked. Stands in B's context. */
export function ComparedTables({ a, digest, isStale, actions, dialogs }: ComparedTablesProps): ReactNode {
  const [view, setView] = useView()
  const choice = choiceOf(view)
  const sort = view.compareSort ?? 'rank'
  const base = { choice, sort, isDescending: view.isCompareAscending !== true }
  const key = JSON.stringify(base)
  const [asked, setAsked] = useState({ key, window: FIRST_WINDOW })
  const question: CompareQuestion = { ...base, other: digest, ...(asked.key === key ? asked.window : FIRST_WINDOW) }
  const askAhead = useAskAhead()
  const state = useQuery('compare', question)
  const answer = shownOf(state)
  const columns = useMemo(() => compareColumns(choice.grouping), [choice.grouping])
  const rows = answer?.rows ?? NO_ROWS
  const selected = rows.find((row) => row.key === view.comparedRow)
  if (state.status === 'failed') return <EmptyNote title="B could not be read.">{state.error.message}</EmptyNote>
  if (answer === undefined) return <EmptyNote title="Adding up the holds of B." />
  const select = (row: ComparedRow): void =>
    setView({ comparedRow: row.key, ...(row.stacks.a === undefined ? {} : { stack: row.stacks.a }) }, { replace: true })
  const onSort = ({ id, isDescending }: DataSort): void => {
    const known = COMPARE_SORTS.find((one) => one === id)
    setView(
      { compareSort: known === 'rank' ? undefined : known, isCompareAscending: isDescending ? undefined : true },
      { replace: true },
    )
  }
  return (
    <>
      <Summary answer={answer} />
      <div className={styles.top}>
        <CompareHead answer={answer} />
        <CompareFailures lines={answer.failureLines} left={answer.failuresLeft} />
      </div>
      <CompareControls answer={answer} actions={actions} dialogs={dialogs} />
      <div className={styles.table}>
        <DataTable
          label={`Holds of A and B by ${choice.grouping}`}
          columns={columns}
          rows={rows}
          offset={answer.offset}
          total={answer.total}
          rowKey={keyOf}
          selectedKey={selected?.key}
          revealIndex={selected && answer.offset + rows.indexOf(selected)}
          sort={{ id: sort, isDescending: base.isDescending }}
          onSort={onSort}
          onSelect={select}
          onActivate={select}
          onWindow={(window) => setAsked({ key, window })}
          allRows={async (limit) => (await askAhead('compare', { ...base, other: digest, offset: 0, limit }))?.rows}
          isLoading={isStale || state.status === 'pending'}
          empty={
            <EmptyNote title="Neither capture has a hold that passes.">
              What migration expects is left out, as on the Pinners screen; the filter may leave out the rest.
            </EmptyNote>
          }
        />
      </div>
      {selected && <CompareInspector row={selected} choice={choice} a={a} />}
      <OtherLines />
    </>
  )
}

function keyOf(row: ComparedRow): string {
  return row.key
}

/** What differs, in sentences, and what weakens that. */
function Summary({ answer: { summary, cautions } }: { readonly answer: CompareAnswer }): ReactNode {
  const [first, ...others] = summary
  return (
    <section className={styles.summary} aria-label="What differs">
      <p className={styles.sentence}>{first}</p>
      {others.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {cautions.length > 0 && (
        <ul className={styles.cautions} aria-label="Cautions">
          {cautions.map(({ text, isBar }) => (
            <li key={text} data-bar={isBar}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
