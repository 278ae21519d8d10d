import { type Scale } from './chart-scale.ts'
import { type Row } from './step-rows.ts'

/** Where the picture lies: what is outside `[0, width)` is not drawn. */
export interface Picture {
  readonly x: Scale
  readonly y: Scale
  readonly width: number
}

/** How a line of columns looks: px, and of a broken one the lengths of a dash and of the gap after it. */
export interface LineLook {
  readonly thickness: number
  readonly dash?: readonly [number, number]
}

/** Rows whose moments lie in one column of pixels: positions `[start, end)`, and where the column begins, px. */
interface PixelColumn {
  readonly px: number
  readonly start: number
  readonly end: number
}

/**
 * Rows to draw areas from where many share a pixel: at most two a column of pixels. One for the column, that with the
 * largest excess, among equals the highest, so that nothing short goes unseen; and the last one, which stands until the
 * next column.
 */
export function thinnedRows(rows: readonly Row[], picture: Picture): readonly Row[] {
  const thinned: Row[] = []
  for (const { px, start, end } of columnsOf(rows, picture)) {
    let most = rows[start]
    for (let at = start + 1; at < end; at++) if (isMore(rows[at], most)) most = rows[at]
    const last = rows[end - 1]
    thinned.push({ ...most, ns: picture.x.toValue(px) })
    if (most !== last || end === rows.length) thinned.push({ ...last, ns: picture.x.toValue(px + 1) })
  }
  return thinned
}

function isMore(one: Row, other: Row): boolean {
  const difference = one.excess[1] - one.excess[0] - (other.excess[1] - other.excess[0])
  return difference > 0 || (difference === 0 && one.height > other.height)
}

/**
 * SVG path, to be filled, of a stepped line where many rows share a pixel: in each column of pixels from its lowest to its
 * highest value. A stroke around as many steps takes longer to paint than a frame may.
 */
export function columnPath(
  rows: readonly Row[],
  valueOf: (row: Row) => number | undefined,
  picture: Picture,
  look: LineLook,
): string {
  const { y } = picture
  const path: string[] = []
  const columns = columnsOf(rows, picture)
  let stands: number | undefined
  for (const [which, { px, start, end }] of columns.entries()) {
    let low = stands ?? Infinity
    let high = stands ?? -Infinity
    for (let at = start; at < end; at++) {
      stands = valueOf(rows[at])
      low = Math.min(low, stands ?? low)
      high = Math.max(high, stands ?? high)
    }
    if (low < high) path.push(box(px, px + steepPx(look), y.toPx(high), y.toPx(low), look.thickness))
    const next = columns[which + 1]?.px ?? px + 1
    // A step of no height is a part of the flat line.
    if (low === high) addFlat(path, px, stands === undefined ? px + 1 : next, y.toPx(low), look)
    else if (stands !== undefined) addFlat(path, px + 1, next, y.toPx(stands), look)
  }
  return path.join('')
}

/** Thin, so that what lies under many steps beside each other is still seen; a broken line as pale as its gaps make it. */
function steepPx({ dash }: LineLook): number {
  return dash === undefined ? 1 : 0.5
}

/** A level line, in dashes where the look has them: those lie at the same places in every line. */
function addFlat(path: string[], from: number, to: number, y: number, { thickness, dash }: LineLook): void {
  if (dash === undefined) {
    if (from < to) path.push(box(from, to, y, y, thickness))
    return
  }
  const period = dash[0] + dash[1]
  for (let start = Math.floor(from / period) * period; start < to; start += period) {
    const left = Math.max(from, start)
    const right = Math.min(to, start + dash[0])
    if (left < right) path.push(box(left, right, y, y, thickness))
  }
}

/** All turn the same way: where two overlap is no hole. */
function box(left: number, right: number, top: number, bottom: number, thickness: number): string {
  return `M${left} ${round(top - thickness / 2)}H${right}V${round(bottom + thickness / 2)}H${left}Z`
}

function columnsOf(rows: readonly Row[], { x, width }: Picture): readonly PixelColumn[] {
  const pxOf = (row: Row): number => Math.min(Math.max(Math.floor(x.toPx(row.ns)), -1), width)
  const columns: PixelColumn[] = []
  for (let start = 0; start < rows.length;) {
    const px = pxOf(rows[start])
    let end = start + 1
    while (end < rows.length && pxOf(rows[end]) === px) end++
    columns.push({ px, start, end })
    start = end
  }
  return columns
}

function round(px: number): number {
  return Math.round(px * 4) / 4
}
