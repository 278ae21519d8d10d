import { type ReactNode, useId, useMemo, useState } from 'react'
import { type Clock } from '../../base/clock.ts'
import { changeOfKey, useChartGestures, type WindowChange } from './chart-gestures.ts'
import { type ChartAttempt } from './chart-attempt.ts'
import { ChartFlags, type ChartFlag } from './chart-flags.tsx'
import { type ChartMark, ChartMarks } from './chart-marks.tsx'
import { ChartLegend } from './chart-legend.tsx'
import { PLOT_INSETS, timeScale } from './chart-scale.ts'
import { type LayerStyleId } from '../theme/class-style.ts'
import styles from './step-chart.module.css'
import { CountFrame, TimeFrame } from './step-frame.tsx'
import { StepLines } from './step-lines.tsx'
import { type ExcessMark, StepOverlay } from './step-overlay.tsx'
import { pointAt, type StepPoint } from './step-point.ts'
import { countsOf, endOf, type LossBand, readoutOf } from './step-readout.ts'
import { StepTable } from './step-table.tsx'
import { ticksFor } from './time-ticks-fitting.ts'
import { unitOf } from './time-ticks.ts'
import { type TimeWindow, type WindowLimits } from './time-window.ts'
import { useCountRange } from './use-count-range.ts'
import { useWidth } from './use-width.ts'

/** Counts of one page over time. All times are `TimeNs`; they are printed as the file prints them. */
export interface StepChartProps {
  /** What is drawn, for those who do not see it: `references of 0x17ac9`. */
  readonly label: string
  /** Ascending in time, at most 4000. */
  readonly points: readonly StepPoint[]
  /** What counts are made of, bottom first: the order of each point's `units`. */
  readonly layers: readonly LayerStyleId[]
  /** False while it is not known yet what counts are made of and what migration expects: nothing is said of it then. */
  readonly isSplit?: boolean
  readonly window: TimeWindow
  /** What `points` tell of: what was asked for, which a gesture may be ahead of. */
  readonly told: TimeWindow
  /** How far one can zoom out and pan. */
  readonly extent: TimeWindow
  readonly clock: Clock
  /** Moments of failure. */
  readonly flags: readonly ChartFlag[]
  /** Events that people put a label on. */
  readonly bookmarks?: readonly ChartFlag[]
  readonly losses: readonly LossBand[]
  /** Stretches without any event in the trace: bracketed. */
  readonly silences?: readonly TimeWindow[]
  /** `trace.txt:8127` of the point at a position. */
  readonly placeOf?: (position: number) => string
  /** Attempts to move the page: rows of the table. The bars are drawn by `AttemptBars`. */
  readonly attempts: readonly ChartAttempt[]
  readonly excess?: readonly ExcessMark[]
  /** Numbers of the facts that cite a moment, ascending in time; absent where there is no list of facts. */
  readonly marks?: readonly ChartMark[]
  readonly cited?: number
  readonly onCite?: (number: number | undefined) => void
  /** A number on the chart is pressed. */
  readonly onMark?: (number: number) => void
  readonly selectedNs?: number
  readonly hoverNs?: number
  /** Said instead of the event at `hoverNs`: what is pointed at beside the chart. */
  readonly toldText?: string
  /** A stretch that keys have begun to choose. */
  readonly stretch?: TimeWindow
  /** What the chart tells, for those who do not see it. */
  readonly story?: string
  /** Beside the buttons of the window: the Copy menu. */
  readonly actions?: ReactNode
  /** Said under the readout: what is left out or lost. */
  readonly notes?: readonly string[]
  readonly isLoading?: boolean
  readonly height?: number
  /** The wheel scrolls the page, and zooms only with Ctrl: for a chart that is not the subject of its screen. */
  readonly isWheelFree?: boolean
  readonly onHover: (ns: number | undefined) => void
  readonly onPreview: (window: TimeWindow | undefined) => void
  readonly onCommit: (change: WindowChange) => void
  /** A click on the chart: position of the last point at or before it. */
  readonly onPick: (position: number) => void
  readonly onFlag: (id: string) => void
  readonly onBookmark?: (id: string) => void
  readonly onAttempt?: (id: string) => void
}

const NO_EXCESS: readonly ExcessMark[] = []
const NO_BOOKMARKS: readonly ChartFlag[] = []

