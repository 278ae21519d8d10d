import { lazy, type ReactNode, Suspense, useCallback, useDeferredValue, useRef, useState } from 'react'
import { type TriageRangeRow } from '../../../queries/triage-rows.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { useAmong } from '../../session/use-among.ts'
import { Later } from '../../widgets/later.tsx'
import { BlockingPages } from './blocking-pages.tsx'
import { NoFailures } from './no-failures.tsx'
import { PageProof } from './page-proof.tsx'
import { RangeAnswer } from './range-answer.tsx'
import { TriageList } from './triage-list.tsx'
import { listOf } from './triage-question.ts'
import styles from './triage-view.module.css'
import { UnreadEnds } from './unread-ends.tsx'
import { useLateFocus } from './use-late-focus.ts'
import { useTriageKeys } from './use-triage-keys.ts'

/** For a meeting: loaded when it begins. */
const Presenter = lazy(async () => ({ default: (await import('./present/presenter.tsx')).Presenter }))

/** Failed ranges: first the answer for the selected one, then all of them in groups, then the evidence. */
export function TriageView(): ReactNode {
  const failures = useCapture()?.overview.failures ?? 0
  const [view] = useView()
  if (failures === 0) return <NoFailures />
  return (
    <>
      <FailedRanges />
      <Suspense fallback={null}>{view.isPresenting && <Presenter />}</Suspense>
    </>
  )
}

function FailedRanges(): ReactNode {
  const [view, setView] = useView()
  const proof = useLateFocus()
  const controls = useRef<HTMLElement>(null)
  const ranges = useRef<HTMLElement>(null)
  // A range may be listed under several culprits: the line that was chosen stays the selected one.
  const [chosen, setChosen] = useState<{ readonly id: string; readonly group: string }>()
  const list = listOf(view, useAmong(view.sessionChoice))
  const inGroup = chosen?.id === view.failure ? chosen?.group : undefined
  const placed = useQuery('triagePlace', {
    ...list,
    ...(view.failure === undefined ? {} : { id: view.failure }),
    ...(inGroup === undefined ? {} : { group: inGroup }),
  })
  const place = shownOf(placed)
  const asked = view.failure ?? place?.first?.id
  const question = { thresholdNs: thresholdNsOf(view), offset: 0, limit: 0 }
  const given = useQuery('failure', asked === undefined ? undefined : { ...question, id: asked, pfn: view.pfn })
  const detail = shownOf(given)
  const isMissing = given.status === 'ready' && !given.value.found && view.failure !== undefined
  // Only where the link names a range that is not there: the first one is shown in its place.
  const instead = useQuery('failure', isMissing && place?.first ? { ...question, id: place.first.id } : undefined)
  const shownDetail = isMissing ? shownOf(instead) : detail
  const shown = shownDetail?.found ? shownDetail : undefined
  // Drawn in slices after the answer has changed: a key that steps through ranges does not wait for charts.
  const proved = useDeferredValue(shown)
  const focusRanges = useCallback(
    (): void => ranges.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus(),
    [],
  )
  useTriageKeys({
    place,
    pfns: shown?.failure.blockingPfns ?? [],
    pfn: shown?.page?.pfn,
    focusEvidence: proof.focus,
    focusRanges,
    focusFilter: () => controls.current?.querySelector<HTMLElement>('input[type=text]')?.focus(),
  })
  if (placed.status === 'failed') return <p className={styles.problem}>{placed.error.message}</p>
  if (given.status === 'failed') return <p className={styles.problem}>{given.error.message}</p>
  const select = (row: TriageRangeRow): void => {
    setChosen({ id: row.id, group: row.group })
    if (row.id !== view.failure) setView({ failure: row.id, pfn: undefined }, { replace: true })
  }
  const line = { id: shown?.failure.id ?? '', row: place?.at?.row, group: place?.at?.group }
  return (
    <div className={styles.view} aria-busy={given.status === 'pending' || proved !== shown}>
      {isMissing && (
        <output className={styles.problem}>
          The range of this link, <span className="data">{view.failure}</span>, is not among those of these files. The
          first one is shown instead.
        </output>
      )}
      {shown ? <RangeAnswer detail={shown} place={place} /> : <div className={styles.answerSpace} />}
      <TriageList
        list={list}
        selected={line}
        controlsRef={controls}
        listRef={ranges}
        onSelect={select}
        onActivate={(row) => {
          select(row)
          proof.focus()
        }}
      />
      <UnreadEnds />
      {shown && proved && (
        <Later>
          <PageProof detail={proved} focusRef={proof.ref} onLeave={focusRanges} />
          <BlockingPages key={`pages ${proved.failure.id}`} failureId={proved.failure.id} shownPfn={proved.page?.pfn} />
        </Later>
      )}
    </div>
  )
}
