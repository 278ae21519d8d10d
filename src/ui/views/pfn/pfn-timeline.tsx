import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useMemo, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type EventAnswer } from '../../../queries/events.ts'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import { type PageFactsAnswer } from '../../../queries/page-facts.ts'
import { type TimelineAnswer, type TimelinePoint } from '../../../queries/timeline.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { eventKey } from '../../events/event-columns.tsx'
import { EventInspector } from '../../events/event-inspector.tsx'
import { type SelectedEvent } from '../../events/use-event-rows.ts'
import { type ShortcutName, useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { type ChartFlag } from '../../widgets/chart-flags.tsx'
import { HoldBars } from '../../widgets/hold-bars.tsx'
import { StepChart } from '../../widgets/step-chart.tsx'
import { type TimeWindow } from '../../widgets/time-window.ts'
import { holdBarOf } from '../../timeline/hold-bar-of.ts'
import { HoldInspector } from './hold-inspector.tsx'
import { failureFlags, mergedFlags } from '../../timeline/failure-flags.ts'
import { lifetimeAt } from '../../timeline/lifetime-choice.ts'
import { PfnEvents } from './pfn-events.tsx'
import styles from './pfn-view.module.css'
import { extentOf, windowOf, windowToLink, windowWith } from '../../timeline/pfn-window.ts'
import { timelineNotes } from '../../timeline/timeline-notes.ts'
import { useExcess } from '../../timeline/use-excess.ts'

interface PfnTimelineProps {
  readonly facts: PageFactsAnswer
  readonly lifetime: number
  readonly overview: OverviewAnswer
  /** The event that the link selects, among all of this page. */
  readonly selected: SelectedEvent
}

/** Columns that lines are decimated to: four points each are the 4000 that a chart draws at ease. */
const COLUMNS = 1000
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
  const [preview, setPreview] = useState<TimeWindow>()
  const [hoverNs, setHoverNs] = useState<number>()
  const [holdId, setHoldId] = useState<string>()
  const extent = useMemo(() => extentOf(facts, lifetime, overview), [facts, lifetime, overview])
  const committed = useMemo(
    () => windowOf({ from: view.from, to: view.to }, extent, clock),
    [view.from, view.to, extent, clock],
  )
  const state = useQuery('timeline', { pfn, lifetime, ...committed, columns: COLUMNS })
  const answer = shownOf(state)
  const flags = useMemo(() => failureFlags(facts), [facts])
  const drawnFlags = useMemo(() => mergedFlags(flags, view.failure), [flags, view.failure])
  const excess = useExcess(facts)
  const bars = useMemo(() => (answer?.holds ?? NO_HOLDS).map(holdBarOf), [answer])
  const holdOf = (id: string | undefined) => answer?.holds.find((one) => one.id === id)

  const commit = (window: TimeWindow) => {
    setPreview(undefined)
    setView(windowToLink(window, extent, clock), { replace: true })
  }
  const goTo = (event: EventAnswer | undefined) => {
    if (!event) return
    const { ns } = event.time
    const isInside = ns >= extent.from && ns <= extent.to
    const where = isInside
      ? windowToLink(windowWith(committed, ns, extent), extent, clock)
      : { lifetime: lifetimeAt(facts.lifetimes, ns) ?? 0, from: undefined, to: undefined }
    setView({ event: eventKey(event), ...where }, { replace: true })
  }
  const pick = ({ file, line }: TimelinePoint) =>
    setView({ event: formatPlace({ fileName: files[file].name, line }) }, { replace: true })
  const pickHold = (id: string) => {
    const hold = holdOf(id)
    const place = hold?.getPlace ?? hold?.putPlace
    setHoldId(id)
    if (place) setView({ event: formatPlace(place) }, { replace: true })
  }
  const goToFailure = (step: 1 | -1) => {
    const at = selected.event?.time.ns ?? (step > 0 ? committed.from : committed.to)
    const next = nextFlag(flags, view.failure, at, step)
    if (!next) return
    setView(
      { failure: next.id, ...windowToLink(windowWith(committed, next.ns, extent), extent, clock) },
      { replace: true },
    )
  }
  /** Without a selection the keys begin at the window's first event, or its last. */
  const step = (by: 1 | -1) => {
    if (selected.event) return goTo(by > 0 ? selected.next : selected.previous)
    const seen = (answer?.points ?? NO_POINTS).filter(({ ns }) => ns >= committed.from && ns <= committed.to)
    const first = by > 0 ? seen.at(0) : seen.at(-1)
    if (first) pick(first)
  }
  useViewShortcuts(KEYS, (id) => {
    if (id === 'failure-next') goToFailure(1)
    else if (id === 'failure-previous') goToFailure(-1)
    else step(id === 'event-next' ? 1 : -1)
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
        window={preview ?? committed}
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
        onPreview={setPreview}
        onCommit={commit}
        onPick={(position) => pick(points[position])}
        onFlag={(failure) => setView({ view: 'ranges', failure })}
      />
      <HoldBars
        label={`Holds of ${formatPfn(facts.headPfn)}, unexpected ones first`}
        holds={bars}
        total={answer?.holdCount ?? 0}
        window={preview ?? committed}
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

/** The failure after (or before) the selected one, or else after (before) a moment. */
function nextFlag(
  flags: readonly ChartFlag[],
  selected: string | undefined,
  ns: number,
  step: 1 | -1,
): ChartFlag | undefined {
  const at = flags.findIndex(({ id }) => id === selected)
  if (at >= 0) return flags[at + step]
  return step > 0 ? flags.find((flag) => flag.ns > ns) : flags.findLast((flag) => flag.ns < ns)
}
