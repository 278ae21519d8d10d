import { type Scale } from './chart-scale.ts'
import { type Band, type Row } from './step-rows.ts'

/**
 * SVG path of a stepped area: each row's band up to the next row. Rows without a band, or with one of no height, leave a
 * hole. One path however many rows: recharts' own `Area` makes several objects of each row, which a zoom cannot wait for.
 */
export function areaPath(
  rows: readonly Row[],
  bandOf: (row: Row) => Band | undefined,
  { x, y }: { readonly x: Scale; readonly y: Scale },
): string {
  let path = ''
  let top = ''
  let bottom = ''
  let last: Band | undefined
  const close = (px: number): void => {
    if (last) path += `${top}H${px}V${round(y.toPx(last[0]))}${bottom}Z`
    last = undefined
  }
  for (const [at, row] of rows.entries()) {
    const px = round(x.toPx(row.ns))
    const band = at === rows.length - 1 ? undefined : bandOf(row)
    if (!band || band[1] <= band[0]) {
      close(px)
      continue
    }
    if (last?.[0] === band[0] && last[1] === band[1]) continue
    const high = round(y.toPx(band[1]))
    // The lower edge is walked back, so it is put together from its end.
    bottom = last ? `H${px}V${round(y.toPx(last[0]))}${bottom}` : `H${px}`
    top = last ? `${top}H${px}V${high}` : `M${px} ${high}`
    last = band
  }
  return path
}

/** SVG path of a stepped line: each row's value up to the next row; a hole where there is none. */
export function stepPath(
  rows: readonly Row[],
  valueOf: (row: Row) => number | undefined,
  { x, y }: { readonly x: Scale; readonly y: Scale },
): string {
  let path = ''
  let before: number | undefined
  for (const row of rows) {
    const px = round(x.toPx(row.ns))
    const value = valueOf(row)
    if (before !== undefined) path += `H${px}`
    if (value !== undefined && value !== before)
      path += before === undefined ? `M${px} ${round(y.toPx(value))}` : `V${round(y.toPx(value))}`
    before = value
  }
  return path
}

/** A tenth of a pixel is as fine as one can see. */
function round(px: number): number {
  return Math.round(px * 10) / 10
}
