import { lazy, type ReactNode, Suspense } from 'react'
import { formatPfn, formatPfnRange } from '../../../../base/pfn.ts'
import { type FailureDetailAnswer } from '../../../../queries/failures.ts'
import { type BlockingPageAnswer, type CulpritAnswer } from '../../../../queries/wire.ts'
import { formatPlace } from '../../../../state/place-in-link.ts'
import { useCapture } from '../../../../state/use-trace.ts'
import { useView } from '../../../../state/use-view.ts'
import { RangeSession } from '../../../session/range-session.tsx'
import { CitedProvider, useCited } from '../../../timeline/cited.tsx'
import { holderText, kindWord } from '../../../timeline/culprit-words.ts'
import { firstNumberOf } from '../../../timeline/numbered-facts.ts'
import { TRIGGER_WORDS } from '../../../timeline/trigger-words.ts'
import { Confidence } from '../../../widgets/confidence.tsx'
import { EvidenceList } from '../../../widgets/evidence-list.tsx'
import { PlaceLink } from '../../../widgets/place-link.tsx'
import { RangeStrip } from '../../../widgets/range-strip.tsx'
import { taskText, VERDICT_WORDS } from '../failure-words.ts'
import { SinceUntil } from '../since-until.tsx'
import styles from './presenter.module.css'

const PagePreview = lazy(async () => ({ default: (await import('../../../timeline/page-preview.tsx')).PagePreview }))

interface PresentedFindingProps {
  readonly detail: Extract<FailureDetailAnswer, { found: true }>
}

/** One finding: the sentence, what it rests on, what people say of it. Nothing of it is folded away. */
export function PresentedFinding({ detail }: PresentedFindingProps): ReactNode {
  const { failure, page, pageAt = 0, pageCount, caveats } = detail
  const overview = useCapture()?.overview
  const [, setView] = useView()
  return (
    <>
      <h2 id="presented" className={styles.sentence}>
        {failure.sentence}
      </h2>
      <dl className={styles.facts}>
        <Fact name="range">
          <span className="data">{formatPfnRange(failure.startPfn, failure.endPfn)}</span>,{' '}
          {TRIGGER_WORDS[failure.trigger]}, failed at{' '}
          <span className="data">
            {failure.time?.text ??
              (failure.printedTime === '' ? 'a time not recorded' : `${failure.printedTime} (kernel log)`)}
          </span>
          {failure.attempts > 1 ? `, ${failure.attempts} attempts` : ''}{' '}
          {failure.place && <PlaceLink place={failure.place} onOpen={(at) => setView({ event: formatPlace(at) })} />}
        </Fact>
        <Fact name="found">
          <b>{VERDICT_WORDS[failure.verdict]}</b>, known from {failure.basis}
        </Fact>
        {page === undefined ? (
          <Fact name="page">no page is known to have blocked this range</Fact>
        ) : (
          <Fact name="page">
            <span className="data">{formatPfn(page.pfn)}</span>
            {pageCount > 1 ? `, page ${pageAt + 1} of ${pageCount}` : ''}
            {page.reason === '' ? '' : `: ${page.reason}`}
          </Fact>
        )}
        {page?.culprits.length === 0 && <Fact name="holder">no holder of this page can be named</Fact>}
        {page?.culprits.map((culprit) => (
          <Fact
            key={`${page.pfn} ${culprit.rank}`}
            name={page.culprits.length === 1 ? 'holder' : `holder ${culprit.rank}`}
          >
            <Holder culprit={culprit} />
          </Fact>
        ))}
        {caveats.map((caveat) => (
          <Fact key={caveat} name="but">
            {caveat}
          </Fact>
        ))}
      </dl>
      <RangeSession failure={failure} isLarge />
      <RangeStrip
        startPfn={failure.startPfn}
        endPfn={failure.endPfn}
        pfns={failure.blockingPfns}
        count={failure.blockingCount}
        selectedPfn={page?.pfn}
        onSelect={(pfn) => setView({ pfn }, { replace: true })}
      />
      {page && (
        <CitedProvider key={`${failure.id} ${page.pfn}`}>
          <div className={styles.proof}>
            <div>
              <Evidence page={page} />
            </div>
            {overview && (
              <section aria-label={`References of ${formatPfn(page.pfn)}`}>
                <Suspense fallback={<p>Drawing the timeline…</p>}>
                  <PagePreview pfn={page.pfn} failureId={failure.id} overview={overview} />
                </Suspense>
              </section>
            )}
          </div>
        </CitedProvider>
      )}
    </>
  )
}

/** A name and what it is, on one line where there is room. */
function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** `leaky_grab [leaky] by drv-9, since 1.200000 … not put, leak, very likely 0.95`. */
function Holder({ culprit }: { readonly culprit: CulpritAnswer }): ReactNode {
  return (
    <span className={styles.holder}>
      <b className="data">{holderText(culprit) || 'no stack recorded'}</b>
      <span className="data">{taskText(culprit) || 'task not recorded'}</span>
      <span className="data">
        since <SinceUntil culprit={culprit} />
      </span>
      <span>{kindWord(culprit)}</span>
      <Confidence word={culprit.confidenceWord} value={culprit.confidence} ofSet={culprit.ofSet} />
    </span>
  )
}

/** Every fact with the lines that prove it, as they are in the files. */
function Evidence({ page }: { readonly page: BlockingPageAnswer }): ReactNode {
  const [cited, cite] = useCited(page.pfn)
  const lists = [
    ...page.culprits.map((culprit) => ({
      label: `Evidence for ${holderText(culprit) || 'no stack recorded'}`,
      facts: culprit.evidence,
    })),
    { label: `What tells of ${formatPfn(page.pfn)}`, facts: page.evidence },
  ]
  return lists.map(
    ({ label, facts }, position) =>
      facts.length > 0 && (
        <section key={`${position} ${label}`} className={styles.evidence}>
          <h3>{label}</h3>
          <EvidenceList {...{ label, facts, cited }} firstNumber={firstNumberOf(page, position)} onCite={cite} />
        </section>
      ),
  )
}
