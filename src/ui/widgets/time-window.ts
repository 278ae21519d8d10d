/** A stretch of time on screen, in integer `TimeNs`; both ends are drawn. */
export interface TimeWindow {
  readonly from: number
  readonly to: number
}

/** How far a window may reach, and how little it may show. `minSpan` is in the clock's unit, at least 1. */
export interface WindowLimits {
  readonly extent: TimeWindow
  readonly minSpan: number
}

/**
 * Scales a window by `factor` (below 1 zooms in) so that `at` stays where it is on screen. Inside the extent this is
 * exact to half a unit; at the edges the window is pushed back in, and only then does `at` move.
 */
export function zoomAt(window: TimeWindow, at: number, factor: number, limits: WindowLimits): TimeWindow {
  const span = Math.max(1, window.to - window.from)
  const wanted = Math.min(Math.max(span * factor, limits.minSpan), spanOf(limits.extent))
  const share = (at - window.from) / span
  return fitWindow({ from: at - share * wanted, to: at + (1 - share) * wanted }, limits)
}

/** Moves a window by `delta` without changing its span; it stops at the ends of the extent. */
export function panBy(window: TimeWindow, delta: number, limits: WindowLimits): TimeWindow {
  return fitWindow({ from: window.from + delta, to: window.to + delta }, limits)
}

/** The window of integers closest to `window` that lies in the extent and spans at least `minSpan` where it can. */
export function fitWindow(window: TimeWindow, { extent, minSpan }: WindowLimits): TimeWindow {
  const span = Math.min(Math.max(Math.round(window.to - window.from), minSpan, 1), Math.max(1, spanOf(extent)))
  const from = Math.round((window.from + window.to - span) / 2)
  const inside = Math.max(extent.from, Math.min(from, extent.to - span))
  return { from: inside, to: inside + span }
}

/** True when both ends are equal: two windows that draw alike. */
export function isSameWindow(one: TimeWindow, other: TimeWindow): boolean {
  return one.from === other.from && one.to === other.to
}

function spanOf(window: TimeWindow): number {
  return window.to - window.from
}
