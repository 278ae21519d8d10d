import { type Clock } from '../../base/clock.ts'
import { formatPfn } from '../../base/pfn.ts'
import { type HeatBrushes } from './heat-brushes.ts'
import { cellSize, type HeatBox, type HeatCell, type HeatGrid, pagesOfRow } from './heat-plot.ts'
import { type HeatScale } from './heat-scale.ts'
import { timeTicks } from './time-ticks.ts'

/** A moment that is drawn across the pages. */
export interface HeatMark {
  readonly ns: number
  readonly label: string
  /** Pages to mark at that moment. */
  readonly pfns: readonly number[]
  readonly isSelected: boolean
}

export interface HeatDrawing {
  readonly grid: HeatGrid
  readonly box: HeatBox
  readonly scale: HeatScale
  readonly clock: Clock
  readonly marks: readonly HeatMark[]
  readonly losses: readonly { readonly from: number; readonly to: number }[]
  /** Rows of which zero is told; of the others it is not known. */
  readonly zeroRows: readonly boolean[]
  /** Row of the selected page; -1 when it is not in sight. */
  readonly selectedRow: number
}

const DATA_FONT = "11px 'JetBrains Mono Variable', ui-monospace, monospace"
/** Space that a time needs on the axis, px. */
const TICK_PX = 130

/** Draws all but what moves with the pointer. O(cells). */
export function paintHeat(into: CanvasRenderingContext2D, drawing: HeatDrawing, brushes: HeatBrushes): void {
  const { box } = drawing
  into.fillStyle = brushes.color('--surface')
  into.fillRect(0, 0, box.width, box.height)
  into.fillStyle = brushes.color('--heat-untold')
  into.fillRect(box.gutter, 0, box.width - box.gutter, box.height - box.axis)
  paintCells(into, drawing, brushes)
  paintLosses(into, drawing, brushes)
  paintRowLabels(into, drawing, brushes)
  paintAxis(into, drawing, brushes)
  paintMarks(into, drawing, brushes)
}

/** x of a moment, px. */
export function xOfTime({ grid, box }: Pick<HeatDrawing, 'grid' | 'box'>, ns: number): number {
  return box.gutter + ((ns - grid.fromNs) / grid.columnNs) * cellSize(grid, box).width
}

/** Neighbours of one step are one rectangle. */
function paintCells(
  into: CanvasRenderingContext2D,
  { grid, box, scale, zeroRows }: HeatDrawing,
  brushes: HeatBrushes,
): void {
  const size = cellSize(grid, box)
  for (let row = 0; row < grid.rows; row++) {
    const y = Math.floor(row * size.height)
    const whole = Math.max(1, Math.floor((row + 1) * size.height) - y)
    const parted = size.height > 5 ? whole - 1 : whole
    let column = 0
    while (column < grid.columns) {
      const step = scale.stepOf(grid.count[row * grid.columns + column])
      let end = column + 1
      while (end < grid.columns && scale.stepOf(grid.count[row * grid.columns + end]) === step) end++
      if (step > 0 || zeroRows[row]) {
        into.fillStyle = brushes.of(scale.steps[step])
        const x = box.gutter + column * size.width
        into.fillRect(x, y, Math.max(1, (end - column) * size.width), step > 0 ? parted : whole)
      }
      column = end
    }
  }
}

function paintLosses(into: CanvasRenderingContext2D, drawing: HeatDrawing, brushes: HeatBrushes): void {
  const { box, losses } = drawing
  into.fillStyle = brushes.of({ color: '--heat-untold', pattern: 'hatch', glyph: '', label: '' })
  // Events of other CPUs are seen through it.
  into.globalAlpha = 0.6
  for (const { from, to } of losses) {
    const x = Math.max(box.gutter, xOfTime(drawing, from))
    into.fillRect(x, 0, Math.max(2, Math.min(box.width, xOfTime(drawing, to)) - x), box.height - box.axis)
  }
  into.globalAlpha = 1
}

function paintRowLabels(
  into: CanvasRenderingContext2D,
  { grid, box, selectedRow }: HeatDrawing,
  brushes: HeatBrushes,
): void {
  const size = cellSize(grid, box)
  const every = Math.max(1, Math.ceil(15 / size.height))
  into.font = DATA_FONT
  into.textAlign = 'right'
  into.textBaseline = 'middle'
  for (let row = 0; row < grid.rows; row += every) {
    into.fillStyle = brushes.color('--ink-dim')
    into.fillText(formatPfn(pagesOfRow(grid, row).startPfn), box.gutter - 6, Math.max(7, (row + 0.5) * size.height))
  }
  into.textAlign = 'left'
  if (selectedRow < 0) return
  into.strokeStyle = brushes.color('--accent')
  into.lineWidth = 2
  const y = Math.floor(selectedRow * size.height)
  into.strokeRect(box.gutter, y, box.width - box.gutter - 1, Math.max(3, size.height))
}

