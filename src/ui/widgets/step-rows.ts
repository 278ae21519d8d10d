import { excessBand, layerBands } from './step-layers.ts'
import { heightOf, type StepPoint } from './step-point.ts'
import { type TimeWindow } from './time-window.ts'

/** Bottom and top of an area; one that could be written to, as recharts wants it. */
export type Band = [number, number]

/** What the lines and areas are drawn from, at one moment. */
export interface Row {
  readonly ns: number
  readonly height: number
  readonly mapcount: number | undefined
  readonly expected: number | undefined
  /** As high as nothing where there is none: an area with a hole would end before the hole, not at it. */
  readonly excess: Band
  /** Of each layer, bottom and top. */
  readonly bands: readonly Band[]
}

/**
 * One row a point, and one more so that the last count is drawn until `endNs`. Where a line ends, because its value is
 * not known from a point on, there is a row more at that point: a step is drawn up to the next row, and a row without a
 * value is none.
 */
export function rowsOf(points: readonly StepPoint[], endNs: number): Row[] {
  const rows: Row[] = []
  for (const point of points) {
    const row = rowOf(point)
    const before = rows.at(-1)
    if (before && isEnd(before, row)) rows.push({ ...before, ns: row.ns })
    rows.push(row)
  }
  const last = rows.at(-1)
  return last && last.ns < endNs ? [...rows, { ...last, ns: endNs }] : rows
}

/** The rows that a window shows: those in it, the last before it and the first after it. */
export function rowsAround(rows: readonly Row[], { from, to }: TimeWindow): Row[] {
  const first = rows.findLastIndex((row) => row.ns <= from)
  const after = rows.findIndex((row) => row.ns >= to)
  return rows.slice(Math.max(0, first), after < 0 ? rows.length : after + 1)
}

function rowOf(point: StepPoint): Row {
  const height = heightOf(point)
  return {
    ns: point.ns,
    height,
    mapcount: point.mapcount,
    expected: point.expected,
    excess: copied(excessBand(point) ?? [height, height]),
    bands: layerBands(point).map(copied),
  }
}

function isEnd(before: Row, row: Row): boolean {
  const ends = (one: number | undefined, other: number | undefined) => one !== undefined && other === undefined
  return ends(before.mapcount, row.mapcount) || ends(before.expected, row.expected)
}

function copied(band: readonly [number, number]): Band {
  return [band[0], band[1]]
}
