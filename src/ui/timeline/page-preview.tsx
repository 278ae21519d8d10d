import { type ReactNode, useMemo, useRef, useState } from 'react'
import { formatPfn } from '../../base/pfn.ts'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { type PageFactsAnswer } from '../../queries/page-facts.ts'
import { type TimelineAnswer } from '../../queries/timeline.ts'
import { formatPlace } from '../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'
import { useView } from '../../state/use-view.ts'
import { type ToldMoment } from '../widgets/chart-attempt.ts'
import { AttemptBars } from '../widgets/chart-attempts.tsx'
import { HoldBars } from '../widgets/hold-bars.tsx'
import { StepChart } from '../widgets/step-chart.tsx'
import { usePageBookmarks } from '../session/use-bookmarks.ts'
import { isSameWindow, type TimeWindow } from '../widgets/time-window.ts'
import { failureFlags, mergedFlags } from './failure-flags.ts'
import { useThresholdNs } from '../../state/use-threshold.ts'
import { attemptBarOf } from './attempt-bar-of.ts'
import { holdBarOf } from './hold-bar-of.ts'
import { useCited } from './cited.tsx'
import { chooseLifetime } from './lifetime-choice.ts'
import styles from './page-preview.module.css'
import { extentOf } from './pfn-window.ts'
import { HoldsCopy, TimelineCopy, timelineSource } from './timeline-copy.tsx'
import { timelineNotes } from './timeline-notes.ts'
import { useTimelineAnswer } from './use-timeline-answer.ts'
import { useFoundMarks } from './use-found-marks.ts'
import { excessMarks, usePageFinding } from './use-page-finding.ts'

const COLUMNS = 500
const CHART_HEIGHT_PX = 150
const NO_LAYERS: TimelineAnswer['layers'] = []
const NO_POINTS: TimelineAnswer['points'] = []
const NO_LOSSES: TimelineAnswer['losses'] = []

interface PagePreviewProps {
  readonly pfn: number
  readonly failureId: string
  readonly overview: OverviewAnswer
}

/**
 * The timeline of one page in small, where the page itself is not the subject: its life around one failure. Its charts stay
 * from page to page, for to make them takes longer than to draw in them; nothing of the page before is seen in them.
 */
export function PagePreview({ pfn, failureId, overview }: PagePreviewProps): ReactNode {
  const told = shownOf(useQuery('pageFacts', { pfn }))
  const [kept, setKept] = useState<PreviewSubject>()
  const isTold = told?.pfn === pfn
  const isNew = isTold && (kept?.facts !== told || kept.failureId !== failureId)
  const subject = isNew ? { facts: told, failureId } : kept
  if (isNew) setKept(subject)
  if (subject === undefined) return <div className={styles.reserved} aria-busy="true" />
  if (isTold && told.events === 0) {
    return <p className={styles.note}>No reference event of {formatPfn(pfn)} was traced, so there is no timeline.</p>
  }
  return (
    <div className={styles.stage} aria-busy={!isTold}>
      <Preview {...subject} overview={overview} />
    </div>
  )
}

interface PreviewSubject {
  readonly facts: PageFactsAnswer
  readonly failureId: string
}

interface PreviewProps extends PreviewSubject {
  readonly overview: OverviewAnswer
}

