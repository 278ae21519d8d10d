import { type TimeWindow } from './time-window.ts'

/** Where the plot lies in the chart's box, px. The hold bars use the same, so that a moment is one vertical line. */
export const PLOT_INSETS = { left: 56, right: 16, top: 8, bottom: 24 } as const

/** A linear scale: values to pixels and back. */
export interface Scale {
  toPx(value: number): number
  toValue(px: number): number
}

/** The time scale of a chart `width` px wide. */
export function timeScale(window: TimeWindow, width: number): Scale {
  return linearScale(window.from, window.to, PLOT_INSETS.left, width - PLOT_INSETS.right)
}

/** The scale of references of a chart `height` px high: up is more. */
export function countScale(low: number, high: number, height: number): Scale {
  return linearScale(low, high, height - PLOT_INSETS.bottom, PLOT_INSETS.top)
}

/** A scale from `[from, to]` to `[fromPx, toPx]`. */
export function linearScale(from: number, to: number, fromPx: number, toPx: number): Scale {
  const perPx = (to - from) / (toPx - fromPx || 1) || 1
  return { toPx: (value) => fromPx + (value - from) / perPx, toValue: (px) => from + (px - fromPx) * perPx }
}
