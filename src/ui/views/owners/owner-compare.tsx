import { type ReactNode, useMemo } from 'react'
import { counted } from '../../../base/counted.ts'
import { type CompareOwnersAnswer, type CompareOwnersQuestion } from '../../../queries/owners/compare-owners.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { changeMark, compareColumns } from './compare-columns.tsx'
import { comparedTitle } from './stack-columns.tsx'
import { ComparedTable, selectedOf, useStackWindow } from './compared-table.tsx'
import { kibOf, signed } from './number-column.ts'
import { OwnerInspector } from './owner-inspector.tsx'
import { pageSizeWords } from './owner-totals.tsx'
import { compareOrdersOf, inTurn, linkCompareSortOf } from './owners-question.ts'
import styles from './owners-view.module.css'

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
  const window = useStackWindow(base)
  const state = useQuery('compareOwners', { ...base, ...window.question })
  const answer = shownOf(state)
  const columns = useMemo(
    () => compareColumns({ onPlace: (place) => setView({ event: formatPlace(place) }) }),
    [setView],
  )
  const selected = selectedOf(answer?.rows, view.stack)
  return (
    <>
      <ComparedWords answer={answer} />
      <ComparedTable
        label="Stacks of two dumps"
        columns={columns}
        answer={answer}
        orders={compareOrdersOf(view)}
        linkOf={linkCompareSortOf}
        window={window}
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