function Preview({ facts, failureId, overview }: PreviewProps): ReactNode {
  const [, setView] = useView()
  const picture = useRef<HTMLDivElement>(null)
  const [zoomed, setZoomed] = useState<TimeWindow>()
  const [preview, setPreview] = useState<TimeWindow>()
  const [pointedNs, setHoverNs] = useState<number>()
  const [pointedAt, setPointedAt] = useState<ToldMoment>()
  const hoverNs = pointedAt?.ns ?? pointedNs
  const subject = `${facts.pfn} ${failureId}`
  const [seen, setSeen] = useState(subject)
  if (seen !== subject) {
    // What was looked at closely and pointed at is of the page before.
    setSeen(subject)
    setZoomed(undefined)
    setPreview(undefined)
    setHoverNs(undefined)
    setPointedAt(undefined)
  }
  const lifetime = chooseLifetime(facts, undefined, undefined, failureId)
  const extent = useMemo(() => extentOf(facts, lifetime, overview), [facts, lifetime, overview])
  const committed = zoomed ?? extent
  const drawn = preview ?? committed
  const page = { pfn: facts.pfn, lifetime }
  const { state, points: drawnFrom } = useTimelineAnswer(page, { committed, drawn, columns: COLUMNS })
  const answer = shownOf(state)
  const finding = usePageFinding(facts, failureId)
  const excess = useMemo(() => excessMarks(finding), [finding])
  const found = useFoundMarks(finding?.page, answer)
  const [cited, cite] = useCited(finding?.page.pfn ?? facts.pfn)
  const thresholdNs = useThresholdNs()
  const bars = useMemo(
    () => (answer?.holds ?? []).map((hold) => holdBarOf(hold, { thresholdNs, leaks: found.leaks })),
    [answer, thresholdNs, found],
  )
  const attempts = useMemo(() => (answer?.attempts ?? []).map(attemptBarOf), [answer])
  const silences = useMemo(
    () => drawnFrom?.silences?.map(({ from, to }) => ({ from: from.ns, to: to.ns })),
    [drawnFrom],
  )
  const flags = useMemo(() => mergedFlags(failureFlags(facts), failureId), [facts, failureId])
  const bookmarks = usePageBookmarks(facts.pfn, facts.headPfn)
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
  const points = drawnFrom?.points ?? NO_POINTS
  const told = drawnFrom ? { from: drawnFrom.from.ns, to: drawnFrom.to.ns } : drawn
  const label = `References of ${formatPfn(facts.headPfn)} around the failure`
  const source = timelineSource(overview, committed)
  const copied = { pfn: facts.pfn, source }
  const placeOf = (position: number): string => {
    const { file, line } = points[position]
    return formatPlace({ fileName: overview.files[file].name, line })
  }
  return (
    <div ref={picture} className={styles.picture}>
      <StepChart
        label={label}
        points={points}
        layers={drawnFrom?.layers ?? NO_LAYERS}
        window={drawn}
        told={told}
        extent={extent}
        clock={overview.clock}
        flags={flags}
        bookmarks={bookmarks}
        onBookmark={(event) => setView({ event }, { replace: true })}
        losses={drawnFrom?.losses ?? NO_LOSSES}
        silences={silences}
        attempts={attempts}
        placeOf={placeOf}
        excess={excess}
        marks={finding && found.marks}
        cited={cited}
        onCite={cite}
        onMark={(number) => {
          const place = found.facts.find((one) => one.number === number)?.fact.places.at(0)
          if (place) setView({ event: formatPlace(place) }, { replace: true })
        }}
        hoverNs={hoverNs}
        toldText={pointedAt?.words}
        notes={answer && timelineNotes(answer)}
        actions={
          <TimelineCopy {...copied} {...{ label, attempts, placeOf, picture }} drawn={drawnFrom} story={undefined} />
        }
        isLoading={state.status === 'pending' || !isSameWindow(told, drawn)}
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
        window={drawn}
        numbers={found.holds}
        cited={cited}
        hoverNs={hoverNs}
        actions={<HoldsCopy {...copied} headPfn={facts.headPfn} answer={answer} />}
        onSelect={(id) => {
          const hold = answer?.holds.find((one) => one.id === id)
          openAt(hold?.getPlace ?? hold?.putPlace)
        }}
        isLoading={answer === undefined}
      />
      <AttemptBars
        key={facts.pfn}
        label={`Attempts to move ${formatPfn(facts.headPfn)}`}
        attempts={attempts}
        total={answer?.attemptCount ?? 0}
        window={drawn}
        hoverNs={hoverNs}
        onTell={setPointedAt}
        onSelect={(id) => openAt(answer?.attempts.find((one) => one.id === id)?.firstPlace)}
      />
    </div>
  )
}
