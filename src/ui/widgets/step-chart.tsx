import { type ReactNode, useId, useMemo, useState } from 'react'
import { type Clock, formatDuration, formatTime } from '../../base/clock.ts'
import { changeOfKey, useChartGestures, type WindowChange } from './chart-gestures.ts'
import { type ChartAttempt } from './chart-attempt.ts'
import { ChartFlags, type ChartFlag } from './chart-flags.tsx'
import { type ChartMark, ChartMarks } from './chart-marks.tsx'
import { ChartLegend } from './chart-legend.tsx'
import { PLOT_INSETS, timeScale } from './chart-scale.ts'
import { type LayerStyleId } from '../theme/class-style.ts'
import styles from './step-chart.module.css'
import { madeOfText } from './step-layers.ts'
import { CountFrame, TimeFrame } from './step-frame.tsx'
import { StepLines } from './step-lines.tsx'
import { type ExcessMark, StepOverlay } from './step-overlay.tsx'
import { countText, gapWords, heightOf, PIN_BIAS, pointAt, restOf, type StepPoint } from './step-point.ts'
import { StepTable } from './step-table.tsx'
import { type TimeTick, timeTicks, unitOf } from './time-ticks.ts'
import { type TimeWindow, type WindowLimits } from './time-window.ts'
import { type CountRange, useCountRange } from './use-count-range.ts'
import { useWidth } from './use-width.ts'

/** A stretch in which events were lost, in words. */
export interface LossBand extends TimeWindow {
  readonly label: string
}

/** Counts of one page over time. All times are `TimeNs`; they are printed as the file prints them. */
export interface StepChartProps {
  /** What is drawn, for those who do not see it: `references of 0x17ac9`. */
  readonly label: string
  /** Ascending in time, at most 4000. */
  readonly points: readonly StepPoint[]
  /** What counts are made of, bottom first: the order of each point's `units`. */
  readonly layers: readonly LayerStyleId[]
  readonly window: TimeWindow
  /** What `points` tell of: what was asked for, which a gesture may be ahead of. */
  readonly told: TimeWindow
  /** How far one can zoom out and pan. */
  readonly extent: TimeWindow
  readonly clock: Clock
  /** Moments of failure. */
  readonly flags: readonly ChartFlag[]
  readonly losses: readonly LossBand[]
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
  readonly onAttempt?: (id: string) => void
}

const NO_EXCESS: readonly ExcessMark[] = []
const TICK_GAP_PX = 24
const CHAR_PX = 7.2

/** The refcount timeline: what the count was, when, how sure, and what is missing. */
export function StepChart(props: StepChartProps): ReactNode {
  const { points, window, extent, clock, height = 220 } = props
  const [setBox, width] = useWidth()
  const [isTable, setIsTable] = useState(false)
  const summaryId = useId()
  const x = timeScale(window, width)
  const told = useMemo(() => countsOf(points, props.excess ?? []), [points, props.excess])
  const counts = useCountRange(told, props.label, props.isLoading === true)
  const ticks = useMemo(() => ticksFor(window, width, clock), [window, width, clock])
  const flagNs = useMemo(() => props.flags.map((flag) => flag.ns), [props.flags])
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
  const press = (key: string) => {
    const change = changeOfKey(key, props.selectedNs, limits)
    if (change) props.onCommit(change)
  }
  return (
    <figure className={styles.chart} aria-label={props.label} aria-busy={props.isLoading}>
      <div className={styles.bar}>
        <output className={styles.readout} id={summaryId}>
          {readoutOf(props)}
        </output>
        <span className={styles.dim}>{props.isLoading && 'looking…'}</span>
        <fieldset className={styles.tools} aria-label="Window">
          <Tool label="−" title="Zoom out (S or −)" onPress={() => press('-')} />
          <Tool label="+" title="Zoom in (W or +)" onPress={() => press('+')} />
          <Tool label="◂" title="Earlier (A or ←)" onPress={() => press('a')} />
          <Tool label="▸" title="Later (D or →)" onPress={() => press('d')} />
          <Tool label="all" title="Show all (0)" onPress={() => press('0')} />
          <Tool label="table" title="The same as a table" isPressed={isTable} onPress={() => setIsTable(!isTable)} />
        </fieldset>
      </div>
      {props.notes && props.notes.length > 0 && <p className={styles.note}>{props.notes.join(' · ')}</p>}
      {props.flags.length > 0 && (
        <ChartFlags flags={props.flags} window={window} x={x} width={width} onFlag={props.onFlag} />
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
            onPick={props.onPick}
            onAttempt={props.onAttempt}
          />
        ) : (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application: it has keys
          <div
            ref={setSurface}
            className={styles.surface}
            role="application"
            aria-label={`${props.label}: W S zoom, A D pan, 0 shows all`}
            aria-describedby={summaryId}
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
              {...{ width, height, window, counts, points, brush }}
              losses={props.losses}
              excess={props.excess ?? NO_EXCESS}
              marks={props.marks ?? []}
              cited={props.cited}
              hoverNs={props.hoverNs}
              selectedNs={props.selectedNs}
            />
            <span className={styles.axisLabel} style={{ left: PLOT_INSETS.left + 6 }}>
              {points.some((point) => point.pins > 0) ? 'references, a pin drawn as one' : 'references'}
            </span>
          </div>
        )}
      </div>
      <ChartLegend
        points={points}
        layers={props.layers}
        losses={props.losses}
        hasExcess={(props.excess ?? []).length > 0 || points.some((point) => point.excess)}
        hasFlags={props.flags.length > 0}
        unit={clock.style.unit}
      />
    </figure>
  )
}

