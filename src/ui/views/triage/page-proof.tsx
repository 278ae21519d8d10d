import { lazy, memo, type ReactNode, type Ref, Suspense } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type FailureDetailAnswer } from '../../../queries/failures.ts'
import { type BlockingPageAnswer, type FailureAnswer } from '../../../queries/wire.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useLinkTo, useView, useViewNow } from '../../../state/use-view.ts'
import { CitedProvider } from '../../timeline/cited.tsx'
import { PageFactsLine } from './page-facts-line.tsx'
import { ProofFacts } from './proof-facts.tsx'
import styles from './triage-view.module.css'

/** The chart is a chunk of its own: the answer and the facts do not wait for it. */
const PagePreview = lazy(async () => ({ default: (await import('../../timeline/page-preview.tsx')).PagePreview }))

interface PageProofProps {
  readonly detail: Extract<FailureDetailAnswer, { found: true }>
  readonly focusRef: Ref<HTMLElement>
  readonly onLeave: () => void
}

/** The evidence on one blocking page: numbered facts that cite their lines, and under them its timeline, marked by the same numbers. */
export const PageProof = memo(function PageProof({ detail, focusRef, onLeave }: PageProofProps): ReactNode {
  const { failure, page, pageAt = 0, pageCount } = detail
  const viewNow = useViewNow()
  return (
    // Esc goes back to where Enter came from; keys of what is open in the inspector come first.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={focusRef}
      tabIndex={-1}
      className={styles.proof}
      aria-labelledby="evidence"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.target !== event.currentTarget || viewNow().event !== undefined) return
        event.stopPropagation()
        event.preventDefault()
        onLeave()
      }}
    >
      <header className={styles.bar}>
        <h2 id="evidence">Evidence{page && `: pfn ${formatPfn(page.pfn)}`}</h2>
        {pageCount > 1 && <PageSteps failure={failure} at={pageAt} count={pageCount} />}
        {page && <ProofLinks page={page} failure={failure} />}
      </header>
      {page === undefined ? (
        <Untold title="No page is known to have blocked this range." />
      ) : (
        <CitedProvider of={`${failure.id} ${page.pfn}`}>
          <PageFactsLine page={page} isTimed={failure.time !== undefined} />
          <ProofFacts key={`${failure.id} ${page.pfn}`} page={page} />
          {page.culprits.length === 0 && <Untold title="No holder of this page can be named." />}
          <Timeline page={page} failure={failure} />
        </CitedProvider>
      )}
    </section>
  )
})

/** What these files do not tell, and where it says how to record it. */
function Untold({ title }: { readonly title: string }): ReactNode {
  const [, setView] = useView()
  return (
    <p className={styles.note}>
      {title}{' '}
      <button type="button" className="link-button" title="g then r" onClick={() => setView({ view: 'record' })}>
        Record
      </button>{' '}
      says what to record so that it can.
    </p>
  )
}

interface PageStepsProps {
  readonly failure: FailureAnswer
  /** Position of the page that is shown. */
  readonly at: number
  readonly count: number
}

/** `page 2 of 56`, with the way to the one before and after it. */
function PageSteps({ failure, at, count }: PageStepsProps): ReactNode {
  const [, setView] = useView()
  const show = (position: number): void => {
    const pfn = failure.blockingPfns.at(Math.max(0, position))
    if (pfn !== undefined) setView({ pfn }, { replace: true })
  }
  return (
    <span className={styles.steps}>
      <button type="button" className="link-button" title="Previous blocking page ([)" onClick={() => show(at - 1)}>
        previous
      </button>
      <span>
        page {at + 1} of {count}
      </span>
      <button type="button" className="link-button" title="Next blocking page (])" onClick={() => show(at + 1)}>
        next
      </button>
    </span>
  )
}

interface ProofLinksProps {
  readonly page: BlockingPageAnswer
  readonly failure: FailureAnswer
}

function ProofLinks({ page, failure }: ProofLinksProps): ReactNode {
  const [view, setView] = useView()
  const linkTo = useLinkTo()
  const timeline = {
    view: 'pfn',
    pfn: page.pfn,
    failure: failure.id,
    lifetime: undefined,
    from: undefined,
    to: undefined,
  } as const
  return (
    <span className={styles.links}>
      <label title="Show the text of the lines that the facts cite (x)">
        <input
          type="checkbox"
          checked={view.hasTriageLines ?? false}
          onChange={({ currentTarget: { checked } }) =>
            setView({ hasTriageLines: checked ? true : undefined }, { replace: true })
          }
        />{' '}
        lines
      </label>
      <a
        href={linkTo({ ...view, ...timeline })}
        title="This page on a screen of its own, with its events"
        onClick={(event) => {
          event.preventDefault()
          setView(timeline)
        }}
      >
        Open the timeline
      </a>
    </span>
  )
}

function Timeline({ page, failure }: ProofLinksProps): ReactNode {
  const overview = useCapture()?.overview
  if (overview === undefined) return null
  return (
    <section className={styles.timeline} aria-label={`References of ${formatPfn(page.pfn)}`}>
      <Suspense fallback={<div className={styles.timelineSpace} aria-busy="true" />}>
        <PagePreview pfn={page.pfn} failureId={failure.id} overview={overview} />
      </Suspense>
    </section>
  )
}
