import { type ReactNode, useMemo, useState } from 'react'
import { counted } from '../../../base/counted.ts'
import {
  type ComparedStack,
  type CompareOwnersAnswer,
  type CompareOwnersQuestion,
} from '../../../queries/owners/compare-owners.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { changeMark, compareColumns, comparedTitle } from './compare-columns.tsx'
import { kibOf, signed } from './number-column.ts'
import { OwnerInspector } from './owner-inspector.tsx'
import { pageSizeWords } from './owner-totals.tsx'
import { compareOrdersOf, inTurn, linkCompareSortOf, tableSortOf } from './owners-question.ts'
import styles from './owners-view.module.css'

const NO_ROWS: readonly ComparedStack[] = []
const ALL: CompareOwnersQuestion['changes'] = ['new', 'grown', 'shrunk', 'gone', 'same']

/** Two dumps by stack: what is new, gone, grown and shrunk, the largest change first. */
export function OwnerCompare(): ReactNode {
  const [view, setView] = useView()
  const askAhead = useAskAhead()
  const base = {
    base: view.ownerBase ?? '',
    other: view.ownerDump ?? '',
    filter: view.ownerFilter ?? '',
    changes: view.ownerSame === true ? ALL : [],
    ...inTurn(compareOrdersOf(view)),
  }
  const key = JSON.stringify(base)
  // What is chosen in the table is in sight: its place is asked for when it was chosen elsewhere.
  const [chosen, setChosen] = useState<string>()
  const [asked, setAsked] = useState({ key, window: FIRST_WINDOW })
  const state = useQuery('compareOwners', {
    ...base,
    find: view.stack === chosen ? '' : (view.stack ?? ''),
    ...(asked.key === key ? asked.window : FIRST_WINDOW),
  })
  const answer = shownOf(state)
  const rows = answer?.rows ?? NO_ROWS
  const columns = useMemo(
    () => compareColumns({ onPlace: (place) => setView({ event: formatPlace(place) }) }),
    [setView],
  )
  const selected = rows.find(({ name }) => name !== '' && name === view.stack)
  const { sort, thenBy } = useMemo(() => tableSortOf(compareOrdersOf(view)), [view])
  return (
    <>
      <ComparedWords answer={answer} />
      <div className={styles.table}>
        <DataTable
          label="Stacks of two dumps"
          columns={columns}
          rows={rows}
          offset={answer?.offset ?? 0}
          total={answer?.total ?? 0}
          rowKey={rowKeyOf}
          selectedKey={view.stack}
          revealIndex={revealOf(answer)}
          sort={sort}
          thenBy={thenBy}
          onSort={(first, others) => {
            setChosen(undefined)
            setView(linkCompareSortOf([first, ...others]), { replace: true })
          }}
          onSelect={({ name }) => {
            setChosen(name)
            setView({ stack: /^[0-9a-f]{16}$/.test(name) ? name : undefined }, { replace: true })
          }}
          onWindow={(window) => setAsked({ key, window })}
          allRows={async (limit) => (await askAhead('compareOwners', { ...base, offset: 0, limit }))?.rows}
          isLoading={state.status === 'pending'}
          empty={
            <EmptyNote title={state.status === 'failed' ? 'The dumps could not be compared.' : 'No stack differs.'}>
              {state.status === 'failed'
                ? state.error.message
                : 'Every stack that passes has as many pages in both dumps.'}
            </EmptyNote>
          }
        />
      </div>
      {selected && (
        <OwnerInspector
          title={comparedTitle(selected)}
          stack={selected.stack}
          missing={selected.missing}
          facts={[
            `${changeMark(selected.change)}: ${selected.pagesBefore} → ${selected.pagesAfter} pages, ${signed(selected.deltaPages)} (${signed(selected.deltaBytes)} bytes)`,
          ]}
        />
      )}
    </>
  )
}

/** Where the selected stack is listed, to be brought into sight. */
export function revealOf(answer: { readonly foundAt: number } | undefined): number | undefined {
  return answer === undefined || answer.foundAt < 0 ? undefined : answer.foundAt
}

function rowKeyOf({ name }: ComparedStack): string {
  return name === '' ? 'no stack' : name
}

/** What the comparison comes to, and what it rests on. */
function ComparedWords({ answer }: { readonly answer: CompareOwnersAnswer | undefined }): ReactNode {
  const [view, setView] = useView()
  if (answer === undefined) return <p className={styles.totals}>Comparing…</p>
  const same = answer.sums.find(({ change }) => change === 'same')?.stacks ?? 0
  return (
    <>
      <p className={styles.totals}>
        <output>
          {answer.sums
            .filter(({ change, stacks }) => change !== 'same' && stacks > 0)
            .map(
              ({ change, stacks, deltaPages }) =>
                `${changeMark(change)} ${counted(stacks, 'stack')} ${signed(deltaPages)} pages`,
            )
            .concat(`in all ${signed(answer.deltaPages)} pages, ${signed(kibOf(answer.deltaBytes))} KiB`)
            .join(' · ')}
        </output>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={view.ownerSame === true}
            onChange={(event) =>
              setView({ ownerSame: event.currentTarget.checked ? true : undefined }, { replace: true })
            }
          />{' '}
          list {same} unchanged
        </label>
        <span>{pageSizeWords(answer)}</span>
        <span>{orderWords(answer.orderedBy)}</span>
        <span>stacks matched by function names, without offsets</span>
      </p>
      <MatchNotes answer={answer} />
    </>
  )
}

/** How the dumps were put in order. */
export function orderWords(orderedBy: CompareOwnersAnswer['orderedBy'] | 'given'): string {
  return orderedBy === 'time'
    ? 'dumps in order of their newest allocation'
    : 'dumps in order of their names: not every one tells a time'
}

/** What makes a comparison less than it seems. */
export function MatchNotes({ answer }: { readonly answer: Pick<CompareOwnersAnswer, 'kernels' | 'notes'> }): ReactNode {
  const { kernels, notes } = answer
  const said = [
    ...(kernels === undefined
      ? []
      : [
          `Two kernels: most functions have another size, ${kernels.before} and ${kernels.after}. Compared by names; PFNs and times of two boots do not join.`,
        ]),
    ...notes,
  ]
  return said.length === 0 ? undefined : (
    <ul className={styles.notes}>
      {said.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}
