import { type PfnSpan } from '../../base/pfn-spans.ts'

/** How close the map is looked at: how many pages a cell stands for, and how small it may be drawn, px. */
export interface MapLevel {
  readonly cellPages: number
  readonly leastWidth: number
  readonly leastHeight: number
}

/** A level in a box: `columns` is a power of two, so that rows keep to pageblocks. */
export interface MapGrid extends MapLevel {
  readonly columns: number
  readonly cellWidth: number
  readonly cellHeight: number
  /** Rows that fit. */
  readonly rows: number
  readonly rowPages: number
}

/** One line of the map: cells of neighbouring pages, or a stretch of which no file knows, folded into one line. */
export interface MapRow extends PfnSpan {
  readonly isHole: boolean
}

/** The map as it lies in its box: `rows[0]` is on top. */
export interface MapLayout {
  readonly grid: MapGrid
  readonly rows: readonly MapRow[]
  /** PFN behind the last row, as if the rows went on when there are fewer than fit: names the level in a link. */
  readonly endPfn: number
}

/** Room for the map, px, without its labels. */
export interface MapBox {
  readonly width: number
  readonly height: number
}

/** Levels at which a cell is a page: with a label, with a short one, and two without. */
const PAGE_LEVELS: readonly MapLevel[] = [
  { cellPages: 1, leastWidth: 76, leastHeight: 34 },
  { cellPages: 1, leastWidth: 38, leastHeight: 20 },
  { cellPages: 1, leastWidth: 20, leastHeight: 16 },
  { cellPages: 1, leastWidth: 10, leastHeight: 10 },
]
/** Smallest cells of several pages, px. */
const LEAST_CELL = 8
/** The farthest: cells of 2^24 pages, 64 GiB of 4 KiB each. */
const LAST_LEVEL = PAGE_LEVELS.length + 23
/** Cells are no higher than this where all of memory is shown in few rows, px. */
const HIGHEST_CELL = 40
/** A stretch of unknown rows longer than this is folded into one. */
const FOLDED_ROWS = 2

/** Level 0 is the closest: a page with its label; from level 4 on each has cells of twice the pages. */
function levelAt(level: number): MapLevel {
  const near = PAGE_LEVELS.at(level)
  if (level < PAGE_LEVELS.length && near !== undefined) return near
  return { cellPages: 2 ** (level - PAGE_LEVELS.length + 1), leastWidth: LEAST_CELL, leastHeight: LEAST_CELL }
}

/** A level in a box: as many columns as fit, a power of two of them. */
export function gridAt(level: number, { width, height }: MapBox): MapGrid {
  const own = levelAt(level)
  const columns = 2 ** Math.max(2, Math.floor(Math.log2(Math.max(4, width / own.leastWidth))))
  const cellWidth = Math.max(2, Math.floor(width / columns))
  const cellHeight = Math.max(
    own.leastHeight,
    Math.min(cellWidth, own.leastHeight < 16 ? own.leastHeight * 2 : own.leastHeight),
  )
  const rows = Math.max(1, Math.floor(height / cellHeight))
  return { ...own, columns, cellWidth, cellHeight, rows, rowPages: columns * own.cellPages }
}

/** Rows from `firstPfn` on, as many as fit; what is between `spans` is folded when it would take long. */
export function layoutFrom(spans: readonly PfnSpan[], firstPfn: number, grid: MapGrid): MapLayout {
  const rows: MapRow[] = []
  let start = firstPfn
  while (rows.length < grid.rows) {
    const next = spans.find((span) => span.endPfn > start)
    if (next === undefined) break
    const hole = next.startPfn - start
    if (hole > FOLDED_ROWS * grid.rowPages) {
      const skipped = Math.floor(hole / grid.rowPages) * grid.rowPages
      rows.push({ startPfn: start, endPfn: start + skipped, isHole: true })
      start += skipped
    } else {
      rows.push({ startPfn: start, endPfn: start + grid.rowPages, isHole: false })
      start += grid.rowPages
    }
  }
  return { grid, rows, endPfn: start + (grid.rows - rows.length) * grid.rowPages }
}

/** All of memory at the closest level that shows all of it, with rows as high as the box allows. */
export function layoutOfAll(spans: readonly PfnSpan[], box: MapBox): MapLayout {
  const first = spans.at(0)?.startPfn ?? 0
  const end = spans.at(-1)?.endPfn ?? 0
  for (let level = 0; ; level++) {
    const grid = gridAt(level, box)
    const layout = layoutFrom(spans, first - (first % grid.rowPages), grid)
    if ((layout.rows.at(-1)?.endPfn ?? end) < end && level < LAST_LEVEL) continue
    const fitting = Math.floor(box.height / Math.max(1, layout.rows.length))
    const cellHeight = Math.max(grid.cellHeight, Math.min(fitting, grid.cellHeight * 2, HIGHEST_CELL))
    return { ...layout, grid: { ...grid, cellHeight, rows: Math.floor(box.height / cellHeight) } }
  }
}

/** The layout of a window: the closest level at which rows from its first page on reach its end. */
export function layoutOfWindow(spans: readonly PfnSpan[], window: PfnSpan, box: MapBox): MapLayout {
  for (let level = 0; ; level++) {
    const layout = layoutFrom(spans, window.startPfn, gridAt(level, box))
    if (layout.endPfn >= window.endPfn || level >= LAST_LEVEL) return layout
  }
}

