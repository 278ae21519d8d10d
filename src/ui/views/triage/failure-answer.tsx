import { type ReactNode } from 'react'
import { type FailureAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { PlaceLink } from '../../widgets/place-link.tsx'
import { RangeStrip } from '../../widgets/range-strip.tsx'
import styles from './triage-view.module.css'
import { TRIGGER_WORDS } from '../../timeline/trigger-words.ts'
import { VERDICT_WORDS } from './failure-words.ts'

/** The answer: one sentence, how it is known, what weakens it, and the range to scale. */
export function FailureAnswerBlock({ failure }: { readonly failure: FailureAnswer }): ReactNode {
  const [view, setView] = useView()
  const detail = shownOf(useQuery('failure', { id: failure.id, thresholdNs: thresholdNsOf(view), offset: 0, limit: 1 }))
  const caveats = detail?.found ? detail.caveats : []
  return (
    <section className={styles.answer} aria-label="Answer">
      <h2 className={styles.sentence}>{failure.sentence}</h2>
      <p className={styles.basis}>
        <span className={styles.verdict}>{VERDICT_WORDS[failure.verdict]}</span>
        <span>{TRIGGER_WORDS[failure.trigger]}</span>
        <span>known from {failure.basis}</span>
        {failure.attempts > 1 && <span>{failure.attempts} attempts</span>}
        {failure.place && (
          <PlaceLink place={failure.place} onOpen={(place) => setView({ event: formatPlace(place) })} />
        )}
      </p>
      {caveats.length > 0 && (
        <ul className={styles.caveats} aria-label="What weakens this answer">
          {caveats.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
        </ul>
      )}
      <RangeStrip
        startPfn={failure.startPfn}
        endPfn={failure.endPfn}
        pfns={failure.blockingPfns}
        count={failure.blockingCount}
        selectedPfn={view.pfn}
        onSelect={(pfn) => setView({ view: 'pfn', pfn })}
      />
    </section>
  )
}
