import { type ReactNode, useMemo, useState } from 'react'
import { formatPfn } from '../../base/pfn.ts'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { type PageFactsAnswer } from '../../queries/page-facts.ts'
import { formatPlace } from '../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'
import { useView } from '../../state/use-view.ts'
import { HoldBars } from '../widgets/hold-bars.tsx'
import { StepChart } from '../widgets/step-chart.tsx'
import { type TimeWindow } from '../widgets/time-window.ts'
import { failureFlags, mergedFlags } from './failure-flags.ts'
import { holdBarOf } from './hold-bar-of.ts'
import { chooseLifetime } from './lifetime-choice.ts'
import styles from './page-preview.module.css'
import { extentOf } from './pfn-window.ts'
import { timelineNotes } from './timeline-notes.ts'
import { useExcess } from './use-excess.ts'

const COLUMNS = 500
const CHART_HEIGHT_PX = 150

interface PagePreviewProps {
  readonly pfn: number
  readonly failureId: string
  readonly overview: OverviewAnswer
}

/** The timeline of one page in small, where the page itself is not the subject: its life around one failure. */
export function PagePreview({ pfn, failureId, overview }: PagePreviewProps): ReactNode {
  const facts = shownOf(useQuery('pageFacts', { pfn }))
  if (facts?.pfn !== pfn) return <div className={styles.reserved} aria-busy="true" />
  if (facts.events === 0) {
    return <p className={styles.note}>No reference event of {formatPfn(pfn)} was traced, so there is no timeline.</p>
  }
  return <Preview facts={facts} failureId={failureId} overview={overview} />
}

interface PreviewProps extends Omit<PagePreviewProps, 'pfn'> {
  readonly facts: PageFactsAnswer
}

function Preview({ facts, failureId, overview }: PreviewProps): ReactNode {
  const [, setView] = useView()
  const [zoomed, setZoomed] = useState<TimeWindow>()
  const [preview, setPreview] = useState<TimeWindow>()
  const [hoverNs, setHoverNs] = useState<number>()
  const lifetime = chooseLifetime(facts, undefined, undefined, failureId)
  const extent = useMemo(() => extentOf(facts, lifetime, overview), [facts, lifetime, overview])
  const committed = zoomed ?? extent
  const state = useQuery('timeline', { pfn: facts.pfn, lifetime, ...committed, columns: COLUMNS })
  const answer = shownOf(state)
  const excess = useExcess(facts)
  const bars = useMemo(() => (answer?.holds ?? []).map(holdBarOf), [answer])
  const flags = useMemo(() => mergedFlags(failureFlags(facts), failureId), [facts, failureId])
  const openAt = (place: { readonly fileName: string; readonly line: number } | undefined): void =>
    setView({
      view: 'pfn',
      pfn: facts.pfn,
      failure: failureId,
      lifetime: undefined,
      from: undefined,
      to: undefined,
      event: place && formatPlace(place),
    })
  if (state.status === 'failed') return <p className={styles.note}>{state.error.message}</p>
  const isEmpty = answer?.points.length === 0 && answer.holds.length === 0
  if (isEmpty && zoomed === undefined) {
    return (
      <p className={styles.note}>
        No page_ref event of {formatPfn(facts.pfn)} is in these files, so its count is not known. The facts below come
        from other events.
      </p>
    )
  }
  const points = answer?.points ?? []
  const window = preview ?? committed
  return (
    <>
      <StepChart
        label={`References of ${formatPfn(facts.headPfn)} around the failure`}
        points={points}
        window={window}
        extent={extent}
        clock={overview.clock}
        flags={flags}
        losses={answer?.losses ?? []}
        excess={excess}
        hoverNs={hoverNs}
        notes={answer && timelineNotes(answer)}
        isLoading={state.status === 'pending'}
        height={CHART_HEIGHT_PX}
        isWheelFree
        onHover={setHoverNs}
        onPreview={setPreview}
        onCommit={(change) => {
          setPreview(undefined)
          setZoomed((now) => change(now ?? extent))
        }}
        onPick={(at) => openAt({ fileName: overview.files[points[at].file].name, line: points[at].line })}
        onFlag={(failure) => setView({ failure }, { replace: true })}
      />
      <HoldBars
        label={`Holds of ${formatPfn(facts.headPfn)}`}
        holds={bars}
        total={answer?.holdCount ?? 0}
        window={window}
        hoverNs={hoverNs}
        onSelect={(id) => {
          const hold = answer?.holds.find((one) => one.id === id)
          openAt(hold?.getPlace ?? hold?.putPlace)
        }}
        isLoading={answer === undefined}
      />
    </>
  )
}
