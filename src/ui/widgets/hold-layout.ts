import { type Scale } from './chart-scale.ts'

interface Plot {
  readonly leftPx: number
  readonly rightPx: number
}

interface HoldTimes {
  readonly fromNs?: number
  readonly toNs?: number
  readonly label: string
  readonly duration: string
}

/** A bar's outline and where its label goes. */
export interface LaidHold {
  readonly path: string
  readonly side: 'inside' | 'right' | 'left'
  readonly labelStyle: { readonly left: number }
  /** What is said after the label: all of it, the duration, or nothing where there is no room. */
  readonly told: string
}

interface HoldPlace {
  readonly scale: Scale
  readonly plot: Plot
}

const CHAR_PX = 7.2
const TOP_PX = 2.5
const BOTTOM_PX = 17.5
/** A bar is never thinner, px. */
const THINNEST_PX = 2
const POINT_PX = 6
const LABEL_GAP_PX = 8

/**
 * A bar from get to put. An end that was not seen, or that lies outside the window, is a point towards where it goes on:
 * `◁━━━▷`. The label stands beside the bar where there is room, right of it rather than left; else on it. `more` is said
 * after the duration where there is room: the glyph and the tooltip say it too, and so they do the duration.
 */
export function layHold(hold: HoldTimes, more: string, { scale, plot }: HoldPlace): LaidHold {
  const from = hold.fromNs === undefined ? -Infinity : scale.toPx(hold.fromNs)
  const to = hold.toNs === undefined ? Infinity : scale.toPx(hold.toNs)
  const left = Math.min(Math.max(from, plot.leftPx), plot.rightPx - THINNEST_PX)
  const right = Math.max(Math.min(to, plot.rightPx), left + THINNEST_PX)
  const path = outline(left, right, from < plot.leftPx, to > plot.rightPx)
  const told = [hold.duration + more, hold.duration, '']
  const placed = told.map((words) => ({ told: words, ...placeLabel(needsOf(hold.label, words), left, right, plot) }))
  return { path, ...(placed.find(({ isFitting }) => isFitting) ?? placed[placed.length - 1]) }
}

function outline(left: number, right: number, isOpenLeft: boolean, isOpenRight: boolean): string {
  const middle = (TOP_PX + BOTTOM_PX) / 2
  const point = Math.min(POINT_PX, (right - left) / 2)
  const start = isOpenLeft
    ? `M${left + point} ${BOTTOM_PX}L${left} ${middle}L${left + point} ${TOP_PX}`
    : `M${left} ${BOTTOM_PX}V${TOP_PX}`
  const end = isOpenRight
    ? `H${right - point}L${right} ${middle}L${right - point} ${BOTTOM_PX}Z`
    : `H${right}V${BOTTOM_PX}Z`
  return start + end
}

function needsOf(label: string, told: string): number {
  return (label.length + 1 + told.length) * CHAR_PX + 2 * LABEL_GAP_PX
}

type PlacedLabel = Pick<LaidHold, 'side' | 'labelStyle'> & { readonly isFitting: boolean }

/** Not fitting: no side has room and the bar is shorter than the label, which then lies across an end of it. */
function placeLabel(needs: number, left: number, right: number, plot: Plot): PlacedLabel {
  if (plot.rightPx - right >= needs)
    return { side: 'right', labelStyle: { left: right + LABEL_GAP_PX }, isFitting: true }
  if (left - plot.leftPx >= needs)
    return { side: 'left', labelStyle: { left: left - needs + LABEL_GAP_PX }, isFitting: true }
  const start = Math.max(plot.leftPx, Math.min(left + LABEL_GAP_PX, plot.rightPx - needs))
  return { side: 'inside', labelStyle: { left: start }, isFitting: right - left >= needs }
}