/** The level of a layout's cells. */
export function levelOf({ grid }: MapLayout): number {
  for (let level = 0; level < LAST_LEVEL; level++) {
    const { cellPages, leastWidth } = levelAt(level)
    if (cellPages === grid.cellPages && leastWidth === grid.leastWidth) return level
  }
  return LAST_LEVEL
}

/** What a layout shows, as a link holds it. */
export function windowOf({ rows, endPfn }: MapLayout): PfnSpan {
  const startPfn = rows.at(0)?.startPfn ?? 0
  return { startPfn, endPfn: Math.max(endPfn, startPfn + 1) }
}

/** The cell at a place in the box: its pages; undefined beside the cells and on a folded hole. */
export function cellAtPoint({ grid, rows }: MapLayout, x: number, y: number): PfnSpan | undefined {
  const column = Math.floor(x / grid.cellWidth)
  const row = rows.at(Math.floor(y / grid.cellHeight))
  if (y < 0 || column < 0 || column >= grid.columns || row === undefined || row.isHole) return undefined
  if (Math.floor(y / grid.cellHeight) >= rows.length) return undefined
  const startPfn = row.startPfn + column * grid.cellPages
  return { startPfn, endPfn: startPfn + grid.cellPages }
}

/** Position of the row that a page is in; -1 when it is out of sight. */
export function rowOfPfn({ rows }: MapLayout, pfn: number): number {
  return rows.findIndex((row) => row.startPfn <= pfn && pfn < row.endPfn)
}

/** Where a page's cell lies in the box, px; undefined when it is out of sight or in a folded hole. */
export function placeOfPfn(layout: MapLayout, pfn: number): { readonly x: number; readonly y: number } | undefined {
  const { grid, rows } = layout
  const row = rowOfPfn(layout, pfn)
  if (row < 0 || rows[row].isHole) return undefined
  return {
    x: Math.floor((pfn - rows[row].startPfn) / grid.cellPages) * grid.cellWidth,
    y: row * grid.cellHeight,
  }
}

/** The row `count` above `rowStart`, over folded holes, not above the first page of memory. */
function rowAbove(spans: readonly PfnSpan[], rowStart: number, count: number, rowPages: number): number {
  const first = spans.at(0)?.startPfn ?? 0
  let start = rowStart
  for (let step = 0; step < count && start > first; step++) {
    const before = spans.findLast((span) => span.startPfn < start)
    if (before === undefined) break
    const hole = start - before.endPfn
    // Of a hole the row above is the fold, as `layoutFrom` would fold it.
    start -= hole > FOLDED_ROWS * rowPages ? Math.floor(hole / rowPages) * rowPages : rowPages
  }
  return Math.max(0, start)
}

/**
 * The window of another level in which `pfn` stays where it is on screen: at `x`, `y` of the box. Only near the first page
 * of memory its row moves, because nothing is above it.
 */
export function windowAround(
  spans: readonly PfnSpan[],
  box: MapBox,
  level: number,
  pfn: number,
  point: { readonly x: number; readonly y: number },
): PfnSpan {
  const grid = gridAt(Math.min(Math.max(level, 0), LAST_LEVEL), box)
  const column = Math.min(grid.columns - 1, Math.max(0, Math.floor(point.x / grid.cellWidth)))
  const row = Math.min(grid.rows - 1, Math.max(0, Math.floor(point.y / grid.cellHeight)))
  const start = Math.max(0, pfn - (pfn % grid.cellPages) - column * grid.cellPages)
  return windowOf(layoutFrom(spans, rowAbove(spans, start, row, grid.rowPages), grid))
}

/** As `windowAround`, with rows that begin at whole multiples of a row, as their labels read best: for keys. */
export function alignedWindow(spans: readonly PfnSpan[], box: MapBox, level: number, pfn: number, y: number): PfnSpan {
  const grid = gridAt(Math.min(Math.max(level, 0), LAST_LEVEL), box)
  const row = Math.min(grid.rows - 1, Math.max(0, Math.floor(y / grid.cellHeight)))
  const start = pfn - (pfn % grid.rowPages)
  return windowOf(layoutFrom(spans, rowAbove(spans, start, row, grid.rowPages), grid))
}

/** The window `rows` further down, or up when negative; it does not leave memory. */
export function windowMoved(spans: readonly PfnSpan[], layout: MapLayout, rows: number): PfnSpan {
  const { grid } = layout
  const start = layout.rows.at(0)?.startPfn ?? 0
  if (rows < 0) return windowOf(layoutFrom(spans, rowAbove(spans, start, -rows, grid.rowPages), grid))
  const ahead = layoutFrom(spans, start, { ...grid, rows: rows + 1 }).rows
  const next = ahead.at(Math.min(rows, ahead.length - 1))?.startPfn ?? start
  return windowOf(layoutFrom(spans, next, grid))
}

/** Stretches of neighbouring pages that the rows show, ascending, cells whole: what there is to ask for. */
export function spansInSight({ rows }: MapLayout): readonly PfnSpan[] {
  const spans: { startPfn: number; endPfn: number }[] = []
  for (const { startPfn, endPfn, isHole } of rows) {
    if (isHole) continue
    const last = spans.at(-1)
    if (last?.endPfn === startPfn) last.endPfn = endPfn
    else spans.push({ startPfn, endPfn })
  }
  return spans
}
