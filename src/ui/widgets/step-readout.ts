import { type Clock, formatDuration, formatTime } from '../../base/clock.ts'
import { type LayerStyleId } from '../theme/class-style.ts'
import { judgedText, madeOfText } from './step-layers.ts'
import { type ExcessMark } from './step-overlay.tsx'
import { countText, gapWords, heightOf, PIN_BIAS, pointAt, restOf, type StepPoint } from './step-point.ts'
import { type TimeWindow } from './time-window.ts'
import { type CountRange } from './use-count-range.ts'

/** A stretch in which events were lost, in words. */
export interface LossBand extends TimeWindow {
  readonly label: string
}

/** What a readout is of. All times are `TimeNs`. */
export interface ReadoutSource {
  readonly points: readonly StepPoint[]
  readonly layers: readonly LayerStyleId[]
  readonly window: TimeWindow
  readonly told: TimeWindow
  readonly clock: Clock
  readonly hoverNs?: number
  readonly selectedNs?: number
  readonly toldText?: string
  readonly losses: readonly LossBand[]
  /** False while it is not known yet what counts are made of. */
  readonly isSplit?: boolean
  /** The stretch that is being chosen. */
  readonly stretch?: TimeWindow
}

/** The span of the vertical axis: from zero (or below, when a trace says so) to a reference above the highest. */
export function countsOf(points: readonly StepPoint[], excess: readonly ExcessMark[]): CountRange {
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
export function endOf(points: readonly StepPoint[], told: TimeWindow): number {
  const last = points.at(-1)
  return last === undefined || last.count === 0 ? (last?.ns ?? told.to) : told.to
}

/**
 * The stretch that is being chosen; else the state under the crosshair, else at the selected event, else what the window
 * shows. In a second line what the count is made of.
 */
export function readoutOf(source: ReadoutSource): string {
  const { points, layers, window, told, clock, hoverNs, selectedNs, toldText, losses, stretch } = source
  if (stretch) return spanText(stretch, clock)
  const isSeen = hoverNs !== undefined && hoverNs >= window.from && hoverNs <= window.to
  const at = isSeen ? hoverNs : selectedNs
  if (at === undefined) return spanText(window, clock)
  if (toldText !== undefined) return toldText
  const loss = losses.find(({ from, to }) => at >= from && at <= to)
  if (isSeen && (at < told.from || at > told.to)) return `${formatTime(at, clock)}  looking…`
  const prefix = !isSeen ? '' : `${formatTime(at, clock)}  `
  if (loss) return `${prefix}${loss.label}: the count is unknown here`
  const point = points[pointAt(points, at)]
  const made = source.isSplit === false ? 'classes not split yet' : point && madeOfText(point, layers)
  return point ? `${prefix}${wordsOf(point)}\n${made}` : `${prefix}no event of this page yet`
}

/** The same on one line, for a chart in small: the count and how it is judged, then since when. */
export function shortReadoutOf(source: ReadoutSource): string {
  const { points, window, told, clock, hoverNs, selectedNs, losses, stretch } = source
  const isSeen = hoverNs !== undefined && hoverNs >= window.from && hoverNs <= window.to
  const at = isSeen ? hoverNs : selectedNs
  if (stretch || at === undefined || at < told.from || at > told.to) return readoutOf(source).split('\n')[0]
  if (losses.some(({ from, to }) => at >= from && at <= to))
    return `${formatTime(at, clock)}  unknown: events were lost`
  const point = points[pointAt(points, at)]
  if (!point) return `${formatTime(at, clock)}  no event of this page yet`
  const judged = judgedText(point)
  return `${formatTime(at, clock)}  count ${countText(point)}, ${judged}  ${point.isExact ? 'exact' : 'sampled'} since ${point.text}`
}

function spanText({ from, to }: TimeWindow, clock: Clock): string {
  return `${formatTime(from, clock)} … ${formatTime(to, clock)}  ${formatDuration(to - from, clock.style.unit)}`
}

function wordsOf(point: StepPoint): string {
  const mapcount = point.mapcount === undefined ? '' : `  mapcount ${point.mapcount}`
  const gap = point.gapKind === 'none' ? '' : `  ⚡ ${gapWords(point)}`
  const sureness = point.isExact ? 'exact' : 'sampled'
  return `count ${countText(point)} (${sureness})${mapcount}  since ${point.text} ${point.operation} ${point.kind}${gap}`
}
