import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useMemo, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import { type PageFactsAnswer } from '../../../queries/page-facts.ts'
import { type TimelineAnswer, type TimelinePoint } from '../../../queries/timeline.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView, useViewNow } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { eventKey } from '../../events/event-columns.tsx'
import { EventInspector } from '../../events/event-inspector.tsx'
import { type Steps } from '../../events/step-queue.ts'
import { type SelectedEvent } from '../../events/use-event-rows.ts'
import { useFindStep, useSteps } from '../../events/use-steps.ts'
import { type ShortcutName, useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { HoldBars } from '../../widgets/hold-bars.tsx'
import { StepChart } from '../../widgets/step-chart.tsx'
import { holdBarOf } from '../../timeline/hold-bar-of.ts'
import { HoldInspector } from './hold-inspector.tsx'
import { failureFlags, mergedFlags } from '../../timeline/failure-flags.ts'
import { nextFlag } from '../../timeline/next-flag.ts'
import { PfnEvents } from './pfn-events.tsx'
import styles from './pfn-view.module.css'
import { timelineNotes } from '../../timeline/timeline-notes.ts'
import { useExcess } from '../../timeline/use-excess.ts'
import { linkWithMoment, useTimelineWindow, windowInLife } from '../../timeline/use-timeline-window.ts'

interface PfnTimelineProps {
  readonly facts: PageFactsAnswer
  readonly lifetime: number
  readonly overview: OverviewAnswer
  /** The event that the link selects, among all of this page. */
  readonly selected: SelectedEvent
}

/** Columns that lines are decimated to: four points each are the 4000 that a chart draws at ease. */
const COLUMNS = 1000
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
const NO_LOSSES: TimelineAnswer['losses'] = []

/** Chart, holds and events of one page: one window, one crosshair, one selected event. */
export function PfnTimeline({ facts, lifetime, overview, selected }: PfnTimelineProps): ReactNode {
  const [view, setView] = useView()
  const { clock, files } = overview
  const { pfn } = facts
  const isSmall = useMediaQuery(SMALL_SCREEN, false, { getInitialValueInEffect: false })
  const viewNow = useViewNow()
  const findStep = useFindStep()
  const [hoverNs, setHoverNs] = useState<number>()
  const [holdId, setHoldId] = useState<string>()
  const { committed, windowNow, drawn, extent, onPreview, onCommit } = useTimelineWindow(facts, lifetime, overview)
  const state = useQuery('timeline', { pfn, lifetime, ...committed, columns: COLUMNS })
  const answer = shownOf(state)
  const flags = useMemo(() => failureFlags(facts), [facts])
  const drawnFlags = useMemo(() => mergedFlags(flags, view.failure), [flags, view.failure])
  const excess = useExcess(facts)
  const bars = useMemo(() => (answer?.holds ?? NO_HOLDS).map(holdBarOf), [answer])
  const holdOf = (id: string | undefined) => answer?.holds.find((one) => one.id === id)

  const pick = ({ file, line }: TimelinePoint) =>
    setView({ event: formatPlace({ fileName: files[file].name, line }) }, { replace: true })
  const pickHold = (id: string) => {
    const hold = holdOf(id)
    const place = hold?.getPlace ?? hold?.putPlace
    setHoldId(id)
    if (place) setView({ event: formatPlace(place) }, { replace: true })
  }
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
  const points = answer?.points ?? NO_POINTS
  const hold = holdOf(holdId)
  const notes = answer && timelineNotes(answer)
  return (
    <>
      <StepChart
        label={`References of ${formatPfn(facts.headPfn)}`}
        points={points}
        window={drawn}
        extent={extent}
        clock={clock}
        flags={drawnFlags}
        losses={answer?.losses ?? NO_LOSSES}
        excess={excess}
        selectedNs={selected.event?.time.ns}
        hoverNs={hoverNs}
        notes={notes}
        isLoading={state.status === 'pending'}
        height={isSmall ? SMALL_CHART_PX : undefined}
        onHover={setHoverNs}
        onPreview={onPreview}
        onCommit={onCommit}
        onPick={(position) => pick(points[position])}
        onFlag={(failure) => setView({ view: 'ranges', failure })}
      />
      <HoldBars
        label={`Holds of ${formatPfn(facts.headPfn)}, unexpected ones first`}
        holds={bars}
        total={answer?.holdCount ?? 0}
        window={drawn}
        selectedId={holdId}
        hoverNs={hoverNs}
        onSelect={pickHold}
        isLoading={answer === undefined}
      />
      <div className={styles.events}>
        <PfnEvents pfn={pfn} window={committed} hoverNs={hoverNs} onHover={setHoverNs} />
      </div>
      {hold && <HoldInspector hold={hold} onClose={() => setHoldId(undefined)} />}
      {selected.event && <EventInspector event={selected.event} />}
    </>
  )
}
