import { type TimelineAnswer, type TimelinePoint } from '../../queries/timeline.ts'

const WIDTH = 72
const MOST_ROWS = 8
/** FOLL_PIN's share of the count of a small folio: a pin is drawn as one (GUP_PIN_COUNTING_BIAS, include/linux/mm.h). */
const PIN_BIAS = 1024

/** One column of the chart: the highest count in it, its excess, and whether events were lost in it. */
interface Cell {
  readonly height: number
  readonly excess: number
  readonly isLost: boolean
}

/**
 * The counts of a window as characters: `▒` references, `▓` those that migration does not expect, `╱` events were lost,
 * `⨯` failures on the axis. A column shows the largest excess and the highest count in it. No lines without a point.
 */
export function stepLines(
  { points, losses, from, to }: Pick<TimelineAnswer, 'points' | 'losses' | 'from' | 'to'>,
  failuresNs: readonly number[],
): readonly string[] {
  if (points.length === 0) return []
  const span = Math.max(1, to.ns - from.ns)
  const columnOf = (ns: number): number => Math.min(WIDTH - 1, Math.max(0, Math.floor(((ns - from.ns) / span) * WIDTH)))
  const cells = Array.from({ length: WIDTH }, (_, at) => {
    const start = from.ns + (at * span) / WIDTH
    // What happened at the very end is in the last column.
    return cellOf(points, losses, start, at === WIDTH - 1 ? Infinity : start + span / WIDTH)
  })
  const most = Math.max(1, ...cells.map(({ height }) => height))
  const perRow = Math.ceil(most / MOST_ROWS)
  const labelled = String(most).length
  const lines = Array.from({ length: Math.ceil(most / perRow) }, (_, row) => {
    const count = (Math.ceil(most / perRow) - row) * perRow
    return `${String(count).padStart(labelled)} ┤${cells.map((cell) => markAt(cell, count, perRow)).join('')}`.trimEnd()
  })
  const failed = new Set(failuresNs.filter((ns) => ns >= from.ns && ns <= to.ns).map(columnOf))
  const axis = cells.map((_, at) => (failed.has(at) ? '⨯' : '─')).join('')
  const pad = ' '.repeat(labelled)
  const room = Math.max(1, WIDTH - from.text.length - to.text.length)
  return [...lines, `${pad} └${axis}`, `${pad}  ${from.text}${' '.repeat(room)}${to.text}`]
}

function markAt({ height, excess, isLost }: Cell, count: number, perRow: number): string {
  if (isLost) return '╱'
  if (height <= count - perRow) return ' '
  return count > height - excess ? '▓' : '▒'
}

/** The points in force in `[from, to)`, the one before it included. */
function cellOf(points: readonly TimelinePoint[], losses: TimelineAnswer['losses'], from: number, to: number): Cell {
  const isLost = losses.some((loss) => loss.from < to && loss.to >= from)
  let [height, excess] = [0, 0]
  for (let at = firstIn(points, from); at < points.length && points[at].ns < to; at++) {
    height = Math.max(height, heightOf(points[at]))
    excess = Math.max(excess, shown(points[at].excess ?? 0, points[at].pins))
  }
  return { height, excess, isLost }
}

/** Position of the last point before a time, 0 when none is. */
function firstIn(points: readonly TimelinePoint[], ns: number): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (points[middle].ns < ns) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

function heightOf({ count, pins }: TimelinePoint): number {
  return Math.max(0, count - pins * (PIN_BIAS - 1))
}

function shown(excess: number, pins: number): number {
  const inPins = Math.min(pins, Math.floor(excess / PIN_BIAS))
  return excess - inPins * (PIN_BIAS - 1)
}