/** The refcount timeline: what the count was, when, how sure, and what is missing. */
export function StepChart(props: StepChartProps): ReactNode {
  const { points, window, extent, clock, height = 220, bookmarks = NO_BOOKMARKS } = props
  const [setBox, width] = useWidth()
  const [isTable, setIsTable] = useState(false)
  const summaryId = useId()
  const storyId = useId()
  const x = timeScale(window, width)
  const told = useMemo(() => countsOf(points, props.excess ?? []), [points, props.excess])
  const counts = useCountRange(told, props.label, props.isLoading === true)
  const ticks = useMemo(() => ticksFor(window, width, clock), [window, width, clock])
  const flagNs = useMemo(() => [...props.flags, ...bookmarks].map((flag) => flag.ns), [props.flags, bookmarks])
  const limits: WindowLimits = { extent, minSpan: 10 * unitOf(clock) }
  const { setSurface, brush, handlers } = useChartGestures({
    subject: props.label,
    window,
    limits,
    scale: x,
    focusNs: props.selectedNs,
    isWheelFree: props.isWheelFree,
    onPreview: props.onPreview,
    onCommit: props.onCommit,
    onHover: props.onHover,
    onPick: (ns) => points.length > 0 && props.onPick(Math.max(0, pointAt(points, ns))),
  })
  const stretch = brush ?? props.stretch
  const press = (key: string) => {
    const change = changeOfKey(key, props.selectedNs, limits)
    if (change) props.onCommit(change)
  }
  return (
    <figure className={styles.chart} aria-label={props.label} aria-busy={props.isLoading}>
      <div className={styles.bar}>
        <output className={styles.readout} id={summaryId}>
          {readoutOf({ ...props, stretch })}
        </output>
        <span className={styles.dim}>{props.isLoading && 'looking…'}</span>
        <span data-picture="none">{props.actions}</span>
        <fieldset className={styles.tools} aria-label="Window" data-picture="none">
          <Tool label="−" tip="Zoom out (s or −)" onPress={() => press('-')} />
          <Tool label="+" tip="Zoom in (w or +)" onPress={() => press('+')} />
          <Tool label="◂" tip="Earlier (a or ←)" onPress={() => press('a')} />
          <Tool label="▸" tip="Later (d or →)" onPress={() => press('d')} />
          <Tool label="all" tip="Show all (0)" onPress={() => press('0')} />
          <Tool label="table" tip="The same as a table" isPressed={isTable} onPress={() => setIsTable(!isTable)} />
        </fieldset>
      </div>
      {props.story !== undefined && (
        <p id={storyId} className={styles.story}>
          {props.story}
        </p>
      )}
      {props.notes && props.notes.length > 0 && <p className={styles.note}>{props.notes.join(' · ')}</p>}
      {props.flags.length > 0 && (
        <ChartFlags flags={props.flags} window={window} x={x} width={width} onFlag={props.onFlag} />
      )}
      {bookmarks.length > 0 && (
        <ChartFlags
          {...{ window, x, width }}
          flags={bookmarks}
          glyph="⚑"
          kind="Bookmark"
          onFlag={(id) => props.onBookmark?.(id)}
        />
      )}
      {props.marks && (
        <ChartMarks
          {...{ window, x, width }}
          marks={props.marks}
          cited={props.cited}
          onCite={props.onCite}
          onOpen={props.onMark}
        />
      )}
      <div className={styles.plot} ref={setBox} style={{ height }}>
        {isTable ? (
          <StepTable
            label={`${props.label}, as a table`}
            points={points}
            layers={props.layers}
            attempts={props.attempts}
            placeOf={props.placeOf}
            onPick={props.onPick}
            onAttempt={props.onAttempt}
          />
        ) : (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application: it has keys
          <div
            ref={setSurface}
            className={styles.surface}
            role="application"
            aria-label={`${props.label}: w s zoom, a d pan, 0 shows all`}
            aria-describedby={props.story === undefined ? summaryId : storyId}
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- same
            tabIndex={0}
            {...handlers}
          >
            <CountFrame width={width} height={height} low={counts.low} high={counts.high} />
            <StepLines
              {...{ width, height, window, points, counts }}
              told={props.told}
              layers={props.layers}
              endNs={endOf(points, props.told)}
            />
            <TimeFrame {...{ width, height, x, ticks }} marks={flagNs} />
            <StepOverlay
              {...{ width, height, window, counts, points }}
              brush={stretch}
              isSplit={props.isSplit}
              losses={props.losses}
              silences={props.silences}
              excess={props.excess ?? NO_EXCESS}
              marks={props.marks ?? []}
              cited={props.cited}
              hoverNs={props.hoverNs}
              selectedNs={props.selectedNs}
            />
            <span className={styles.axisLabel} style={{ left: PLOT_INSETS.left + 6 }}>
              {axisWords(points)}
            </span>
          </div>
        )}
      </div>
      <ChartLegend
        points={points}
        layers={props.layers}
        isSplit={props.isSplit}
        losses={props.losses}
        hasExcess={(props.excess ?? []).length > 0 || points.some((point) => point.excess)}
        hasFlags={props.flags.length > 0}
        unit={clock.style.unit}
      />
    </figure>
  )
}

/** What the vertical axis counts. */
function axisWords(points: readonly StepPoint[]): string {
  const isMapped = points.some((point) => point.mapcount !== undefined)
  const hasPins = points.some((point) => point.pins > 0)
  return `references${hasPins ? ', a pin drawn as one' : ''}${isMapped ? ' ━ and mappings ╍' : ''}`
}

interface ToolProps {
  readonly label: string
  /** What it does, with its keys. */
  readonly tip: string
  readonly isPressed?: boolean
  readonly onPress: () => void
}

function Tool({ label, tip, isPressed, onPress }: ToolProps): ReactNode {
  return (
    <button
      type="button"
      className={styles.tool}
      data-tip={tip}
      aria-label={tip}
      aria-pressed={isPressed}
      onClick={onPress}
    >
      {label}
    </button>
  )
}
