import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useMemo, useState } from 'react'
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
import { eventKey } from '../../events/event-columns.tsx'
import { EventInspector } from '../../events/event-inspector.tsx'
import { type Steps } from '../../events/step-queue.ts'
import { type SelectedEvent } from '../../events/use-event-rows.ts'
import { useFindStep, useSteps } from '../../events/use-steps.ts'
import { type ShortcutName, useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { type ToldMoment } from '../../widgets/chart-attempt.ts'
import { AttemptBars } from '../../widgets/chart-attempts.tsx'
import { HoldBars } from '../../widgets/hold-bars.tsx'
import { Later } from '../../widgets/later.tsx'
import { StepChart } from '../../widgets/step-chart.tsx'
import { isSameWindow } from '../../widgets/time-window.ts'
import { attemptBarOf } from '../../timeline/attempt-bar-of.ts'
import { holdBarOf } from '../../timeline/hold-bar-of.ts'
import { HoldInspector } from './hold-inspector.tsx'
import { failureFlags, mergedFlags } from '../../timeline/failure-flags.ts'
import { nextFlag } from '../../timeline/next-flag.ts'
import { PfnEvents } from './pfn-events.tsx'
import styles from './pfn-view.module.css'
import { timelineNotes } from '../../timeline/timeline-notes.ts'
import { excessMarks, usePageFinding } from '../../timeline/use-page-finding.ts'
import { useCited } from '../../timeline/cited.tsx'
import { PageEvidence } from '../../timeline/page-evidence.tsx'
import { useFoundMarks } from '../../timeline/use-found-marks.ts'
import { PAGE_COLUMNS } from '../../timeline/use-page-ahead.ts'
import { useTimelineAnswer } from '../../timeline/use-timeline-answer.ts'
import { linkWithMoment, useTimelineWindow, windowInLife } from '../../timeline/use-timeline-window.ts'

interface PfnTimelineProps {
  readonly facts: PageFactsAnswer
  readonly lifetime: number
  readonly overview: OverviewAnswer
  /** The event that the link selects, among all of this page. */
  readonly selected: SelectedEvent
}

/** What a key steps through. */
type KeyKind = 'event' | 'failure'

const KEYS: readonly ShortcutName[] = [
  { id: 'event-next', label: 'Next event of this page', keys: [']'] },
  { id: 'event-previous', label: 'Previous event of this page', keys: ['['] },
  { id: 'failure-next', label: 'Next failure on the timeline', keys: ['n'] },
  { id: 'failure-previous', label: 'Previous failure on the timeline', keys: ['N'] },
]
/** As in the view's style sheet. */
const SMALL_SCREEN = '(max-width: 1100px) or (max-height: 760px)'
const SMALL_CHART_PX = 140
const NO_POINTS: readonly TimelinePoint[] = []
const NO_HOLDS: TimelineAnswer['holds'] = []
const NO_LAYERS: TimelineAnswer['layers'] = []
const NO_LOSSES: TimelineAnswer['losses'] = []

/** Chart, holds and events of one page: one window, one crosshair, one selected event. */
export function PfnTimeline({ facts, lifetime, overview, selected }: PfnTimelineProps): ReactNode {
  const [view, setView] = useView()
  const { clock, files } = overview
  const { pfn } = facts
  const isSmall = useMediaQuery(SMALL_SCREEN, false, { getInitialValueInEffect: false })
  const viewNow = useViewNow()
  const findStep = useFindStep()
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
  const { committed, windowNow, drawn, extent, onPreview, onCommit } = useTimelineWindow(facts, lifetime, overview)
  const { state, points: drawnFrom } = useTimelineAnswer({ pfn, lifetime }, { committed, drawn, columns: PAGE_COLUMNS })
  const answer = shownOf(state)
  const flags = useMemo(() => failureFlags(facts), [facts])
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
  const notes = useMemo(() => answer && timelineNotes(answer), [answer])
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
  const stepEvents = async ({ by }: Steps<KeyKind>) => {
    const from = viewNow().event
    const event = await findStep({ filters: { pfn }, from, by, start: windowInLife(windowNow(), lifetime, facts) })
    // What was selected meanwhile came after these keys.
    if (event && viewNow().event === from) goTo(event.time.ns, { event: eventKey(event) })
  }
  const stepFailures = async ({ by }: Steps<KeyKind>) => {
    const event = await findStep({ filters: { pfn }, from: viewNow().event, by: 0 })
    const at = event?.time.ns ?? (by > 0 ? windowNow().from : windowNow().to)
    const next = nextFlag(flags, viewNow().failure, at, by)
    if (next) goTo(next.ns, { failure: next.id })
  }
  const press = useSteps<KeyKind>((steps) => (steps.kind === 'event' ? stepEvents(steps) : stepFailures(steps)))
  useViewShortcuts(KEYS, (id) => {
    if (id === 'event-next') press({ kind: 'event', by: 1 })
    else if (id === 'event-previous') press({ kind: 'event', by: -1 })
    else press({ kind: 'failure', by: id === 'failure-next' ? 1 : -1 })
  })

  if (state.status === 'failed')
    return <EmptyNote title="The timeline could not be read.">{state.error.message}</EmptyNote>
  const points = drawnFrom?.points ?? NO_POINTS
  const told = drawnFrom ? { from: drawnFrom.from.ns, to: drawnFrom.to.ns } : drawn
  const hold = holdOf(holdId)
  return (
    <>
      {facts.lifetimes.length === 0 ? (
        <p className={styles.note}>
          No page_ref event of {formatPfn(facts.headPfn)} is in these files, so its count is not known. Its other events
          are below.
        </p>
      ) : (
        <>
          <StepChart
            label={`References of ${formatPfn(facts.headPfn)}`}
            points={points}
            layers={drawnFrom?.layers ?? NO_LAYERS}
            window={drawn}
            told={told}
            extent={extent}
            clock={clock}
            flags={drawnFlags}
            losses={drawnFrom?.losses ?? NO_LOSSES}
            attempts={attempts}
            excess={excess}
            marks={finding && found.marks}
            cited={cited}
            onCite={cite}
            onMark={(number) => openFact(found.facts.find((one) => one.number === number)?.fact)}
            selectedNs={selected.event?.time.ns}
            hoverNs={hoverNs}
            toldText={pointedAt?.words}
            notes={notes}
            isLoading={state.status === 'pending' || !isSameWindow(told, drawn)}
            height={isSmall ? SMALL_CHART_PX : undefined}
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
            onSelect={pickHold}
            isLoading={answer === undefined}
          />
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
        </>
      )}
      {finding && (
        <PageEvidence
          page={finding.page}
          onOpen={openFact}
          onPlace={(place) => setView({ event: formatPlace(place) }, { replace: true })}
        />
      )}
      <div className={styles.events}>
        <Later key={pfn}>
          <PfnEvents
            pfn={pfn}
            window={committed}
            hoverNs={hoverNs}
            citedPlaces={found.facts.find(({ number }) => number === cited)?.fact.places}
            onHover={setHoverNs}
          />
        </Later>
      </div>
      {hold && <HoldInspector hold={hold} onClose={() => setHoldId(undefined)} />}
      {selected.event && <EventInspector event={selected.event} />}
    </>
  )
}
