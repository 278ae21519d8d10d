import { type Scale } from './chart-scale.ts'

interface PackedTimes {
  /** Absent when the end lies before or after what was seen. */
  readonly fromNs?: number
  readonly toNs?: number
}

/** A hold as a thin bar in one of a few lanes. */
export interface PackedHold<Hold> {
  readonly hold: Hold
  readonly lane: number
  readonly leftPx: number
  readonly widthPx: number
}

/** A bar is never thinner, px. */
const THINNEST_PX = 2

/**
 * Holds in as few lanes as they fit into, at most `most`, each in the uppermost that is free: the first given are the first
 * to have a place. `hidden` counts those that found none. Holds outside the plot have no bar and are not counted.
 */
export function packHolds<Hold extends PackedTimes>(
  holds: readonly Hold[],
  x: Scale,
  plot: { readonly leftPx: number; readonly rightPx: number },
  most: number,
): { readonly bars: readonly PackedHold<Hold>[]; readonly hidden: number } {
  const lanes: [left: number, right: number][][] = Array.from({ length: most }, () => [])
  const bars: PackedHold<Hold>[] = []
  let hidden = 0
  for (const hold of holds) {
    const from = hold.fromNs === undefined ? -Infinity : x.toPx(hold.fromNs)
    const to = hold.toNs === undefined ? Infinity : x.toPx(hold.toNs)
    if (to < plot.leftPx || from > plot.rightPx) continue
    const leftPx = Math.min(Math.max(from, plot.leftPx), plot.rightPx - THINNEST_PX)
    const right = Math.max(Math.min(to, plot.rightPx), leftPx + THINNEST_PX)
    const lane = lanes.findIndex((taken) => taken.every(([start, end]) => right <= start || leftPx >= end))
    if (lane < 0) {
      hidden++
      continue
    }
    lanes[lane].push([leftPx, right])
    bars.push({ hold, lane, leftPx, widthPx: right - leftPx })
  }
  return { bars, hidden }
}
