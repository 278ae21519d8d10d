import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import { type PageFactsAnswer } from '../../../queries/page-facts.ts'
import { type TimelineAnswer, type TimelinePoint } from '../../../queries/timeline.ts'
import { type EvidenceAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf } from '../../../state/use-query.ts'
import { useView, useViewNow } from '../../../state/use-view.ts'
import { useThresholdNs } from '../../../state/use-threshold.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { EventInspector } from '../../events/event-inspector.tsx'
import { type SelectedEvent } from '../../events/use-event-rows.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { type ToldMoment } from '../../widgets/chart-attempt.ts'
import { AttemptBars } from '../../widgets/chart-attempts.tsx'
import { ChartLives } from '../../widgets/chart-lives.tsx'
import { HoldBars } from '../../widgets/hold-bars.tsx'
import { Later } from '../../widgets/later.tsx'
import { StepChart } from '../../widgets/step-chart.tsx'
import { unitOf } from '../../widgets/time-ticks.ts'
import { usePageBookmarks } from '../../session/use-bookmarks.ts'
import { isSameWindow } from '../../widgets/time-window.ts'
import { CompareBar } from './compare-bar.tsx'
import { CompareStrips } from './compare-strips.tsx'
import { PfnLower } from './pfn-lower.tsx'
import { useCompareOffers } from './use-compare-offers.ts'
import { useCompared } from './use-compared.ts'
import { usePfnKeys } from './use-pfn-keys.ts'
import { useStretch } from './use-stretch.ts'
import { attemptBarOf } from '../../timeline/attempt-bar-of.ts'
import { chartLives } from '../../timeline/chart-life-of.ts'
import { chartStory } from '../../timeline/chart-story.ts'
import { holdBarOf } from '../../timeline/hold-bar-of.ts'
import { extentOf, FEWEST_UNITS, linkWithLife, lossesOf } from '../../timeline/pfn-window.ts'
import { HoldInspector } from './hold-inspector.tsx'
import { failureFlags, mergedFlags } from '../../timeline/failure-flags.ts'
import styles from './pfn-view.module.css'
import { HoldsCopy, TimelineCopy, timelineSource } from '../../timeline/timeline-copy.tsx'
import { timelineNotes } from '../../timeline/timeline-notes.ts'
import { excessMarks, usePageFinding } from '../../timeline/use-page-finding.ts'
import { useCited } from '../../timeline/cited.tsx'
import { useFoundMarks } from '../../timeline/use-found-marks.ts'
import { PAGE_COLUMNS } from '../../timeline/use-page-ahead.ts'
import { useTimelineAnswer } from '../../timeline/use-timeline-answer.ts'
import { linkWithMoment, useTimelineWindow } from '../../timeline/use-timeline-window.ts'

interface PfnTimelineProps {
  readonly facts: PageFactsAnswer
  readonly lifetime: number
  readonly overview: OverviewAnswer
  /** The event that the link selects, among all of this page. */
  readonly selected: SelectedEvent
}

/** As in the view's style sheet: screens without room for chart, holds and events together get a lower chart. */
const SMALL_SCREEN = '(max-width: 1100px) or (max-height: 760px)'
const MIDDLE_SCREEN = '(max-height: 1000px)'
const SMALL_CHART_PX = 140
const MIDDLE_CHART_PX = 176
const NO_POINTS: readonly TimelinePoint[] = []
const NO_HOLDS: TimelineAnswer['holds'] = []
const NO_LAYERS: TimelineAnswer['layers'] = []
const NO_LOSSES: TimelineAnswer['losses'] = []

