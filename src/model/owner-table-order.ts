import { type Column } from '../base/column.ts'

/**
 * Rows by ascending value, rows of one value in their own order. Merges what already ascends, as a dump of page_owner
 * does: O(rows) for one dump, O(rows · log dumps) for several.
 */
export function rowsByValue(values: Column<number>): Uint32Array {
  let rows = new Uint32Array(values.length)
  for (let row = 0; row < rows.length; row++) rows[row] = row
  let bounds = runsOf(values)
  for (let spare = new Uint32Array(bounds.length > 2 ? rows.length : 0); bounds.length > 2;) {
    const next = [0]
    for (let run = 0; run + 1 < bounds.length; run += 2) {
      const end = bounds[run + 2] ?? bounds[run + 1]
      merge(values, rows, spare, bounds[run], bounds[run + 1], end)
      next.push(end)
    }
    ;[rows, spare] = [spare, rows]
    bounds = next
  }
  return rows
}

/** Where values begin to ascend anew, the end with it: `[0, …, length]`. */
function runsOf(values: Column<number>): readonly number[] {
  const bounds = [0]
  for (let row = 1; row < values.length; row++) if (values[row] < values[row - 1]) bounds.push(row)
  bounds.push(values.length)
  return bounds
}

/** Merges the rows `[start, middle)` and `[middle, end)`, each in order, into `into`. */
function merge(
  values: Column<number>,
  rows: Uint32Array,
  into: Uint32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let left = start
  let right = middle
  for (let at = start; at < end; at++) {
    const isLeft = left < middle && (right >= end || values[rows[left]] <= values[rows[right]])
    into[at] = isLeft ? rows[left++] : rows[right++]
  }
}
