import { type ReactNode } from 'react'
import { type FailureDetailAnswer } from '../../../queries/failures.ts'
import { type TriagePlaceAnswer } from '../../../queries/triage.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView, useViewNow } from '../../../state/use-view.ts'
import { TRIGGER_WORDS } from '../../timeline/trigger-words.ts'
import { Confidence } from '../../widgets/confidence.tsx'
import { RangeSession } from '../../session/range-session.tsx'
import { PlaceLink } from '../../widgets/place-link.tsx'
import { RangeStrip } from '../../widgets/range-strip.tsx'
import { VERDICT_ABOUT, VERDICT_WORDS } from './failure-words.ts'
import styles from './triage-view.module.css'
import { rangePatch } from './use-triage-keys.ts'

interface RangeAnswerProps {
  readonly detail: Extract<FailureDetailAnswer, { found: true }>
  readonly place: TriagePlaceAnswer | undefined
}

/** The answer: one sentence, how sure and how it is known, what weakens it, and the range to scale. */
export function RangeAnswer({ detail, place }: RangeAnswerProps): ReactNode {
  const [, setView] = useView()
  const { failure, caveats, page } = detail
  const { culprit } = failure
  return (
    <section className={styles.answer} aria-label="Answer">
      <h2 className={styles.sentence}>{failure.sentence}</h2>
      <p className={styles.basis}>
        <span className={styles.verdict} title={VERDICT_ABOUT[failure.verdict]}>
          {VERDICT_WORDS[failure.verdict]}
        </span>
        {culprit && <Confidence word={culprit.confidenceWord} value={culprit.confidence} ofSet={culprit.ofSet} />}
        <span>{TRIGGER_WORDS[failure.trigger]}</span>
        <span>known from {failure.basis}</span>
        {failure.attempts > 1 && (
          <span title="The same range, tried again at once: its failures are told as one, at the time of the last">
            failed {failure.attempts} times, told as one
          </span>
        )}
        {failure.place && <PlaceLink place={failure.place} onOpen={(at) => setView({ event: formatPlace(at) })} />}
        <RangeSteps place={place} />
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
        selectedPfn={page?.pfn}
        onSelect={(pfn) => setView({ pfn }, { replace: true })}
      />
      <RangeSession failure={failure} />
    </section>
  )
}

/** `range 2 of 14`, with the way to the one before and after it. */
function RangeSteps({ place }: { readonly place: TriagePlaceAnswer | undefined }): ReactNode {
  const [, setView] = useView()
  const viewNow = useViewNow()
  if (place === undefined || place.listed < 2) return null
  const step = (by: number): void => setView(rangePatch(viewNow(), place, by), { replace: true })
  return (
    <span className={styles.steps}>
      <button type="button" className="link-button" title="Previous failed range (N)" onClick={() => step(-1)}>
        previous
      </button>
      <span>{place.at === undefined ? 'not listed' : `range ${place.at.nth} of ${place.listed}`}</span>
      <button type="button" className="link-button" title="Next failed range (n)" onClick={() => step(1)}>
        next
      </button>
    </span>
  )
}