function paintAxis(into: CanvasRenderingContext2D, drawing: HeatDrawing, brushes: HeatBrushes): void {
  const { grid, box, clock } = drawing
  const bottom = box.height - box.axis
  const to = grid.fromNs + grid.columns * grid.columnNs
  const most = Math.max(2, Math.floor((box.width - box.gutter) / TICK_PX))
  into.strokeStyle = brushes.color('--line-strong')
  into.lineWidth = 1
  into.beginPath()
  into.moveTo(box.gutter, bottom + 0.5)
  into.lineTo(box.width, bottom + 0.5)
  into.font = DATA_FONT
  into.textBaseline = 'top'
  into.fillStyle = brushes.color('--ink-dim')
  for (const { ns, text } of timeTicks({ from: Math.ceil(grid.fromNs), to: Math.floor(to) }, most, clock)) {
    const x = Math.round(xOfTime(drawing, ns)) + 0.5
    into.moveTo(x, bottom)
    into.lineTo(x, bottom + 4)
    const width = into.measureText(text).width
    into.fillText(text, Math.min(Math.max(x - width / 2, box.gutter), box.width - width - 2), bottom + 5)
  }
  into.stroke()
}

function paintMarks(into: CanvasRenderingContext2D, drawing: HeatDrawing, brushes: HeatBrushes): void {
  const { grid, box, marks } = drawing
  const size = cellSize(grid, box)
  into.font = DATA_FONT
  into.textBaseline = 'top'
  const ends: number[] = []
  for (const { ns, label, pfns, isSelected } of marks) {
    const x = Math.round(xOfTime(drawing, ns))
    into.strokeStyle = brushes.color(isSelected ? '--accent' : '--heat-outline')
    into.lineWidth = isSelected ? 3 : 2
    into.beginPath()
    into.moveTo(x, 0)
    into.lineTo(x, box.height - box.axis)
    into.stroke()
    for (const pfn of pfns) {
      const y = (Math.floor((pfn - grid.startPfn) / grid.rowPages) + 0.5) * size.height
      into.fillStyle = brushes.color('--heat-chip')
      into.beginPath()
      into.arc(x, y, 4, 0, 2 * Math.PI)
      into.fill()
      into.stroke()
    }
    labelMark(into, drawing, brushes, { label, x, ends })
  }
}

/** Labels in lines below each other, where the first is taken; those that find no place are in the table alone. */
function labelMark(
  into: CanvasRenderingContext2D,
  { box }: HeatDrawing,
  brushes: HeatBrushes,
  { label, x, ends }: { readonly label: string; readonly x: number; readonly ends: number[] },
): void {
  const width = into.measureText(label).width + 8
  const left = Math.max(box.gutter, Math.min(x + 3, box.width - width))
  const free = [0, 1, 2].find((line) => (ends[line] ?? 0) <= left)
  if (free === undefined) return
  ends[free] = left + width
  into.fillStyle = brushes.color('--heat-chip')
  into.fillRect(left, 2 + free * 16, width, 14)
  into.fillStyle = brushes.color('--ink')
  into.fillText(label, left + 4, 4 + free * 16)
}

/** The crosshair, the cursor's cell and the stretch that is dragged. */
export function paintCrosshair(
  into: CanvasRenderingContext2D,
  { grid, box }: Pick<HeatDrawing, 'grid' | 'box'>,
  brushes: HeatBrushes,
  cells: {
    readonly hovered: HeatCell | undefined
    readonly cursor: HeatCell | undefined
    readonly drag: { readonly from: HeatCell; readonly to: HeatCell } | undefined
  },
): void {
  const size = cellSize(grid, box)
  const rect = (from: HeatCell, to: HeatCell): readonly [number, number, number, number] => [
    box.gutter + Math.min(from.column, to.column) * size.width,
    Math.min(from.row, to.row) * size.height,
    (Math.abs(from.column - to.column) + 1) * size.width,
    (Math.abs(from.row - to.row) + 1) * size.height,
  ]
  if (cells.hovered) {
    const [x, y] = rect(cells.hovered, cells.hovered)
    into.strokeStyle = brushes.color('--ink')
    into.lineWidth = 1
    into.setLineDash([2, 2])
    into.beginPath()
    into.moveTo(x + size.width / 2, 0)
    into.lineTo(x + size.width / 2, box.height - box.axis)
    into.moveTo(box.gutter, y + size.height / 2)
    into.lineTo(box.width, y + size.height / 2)
    into.stroke()
    into.setLineDash([])
  }
  into.strokeStyle = brushes.color('--accent')
  into.lineWidth = 2
  if (cells.cursor) {
    const [x, y, width, height] = rect(cells.cursor, cells.cursor)
    into.strokeRect(x - 1, y - 1, Math.max(6, width + 2), Math.max(6, height + 2))
  }
  if (cells.drag) into.strokeRect(...rect(cells.drag.from, cells.drag.to))
}
