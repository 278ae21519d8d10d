import { type Clock, formatTime } from '../../base/clock.ts'
import { PLOT_INSETS, timeScale } from './chart-scale.ts'
import { type TimeTick, timeTicks } from './time-ticks.ts'
import { type TimeWindow } from './time-window.ts'

const TICK_GAP_PX = 24
const CHAR_PX = 7.2

/** Ticks that have room for their text, none of it beyond the chart's right edge. */
export function ticksFor(window: TimeWindow, width: number, clock: Clock): readonly TimeTick[] {
  const textPx = formatTime(window.to, clock).length * CHAR_PX
  const most = Math.max(2, Math.floor((width - PLOT_INSETS.left) / (textPx + TICK_GAP_PX)))
  const x = timeScale(window, width)
  return timeTicks(window, most, clock).filter(({ ns }) => x.toPx(ns) + textPx / 2 <= width)
}
