import { type Column } from './column.ts'

/** First row in `[begin, end)` whose value is >= `value`; `end` when there is none. The column must ascend. O(log n). */
export function findAtLeast(values: Column<number>, value: number, begin = 0, end: number = values.length): number {
  let low = begin
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

/** As `findAtLeast` over the whole column, by looking around `near` first. O(log of the way from there). */
export function findAtLeastNear(values: Column<number>, value: number, near: number): number {
  let low = near
  let high = near
  for (let step = 1; low > 0 && values[low - 1] >= value; step *= 2) {
    high = low
    low = Math.max(0, low - step)
  }
  for (let step = 1; high < values.length && values[high] < value; step *= 2) {
    low = high
    high = Math.min(values.length, high + step)
  }
  return findAtLeast(values, value, low, high)
}

/** First row in `[begin, end)` whose value is > `value`; `end` when there is none. The column must ascend. O(log n). */
export function findAbove(values: Column<number>, value: number, begin = 0, end: number = values.length): number {
  let low = begin
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle] <= value) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * First position in `order` whose row has a value >= `value`; `order.length` when there is none. The values must ascend
 * along `order` (an index such as "rows by PFN"). O(log n).
 */
export function findAtLeastIn(order: ArrayLike<number>, values: Column<number>, value: number): number {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[order[middle]] < value) low = middle + 1
    else high = middle
  }
  return low
}
