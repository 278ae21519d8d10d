import { type Scale } from './chart-scale.ts'
import { type Band, type Row } from './step-rows.ts'

interface Scales {
  readonly x: Scale
  readonly y: Scale
}

/**
 * SVG path of a stepped area: each row's band up to the next row. Rows without a band, or with one of no height, leave a
 * hole. One path however many rows: recharts' own `Area` makes several objects of each row, which a zoom cannot wait for.
 */
export function areaPath(rows: readonly Row[], bandOf: (row: Row) => Band | undefined, { x, y }: Scales): string {
  const path: string[] = []
  // The lower edge is walked back, so its pieces wait until the area is closed.
  const bottom: string[] = []
  let last: Band | undefined
  const close = (px: number): void => {
    if (last === undefined) return
    path.push(`H${px}V${round(y.toPx(last[0]))}`)
    for (let at = bottom.length - 1; at >= 0; at--) path.push(bottom[at])
    path.push('Z')
    bottom.length = 0
    last = undefined
  }
  for (let at = 0; at < rows.length; at++) {
    const band = at === rows.length - 1 ? undefined : bandOf(rows[at])
    const isNone = band === undefined || band[1] <= band[0]
    if (isNone && last === undefined) continue
    if (!isNone && last?.[0] === band[0] && last[1] === band[1]) continue
    const px = round(x.toPx(rows[at].ns))
    if (isNone) {
      close(px)
      continue
    }
    const high = round(y.toPx(band[1]))
    bottom.push(last === undefined ? `H${px}` : `H${px}V${round(y.toPx(last[0]))}`)
    path.push(last === undefined ? `M${px} ${high}` : `H${px}V${high}`)
    last = band
  }
  return path.join('')
}

/** SVG path of a stepped line: each row's value up to the next row; a hole where there is none. */
export function stepPath(rows: readonly Row[], valueOf: (row: Row) => number | undefined, { x, y }: Scales): string {
  const path: string[] = []
  let before: number | undefined
  for (let at = 0; at < rows.length; at++) {
    const value = valueOf(rows[at])
    // A value that stays goes on until it changes, or until the last row.
    if (value === before && at < rows.length - 1) continue
    const px = round(x.toPx(rows[at].ns))
    if (before !== undefined) path.push(`H${px}`)
    if (value !== undefined && value !== before)
      path.push(before === undefined ? `M${px} ${round(y.toPx(value))}` : `V${round(y.toPx(value))}`)
    before = value
  }
  return path.join('')
}

/** Half a pixel is as fine as one can see, and short numbers are soon written. */
function round(px: number): number {
  return Math.round(px * 2) / 2
}
