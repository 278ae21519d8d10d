import { type ReactNode, useRef, useState } from 'react'
import { type Clock, formatTime } from '../../../base/clock.ts'
import { type CopyTable } from '../../../base/copy-table.ts'
import { type EventsHistogramAnswer } from '../../../queries/events-histogram.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { timeFromLink, timeToLink } from '../../../state/time-in-link.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { type EventFilters } from '../../events/use-event-rows.ts'
import { PLOT_INSETS } from '../../widgets/chart-scale.ts'
import { CopyMenu } from '../../widgets/copy-menu.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { TimeHistogram } from '../../widgets/time-histogram.tsx'
import { timeTicks } from '../../widgets/time-ticks.ts'
import { useWidth } from '../../widgets/use-width.ts'
import { wholeTime } from './event-filters.ts'
import styles from './events-view.module.css'

interface EventsHistogramProps {
  readonly filters: EventFilters
  /** How far a filter is that is still looking: asked again as it goes on. */
  readonly lookedAt: number | undefined
  readonly clock: Clock
  /** What else stands in the line below the chart. */
  readonly children: ReactNode
}

/** Pixels of one bar, and of one label of the axis. */
const BAR_PX = 4
const TICK_PX = 120

/** Events over the time of the whole capture; an interval is selected in it, for all screens. */
export function EventsHistogram({ filters, lookedAt, clock, children }: EventsHistogramProps): ReactNode {
  const [view, setView] = useView()
  const [setBox, width] = useWidth()
  const svg = useRef<SVGSVGElement>(null)
  const [isTable, setIsTable] = useState(false)
  const columns = Math.max(8, Math.floor((width - PLOT_INSETS.left - PLOT_INSETS.right) / BAR_PX))
  const round = lookedAt === undefined ? {} : { round: lookedAt }
  const answer = shownOf(useQuery('eventsHistogram', { ...wholeTime(filters), columns, ...round }))
  // With nothing selected the key for raw lines opens the first event of the interval.
  const isAsked = view.event === undefined
  const first = useQuery('events', isAsked ? { ...filters, ...round, offset: 0, limit: 1 } : undefined)
  const firstLine = isAsked ? shownOf(first)?.rows.at(0)?.place : undefined
  const { from, to } = answer ?? {}
  return (
    <div ref={setBox} className={styles.histogram}>
      {answer && from && to && (
        <div data-place={firstLine && formatPlace(firstLine)}>
          <TimeHistogram
            label="Events over time; arrow keys move, with Shift they select, Enter applies the interval, Esc drops it"
            width={width}
            extent={{ from: from.ns, to: Math.max(from.ns + 1, to.ns) }}
            all={answer.all}
            matching={answer.matching}
            losses={answer.losses}
            marks={answer.failures.map(({ time, label }) => ({ ns: time.ns, label }))}
            ticks={timeTicks(
              { from: from.ns, to: Math.max(from.ns + 1, to.ns) },
              Math.max(2, Math.floor(width / TICK_PX)),
              clock,
            )}
            countedTo={answer.countedTo?.ns}
            selected={
              view.from === undefined && view.to === undefined
                ? undefined
                : { from: timeFromLink(view.from, clock) ?? from.ns, to: timeFromLink(view.to, clock) ?? to.ns }
            }
            timeText={(ns) => formatTime(ns, clock)}
            onSelect={(window) =>
              setView(
                window === undefined
                  ? { from: undefined, to: undefined }
                  : { from: timeToLink(window.from, clock), to: timeToLink(window.to, clock) },
              )
            }
            svgRef={svg}
          />
        </div>
      )}
      <div className={styles.tools}>
        {children}
        {answer && (
          <CopyMenu
            name="events over time"
            table={() => copyOf(answer, clock)}
            chart={() => svg.current ?? undefined}
          />
        )}
        <button type="button" className={styles.tool} aria-expanded={isTable} onClick={() => setIsTable(!isTable)}>
          Bars as a table
        </button>
        <span className={styles.legend}>
          <span className={styles.swatch} data-of="matching" /> matching{' '}
          <span className={styles.swatch} data-of="all" /> all{(answer?.losses.length ?? 0) > 0 && ' · ╱ lost'}
          {(answer?.failures.length ?? 0) > 0 && ' · ⨯ failure'} · events a bar, log scale · drag, or Shift+arrows and
          Enter, to select
        </span>
      </div>
      {isTable && answer && (
        <div className={styles.foldTable}>
          <StretchTable answer={answer} clock={clock} />
        </div>
      )}
    </div>
  )
}

interface Stretch {
  readonly from: string
  readonly matching: number
  readonly all: number
  readonly unknown: number
}

const STRETCH_COLUMNS: readonly DataColumn<Stretch>[] = [
  { id: 'from', header: 'from', text: ({ from }) => from, align: 'end' },
  { id: 'matching', header: 'matching', text: ({ matching }) => String(matching), align: 'end' },
  { id: 'unknown', header: 'unknown', text: ({ unknown }) => String(unknown), align: 'end' },
  { id: 'all', header: 'all events', text: ({ all }) => String(all), align: 'end' },
]

function StretchTable({ answer, clock }: { readonly answer: EventsHistogramAnswer; readonly clock: Clock }): ReactNode {
  const rows = stretchesOf(answer, clock)
  return (
    <DataTable
      label="Events over time"
      columns={STRETCH_COLUMNS}
      rows={rows}
      offset={0}
      total={rows.length}
      rowKey={({ from }) => from}
    />
  )
}

function stretchesOf({ from, to, all, matching, unknown }: EventsHistogramAnswer, clock: Clock): readonly Stretch[] {
  if (!from || !to) return []
  return all.map((count, at) => ({
    from: formatTime(Math.ceil(from.ns + ((to.ns - from.ns) * at) / all.length), clock),
    matching: matching[at],
    all: count,
    unknown: unknown[at],
  }))
}

function copyOf(answer: EventsHistogramAnswer, clock: Clock): CopyTable {
  return {
    title: 'Events over time',
    columns: STRETCH_COLUMNS.map(({ header, align }) => ({ header, align })),
    rows: stretchesOf(answer, clock).map((stretch) => STRETCH_COLUMNS.map(({ text }) => text(stretch))),
  }
}
