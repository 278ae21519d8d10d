import { type ReactNode } from 'react'
import { type FailureAnswer } from '../../../queries/wire.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { CitedProvider } from '../../timeline/cited.tsx'
import { Later } from '../../widgets/later.tsx'
import { BlockingPages } from './blocking-pages.tsx'
import { FailureAnswerBlock } from './failure-answer.tsx'
import { FirstPage } from './first-page.tsx'
import { HoldersTable } from './holders-table.tsx'
import { FailuresTable } from './failures-table.tsx'
import { NoFailures } from './no-failures.tsx'
import styles from './triage-view.module.css'
import { ThresholdInput } from './threshold-input.tsx'
import { useLateFocus } from './use-late-focus.ts'

/** Failed ranges: first the answer for the selected one, then all of them, then its pages with their holders. */
export function TriageView(): ReactNode {
  const [view, setView] = useView()
  const proof = useLateFocus()
  const state = useQuery('failures', { thresholdNs: thresholdNsOf(view) })
  const answer = shownOf(state)
  const failures = answer?.failures
  if (state.status === 'failed') return <p className={styles.problem}>{state.error.message}</p>
  if (!failures) return null
  if (failures.length === 0) return <NoFailures />

  const selected = failures.find((failure) => failure.id === view.failure)
  const isMissing = view.failure !== undefined && selected === undefined
  const shown = selected ?? failures[0]
  const select = (failure: FailureAnswer): void => setView({ failure: failure.id }, { replace: true })
  return (
    <div className={styles.view} aria-busy={state.status === 'pending'}>
      {isMissing && (
        <output className={styles.problem}>
          The range of this link, <span className="data">{view.failure}</span>, is not among those of these files. The
          first one is shown instead.
        </output>
      )}
      <FailureAnswerBlock key={shown.id} failure={shown} />
      <section className={styles.list} aria-labelledby="failed-ranges">
        <header className={styles.bar}>
          <h2 id="failed-ranges">Failed ranges {failures.length}</h2>
          <ThresholdInput />
        </header>
        <FailuresTable failures={failures} selectedId={shown.id} onSelect={select} onActivate={proof.focus} />
      </section>
      <Later>
        {failures.length > 1 && answer !== undefined && answer.holders.length > 0 && (
          <HoldersTable holders={answer.holders} rangeId={shown.id} />
        )}
        <CitedProvider key={`proof ${shown.id}`}>
          <FirstPage failure={shown} />
          <BlockingPages key={`pages ${shown.id}`} failureId={shown.id} focusRef={proof.ref} />
        </CitedProvider>
      </Later>
    </div>
  )
}