interface ToolProps {
  readonly label: string
  readonly title: string
  readonly isPressed?: boolean
  readonly onPress: () => void
}

function Tool({ label, title, isPressed, onPress }: ToolProps): ReactNode {
  return (
    <button
      type="button"
      className={styles.tool}
      title={title}
      aria-label={title}
      aria-pressed={isPressed}
      onClick={onPress}
    >
      {label}
    </button>
  )
}

/** Ticks that have room for their text, none of it beyond the chart's right edge. */
function ticksFor(window: TimeWindow, width: number, clock: Clock): readonly TimeTick[] {
  const textPx = formatTime(window.to, clock).length * CHAR_PX
  const most = Math.max(2, Math.floor((width - PLOT_INSETS.left) / (textPx + TICK_GAP_PX)))
  const x = timeScale(window, width)
  return timeTicks(window, most, clock).filter(({ ns }) => x.toPx(ns) + textPx / 2 <= width)
}

/** The span of the vertical axis: from zero (or below, when a trace says so) to a reference above the highest. */
function countsOf(points: readonly StepPoint[], excess: readonly ExcessMark[]): CountRange {
  let low = 0
  let high = 2
  for (const point of points) {
    low = Math.min(low, restOf(point))
    high = Math.max(high, heightOf(point), point.mapcount ?? 0, point.expected ?? 0)
  }
  for (const mark of excess) {
    const pins = points[pointAt(points, mark.ns)]?.pins ?? 0
    high = Math.max(high, mark.count - pins * (PIN_BIAS - 1))
  }
  return { low, high: high + 1 }
}

/** A page that was freed has no count after it; any other keeps its last one until the end of what is told. */
function endOf(points: readonly StepPoint[], told: TimeWindow): number {
  const last = points.at(-1)
  return last === undefined || last.count === 0 ? (last?.ns ?? told.to) : told.to
}

/** The state under the crosshair, else at the selected event, else what the window shows; in a second line what the count is made of. */
function readoutOf(props: StepChartProps): string {
  const { points, layers, window, told, clock, hoverNs, selectedNs, toldText, losses } = props
  const isSeen = hoverNs !== undefined && hoverNs >= window.from && hoverNs <= window.to
  const at = isSeen ? hoverNs : selectedNs
  if (at === undefined) {
    return `${formatTime(window.from, clock)} … ${formatTime(window.to, clock)}  ${formatDuration(window.to - window.from, clock.style.unit)}`
  }
  if (toldText !== undefined) return toldText
  const loss = losses.find(({ from, to }) => at >= from && at <= to)
  if (isSeen && (at < told.from || at > told.to)) return `${formatTime(at, clock)}  looking…`
  const prefix = !isSeen ? '' : `${formatTime(at, clock)}  `
  if (loss) return `${prefix}${loss.label}: the count is unknown here`
  const point = points[pointAt(points, at)]
  return point ? `${prefix}${wordsOf(point)}\n${madeOfText(point, layers)}` : `${prefix}no event of this page yet`
}

function wordsOf(point: StepPoint): string {
  const mapcount = point.mapcount === undefined ? '' : `  mapcount ${point.mapcount}`
  const gap = point.gapKind === 'none' ? '' : `  ⚡ ${gapWords(point)}`
  const sureness = point.isExact ? 'exact' : 'sampled'
  return `count ${countText(point)} (${sureness})${mapcount}  since ${point.text} ${point.operation} ${point.kind}${gap}`
}