/** Chart, holds and events of one page: one window, one crosshair, one selected event. */
export function PfnTimeline({ facts, lifetime, overview, selected }: PfnTimelineProps): ReactNode {
  const [view, setView] = useView()
  const { clock, files } = overview
  const { pfn } = facts
  const height = useChartHeight()
  const viewNow = useViewNow()
  const [pointedNs, setHoverNs] = useState<number>()
  const [pointedAt, setPointedAt] = useState<ToldMoment>()
  const hoverNs = pointedAt?.ns ?? pointedNs
  const [holdId, setHoldId] = useState<string>()
  const [shownPfn, setShownPfn] = useState(pfn)
  if (shownPfn !== pfn) {
    // What was pointed at and chosen is of the page before.
    setShownPfn(pfn)
    setHoverNs(undefined)
    setPointedAt(undefined)
    setHoldId(undefined)
  }
  const picture = useRef<HTMLDivElement>(null)
  const compareInput = useRef<HTMLInputElement>(null)
  const time = useTimelineWindow(facts, lifetime, overview)
  const { committed, drawn, extent, onPreview, onCommit } = time
  const { state, points: drawnFrom } = useTimelineAnswer(
    { pfn, lifetime },
    { committed, drawn, columns: PAGE_COLUMNS, events: facts.events },
  )
  const answer = shownOf(state)
  const flags = useMemo(() => failureFlags(facts), [facts])
  const bookmarks = usePageBookmarks(facts.pfn, facts.headPfn)
  const drawnFlags = useMemo(() => mergedFlags(flags, view.failure), [flags, view.failure])
  const finding = usePageFinding(facts, view.failure)
  const excess = useMemo(() => excessMarks(finding), [finding])
  const found = useFoundMarks(finding?.page, answer)
  const [cited, cite] = useCited(finding?.page.pfn ?? pfn)
  const thresholdNs = useThresholdNs()
  const bars = useMemo(
    () => (answer?.holds ?? NO_HOLDS).map((hold) => holdBarOf(hold, { thresholdNs, leaks: found.leaks })),
    [answer, thresholdNs, found],
  )
  const attempts = useMemo(() => (answer?.attempts ?? []).map(attemptBarOf), [answer])
  const lives = useMemo(() => chartLives(facts.lifetimes, overview.to?.ns), [facts, overview])
  const traceLosses = useMemo(() => lossesOf(overview), [overview])
  const flagNs = useMemo(() => flags.map(({ ns }) => ns), [flags])
  const placeOf = useCallback(
    (position: number) => {
      const point = drawnFrom?.points[position]
      return point === undefined ? '' : formatPlace({ fileName: files[point.file].name, line: point.line })
    },
    [drawnFrom, files],
  )
  const silences = useMemo(
    () => drawnFrom?.silences?.map(({ from, to }) => ({ from: from.ns, to: to.ns })),
    [drawnFrom],
  )
  const notes = useMemo(() => drawnFrom && timelineNotes(answer ?? drawnFrom), [answer, drawnFrom])
  const holdOf = (id: string | undefined) => answer?.holds.find((one) => one.id === id)

  const pick = ({ file, line }: TimelinePoint) =>
    setView({ event: formatPlace({ fileName: files[file].name, line }) }, { replace: true })
  const pickHold = (id: string) => {
    const hold = holdOf(id)
    const place = hold?.getPlace ?? hold?.putPlace
    setHoldId(id)
    if (place) setView({ event: formatPlace(place) }, { replace: true })
  }
  /** The id of an attempt is the line of its first event. */
  const openFact = (fact: EvidenceAnswer | undefined) => {
    const place = fact?.places.at(0)
    if (!place) return
    const event = formatPlace(place)
    if (fact?.time) goTo(fact.time.ns, { event })
    else setView({ event }, { replace: true })
  }
  const pickAttempt = (id: string) => setView({ event: id }, { replace: true })
  const goTo = (ns: number, patch: Pick<ViewState, 'event'> | Pick<ViewState, 'failure'>) =>
    setView({ ...patch, ...linkWithMoment(viewNow(), ns, facts, overview) }, { replace: true })
  const offers = useCompareOffers(finding, pfn)
  const whole = useMemo(() => extentOf(facts, 0, overview), [facts, overview])
  const compared = useCompared({ pfn, window: committed, whole, clock })
  const limits = { extent, minSpan: FEWEST_UNITS * unitOf(clock) }
  const aroundNs = hoverNs ?? selected.event?.time.ns
  const stretch = useStretch(pfn, aroundNs, { limits, onCommit })
  const chooseLife = (life: number) => setView(linkWithLife(life, facts, overview, viewNow()), { replace: true })
  usePfnKeys({
    facts,
    lifetime,
    flags,
    time,
    limits,
    aroundNs,
    hoverNs,
    stretch,
    compared,
    compareInput,
    goTo,
    onLife: chooseLife,
  })

  if (state.status === 'failed')
    return <EmptyNote title="The timeline could not be read.">{state.error.message}</EmptyNote>
  const points = drawnFrom?.points ?? NO_POINTS
  const told = drawnFrom ? { from: drawnFrom.from.ns, to: drawnFrom.to.ns } : drawn
  const hold = holdOf(holdId)
  const source = timelineSource(overview, committed)
  const label = `References of ${formatPfn(facts.headPfn)}`
  const story = answer && chartStory(answer, { flags, excess, holds: bars, unit: clock.style.unit })
  return (
    <>
      {facts.lifetimes.length === 0 ? (
        <p className={styles.note}>
          No page_ref event of {formatPfn(facts.headPfn)} is in these files, so its count is not known. Its other events
          are below.
        </p>
      ) : (
        <div ref={picture} className={styles.picture} data-place={view.event ?? placeOf(0)}>
          <ChartLives
            label={`Lifetimes of ${formatPfn(facts.headPfn)} in the whole trace`}
            span={whole}
            clock={clock}
            lives={lives}
            chosen={lifetime}
            window={drawn}
            flags={flags}
            losses={traceLosses}
            onChoose={chooseLife}
          />
          <Later>
            <StepChart
              label={label}
              story={story}
              points={points}
              layers={drawnFrom?.layers ?? NO_LAYERS}
              isSplit={drawnFrom?.isSplit}
              window={drawn}
              told={told}
              extent={extent}
              clock={clock}
              flags={drawnFlags}
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
              onMark={(number) => openFact(found.facts.find((one) => one.number === number)?.fact)}
              selectedNs={selected.event?.time.ns}
              hoverNs={hoverNs}
              stretch={stretch.shown}
              toldText={pointedAt?.words}
              notes={notes}
              actions={
                <TimelineCopy drawn={drawnFrom} {...{ pfn, label, attempts, source, story, placeOf, picture }} />
              }
              isLoading={state.status === 'pending' || !isSameWindow(told, drawn)}
              height={height}
              onHover={setHoverNs}
              onPreview={onPreview}
              onCommit={onCommit}
              onPick={(position) => pick(points[position])}
              onFlag={(failure) => setView({ view: 'triage', failure })}
              onAttempt={pickAttempt}
            />
            <HoldBars
              label={`Holds of ${formatPfn(facts.headPfn)}, unexpected ones first`}
              holds={bars}
              total={answer?.holdCount ?? 0}
              window={drawn}
              selectedId={holdId}
              numbers={found.holds}
              cited={cited}
              hoverNs={hoverNs}
              isLow={compared.pfns.length > 0}
              actions={<HoldsCopy {...{ pfn, answer, source }} headPfn={facts.headPfn} />}
              onSelect={pickHold}
              isLoading={answer === undefined}
            />
          </Later>
          <AttemptBars
            key={pfn}
            label={`Attempts to move ${formatPfn(facts.headPfn)}`}
            attempts={attempts}
            total={answer?.attemptCount ?? 0}
            window={drawn}
            selectedId={view.event}
            hoverNs={hoverNs}
            onTell={setPointedAt}
            onSelect={pickAttempt}
          />
          <CompareBar compared={compared} offers={offers} inputRef={compareInput} />
          <CompareStrips
            {...{ time, overview, hoverNs, compared }}
            flagNs={flagNs}
            restNs={selected.event?.time.ns ?? finding?.failure.time?.ns}
            onHover={setHoverNs}
          />
        </div>
      )}
      <PfnLower
        pfn={pfn}
        window={committed}
        hoverNs={hoverNs}
        page={finding?.page}
        citedPlaces={found.facts.find(({ number }) => number === cited)?.fact.places}
        onHover={setHoverNs}
        onOpen={openFact}
      />
      {hold && <HoldInspector hold={hold} onClose={() => setHoldId(undefined)} onCompare={compared.add} />}
      {selected.event && <EventInspector event={selected.event} />}
    </>
  )
}

/** Less where chart, holds and events would not be in sight together. */
function useChartHeight(): number | undefined {
  const isSmall = useMediaQuery(SMALL_SCREEN, false, { getInitialValueInEffect: false })
  const isMiddle = useMediaQuery(MIDDLE_SCREEN, false, { getInitialValueInEffect: false })
  if (isSmall) return SMALL_CHART_PX
  return isMiddle ? MIDDLE_CHART_PX : undefined
}
