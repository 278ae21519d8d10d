import { lazy, type ReactNode, Suspense } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type FailureAnswer } from '../../../queries/wire.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useLinkTo, useView } from '../../../state/use-view.ts'
import styles from './triage-view.module.css'

/** The chart is a chunk of its own: the answer and the table do not wait for it. */
const PagePreview = lazy(async () => ({ default: (await import('../../timeline/page-preview.tsx')).PagePreview }))

/** The refcount timeline of the range's first blocking page: what the sentence says, drawn. */
export function FirstPage({ failure }: { readonly failure: FailureAnswer }): ReactNode {
  const [view, setView] = useView()
  const linkTo = useLinkTo()
  const overview = useCapture()?.overview
  const pfn = failure.blockingPfns.at(0)
  if (pfn === undefined || overview === undefined) return null
  const timeline = {
    view: 'pfn',
    pfn,
    failure: failure.id,
    lifetime: undefined,
    from: undefined,
    to: undefined,
  } as const
  return (
    <section className={styles.timeline} aria-labelledby="first-page">
      <header className={styles.bar}>
        <h2 id="first-page">References of {formatPfn(pfn)}</h2>
        <a
          href={linkTo({ ...view, ...timeline })}
          title="Timeline of this page with its events"
          onClick={(event) => {
            event.preventDefault()
            setView(timeline)
          }}
        >
          Open the timeline
        </a>
      </header>
      <Suspense fallback={<div className={styles.timelineSpace} aria-busy="true" />}>
        <PagePreview key={`${pfn} ${failure.id}`} pfn={pfn} failureId={failure.id} overview={overview} />
      </Suspense>
    </section>
  )
}
