import { formatPfn } from '../../base/pfn.ts'
import { type PfnSpan } from '../../base/pfn-spans.ts'
import { type HeatBrushes } from './heat-brushes.ts'
import { type HeatScale, HOLE_SWATCH, type Swatch, UNTOLD_SWATCH } from './heat-scale.ts'
import { type MapLayout, type MapRow } from './pfn-map-layout.ts'

/** Cells as they were answered: `spans` one after the other, one entry for every `cellPages` pages of them. */
export interface MapCells {
  readonly spans: readonly PfnSpan[]
  readonly cellPages: number
  /** 0: no file knows of it; 1: the memory is there; 2: something is told of it. */
  readonly known: readonly number[]
  /** -1 where not told. */
  readonly value: readonly number[]
  /** For cells of one page, else empty: order of the allocation, -1 when not told; 1 + class of the holder, 0 for none. */
  readonly order: readonly number[]
  readonly holder: readonly number[]
}

/** What is drawn around. */
export interface OutlinedSpan extends PfnSpan {
  readonly kind: 'zone' | 'cma' | 'memory_block' | 'failed' | 'selected'
  /** Empty where the outline alone says it. */
  readonly label: string
}

/** All that a map is drawn from. */
export interface MapDrawing {
  readonly layout: MapLayout
  /** Absent until the first answer. */
  readonly cells: MapCells | undefined
  readonly scale: HeatScale
  readonly outlines: readonly OutlinedSpan[]
  /** Pages of a pageblock. */
  readonly blockPages: number
  /** Glyph and colour (a CSS property) by 1 + class. */
  readonly holderMarks: readonly { readonly glyph: string; readonly color: string }[]
  /** Space to the left of the cells, for the PFN of each row, px. */
  readonly gutter: number
}

const ROW_LABEL_PX = 16
const DATA_FONT = "'JetBrains Mono Variable', ui-monospace, monospace"

/** Draws all but what moves with the pointer. `width` and `height` in CSS px. O(cells in sight). */
export function paintMap(
  into: CanvasRenderingContext2D,
  drawing: MapDrawing,
  brushes: HeatBrushes,
  width: number,
  height: number,
): void {
  into.fillStyle = brushes.color('--surface')
  into.fillRect(0, 0, width, height)
  const { layout, gutter } = drawing
  layout.rows.forEach((row, at) => {
    const y = at * layout.grid.cellHeight
    if (row.isHole) paintFold(into, drawing, brushes, row, y)
    else paintRow(into, drawing, brushes, row, y)
  })
  paintRowLabels(into, drawing, brushes)
  into.save()
  into.translate(gutter, 0)
  paintBlockEdges(into, drawing, brushes)
  const labels: Label[] = []
  for (const outline of drawing.outlines) paintOutline(into, layout, outline, brushes, labels)
  paintLabels(into, labels, brushes, layout.grid.columns * layout.grid.cellWidth)
  into.restore()
}

/** Position of a page's cell in the answer; -1 when it was not asked for. */
export function cellOf(cells: MapCells, pfn: number): number {
  let offset = 0
  for (const { startPfn, endPfn } of cells.spans) {
    if (pfn >= startPfn && pfn < endPfn) return offset + Math.floor((pfn - startPfn) / cells.cellPages)
    offset += Math.ceil((endPfn - startPfn) / cells.cellPages)
  }
  return -1
}

/** How a cell looks; undefined while it is not answered. */
function swatchOf(cells: MapCells, cell: number, scale: HeatScale): Swatch | undefined {
  if (cell < 0 || cell >= cells.known.length) return undefined
  if (cells.value[cell] >= 0) return scale.steps[scale.stepOf(cells.value[cell])]
  return cells.known[cell] === 0 ? HOLE_SWATCH : UNTOLD_SWATCH
}

function paintRow(
  into: CanvasRenderingContext2D,
  drawing: MapDrawing,
  brushes: HeatBrushes,
  row: MapRow,
  y: number,
): void {
  const { layout, cells, scale, gutter } = drawing
  const { columns, cellWidth, cellHeight, cellPages } = layout.grid
  if (cells === undefined) return
  const gap = cellWidth >= 10 ? 1 : 0
  for (let column = 0; column < columns; column++) {
    const pfn = row.startPfn + column * cellPages
    const cell = cellOf(cells, pfn)
    const swatch = swatchOf(cells, cell, scale)
    if (swatch === undefined) continue
    const x = gutter + column * cellWidth
    into.fillStyle = brushes.of(swatch)
    into.fillRect(x, y, cellWidth - gap, cellHeight - gap)
    if (cellWidth >= 9 && cellHeight >= 9) labelCell(into, drawing, brushes, { cell, pfn, x, y, swatch })
  }
}

interface LabelledCell {
  readonly cell: number
  readonly pfn: number
  readonly x: number
  readonly y: number
  readonly swatch: Swatch
}

/** A glyph where there is room for one; the PFN, order and holder where a cell is a page and wide. */
function labelCell(
  into: CanvasRenderingContext2D,
  { layout, cells, scale, holderMarks }: MapDrawing,
  brushes: HeatBrushes,
  { cell, pfn, x, y, swatch }: LabelledCell,
): void {
  const { cellWidth, cellHeight, cellPages } = layout.grid
  if (cells === undefined) return
  const ink = brushes.inkOn(swatch)
  into.fillStyle = ink
  into.textBaseline = 'alphabetic'
  const isPage = cellPages === 1
  const mark = isPage ? holderMarks[cells.holder[cell] ?? 0] : undefined
  if (isPage && cellWidth >= 70) {
    into.font = `11px ${DATA_FONT}`
    into.fillText(formatPfn(pfn), x + 4, y + 13)
    into.font = `10px ${DATA_FONT}`
    into.fillText(detailOf(cells, cell, swatch, scale), x + 4, y + 27)
    if (mark) into.fillText(mark.glyph, x + cellWidth - 15, y + 27)
    return
  }
  if (isPage && cellWidth >= 36) {
    into.font = `10px ${DATA_FONT}`
    into.fillText(`${pfn.toString(16).slice(-3)}${swatch.glyph}`, x + 3, y + cellHeight / 2 + 4)
    if (mark) into.fillText(mark.glyph, x + cellWidth - 13, y + cellHeight / 2 + 4)
    return
  }
  const glyph = mark?.glyph ?? swatch.glyph
  if (glyph === '') return
  into.font = `${Math.min(10, cellHeight - 1)}px ${DATA_FONT}`
  into.fillText(glyph, x + Math.floor(cellWidth / 2) - 3, y + Math.floor(cellHeight / 2) + 3)
}

function detailOf(cells: MapCells, cell: number, { glyph }: Swatch, scale: HeatScale): string {
  const order = cells.order[cell] ?? -1
  const own = `${glyph}${scale.textOf(cells.value[cell])}`
  return [order < 0 ? '' : `o${order}`, own].filter((part) => part !== '').join(' ')
}

/** Memory of which nobody knows, in one line, with its pages. */
function paintFold(
  into: CanvasRenderingContext2D,
  { layout, gutter }: MapDrawing,
  brushes: HeatBrushes,
  row: MapRow,
  y: number,
): void {
  const { columns, cellWidth, cellHeight } = layout.grid
  into.fillStyle = brushes.of(HOLE_SWATCH)
  into.fillRect(gutter, y, columns * cellWidth, cellHeight - 1)
  const text = `no file knows of [${formatPfn(row.startPfn)}, ${formatPfn(row.endPfn)})`
  into.font = `${Math.min(11, cellHeight)}px ${DATA_FONT}`
  const width = into.measureText(text).width
  into.fillStyle = brushes.color('--heat-chip')
  into.fillRect(gutter + 6, y, width + 8, cellHeight - 1)
  into.fillStyle = brushes.color('--ink-dim')
  into.textBaseline = 'middle'
  into.fillText(text, gutter + 10, y + cellHeight / 2)
}

function paintRowLabels(into: CanvasRenderingContext2D, { layout, gutter }: MapDrawing, brushes: HeatBrushes): void {
  const { cellHeight } = layout.grid
  const every = Math.max(1, Math.ceil(ROW_LABEL_PX / cellHeight))
  into.font = `11px ${DATA_FONT}`
  into.textBaseline = 'middle'
  into.textAlign = 'right'
  into.fillStyle = brushes.color('--ink-dim')
  layout.rows.forEach((row, at) => {
    if (at % every === 0)
      into.fillText(formatPfn(row.startPfn), gutter - 6, at * cellHeight + Math.max(6, cellHeight / 2))
  })
  into.textAlign = 'left'
}

/** Between pageblocks, where a block is several cells wide or several rows high. */
function paintBlockEdges(
  into: CanvasRenderingContext2D,
  { layout, blockPages }: MapDrawing,
  brushes: HeatBrushes,
): void {
  const { grid, rows } = layout
  if (blockPages / grid.cellPages < 4) return
  into.strokeStyle = brushes.color('--heat-edge')
  into.lineWidth = 1
  into.beginPath()
  rows.forEach((row, at) => {
    if (row.isHole) return
    const y = at * grid.cellHeight
    const first = Math.ceil(row.startPfn / blockPages) * blockPages
    for (let pfn = first; pfn < row.endPfn; pfn += blockPages) {
      const x = ((pfn - row.startPfn) / grid.cellPages) * grid.cellWidth
      if (x > 0) {
        into.moveTo(x - 0.5, y)
        into.lineTo(x - 0.5, y + grid.cellHeight)
      }
      into.moveTo(x, y - 0.5)
      into.lineTo(Math.min(x + (blockPages / grid.cellPages) * grid.cellWidth, grid.columns * grid.cellWidth), y - 0.5)
    }
  })
  into.stroke()
}

interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly isStrong: boolean
}

const OUTLINES: Readonly<Record<OutlinedSpan['kind'], { readonly width: number; readonly dash: readonly number[] }>> = {
  zone: { width: 1, dash: [1, 3] },
  memory_block: { width: 1, dash: [] },
  cma: { width: 1.5, dash: [6, 3] },
  failed: { width: 2, dash: [] },
  selected: { width: 3, dash: [] },
}

/** Edges of a stretch of pages in the wrap of rows, as one outline. */
export function paintOutline(
  into: CanvasRenderingContext2D,
  layout: MapLayout,
  outline: OutlinedSpan,
  brushes: HeatBrushes,
  labels?: Label[],
): void {
  const { grid, rows } = layout
  const { width, dash } = OUTLINES[outline.kind]
  const strong =
    outline.kind === 'failed' ? '--heat-outline' : outline.kind === 'selected' ? '--accent' : '--line-strong'
  into.strokeStyle = brushes.color(strong)
  into.lineWidth = width
  into.setLineDash([...dash])
  into.beginPath()
  let isFirst = true
  rows.forEach((row, at) => {
    const from = Math.max(outline.startPfn, row.startPfn)
    const to = Math.min(outline.endPfn, row.endPfn)
    if (row.isHole || from >= to) return
    const y = at * grid.cellHeight
    const xOf = (pfn: number): number => ((pfn - row.startPfn) / grid.cellPages) * grid.cellWidth
    const [x, end] = [xOf(from), Math.max(xOf(to), xOf(from) + 2)]
    edges(into, outline, { x, end, y, xOf }, grid)
    if (isFirst && outline.label !== '' && outline.startPfn >= row.startPfn)
      labels?.push({ text: outline.label, x: end, y, isStrong: outline.kind === 'failed' })
    isFirst = false
  })
  into.stroke()
  into.setLineDash([])
}

interface RowPart {
  readonly x: number
  readonly end: number
  readonly y: number
  readonly xOf: (pfn: number) => number
}

/** Left and right of its part of the row; above and below where the neighbouring row's cell is not of it. */
function edges(
  into: CanvasRenderingContext2D,
  { startPfn, endPfn }: PfnSpan,
  { x, end, y, xOf }: RowPart,
  { cellHeight, rowPages }: MapLayout['grid'],
): void {
  const line = (fromX: number, fromY: number, toX: number, toY: number): void => {
    into.moveTo(fromX, fromY)
    into.lineTo(toX, toY)
  }
  const bottom = y + cellHeight - 1
  line(x, y, x, bottom)
  line(end - 1, y, end - 1, bottom)
  const openTop = Math.min(Math.max(xOf(startPfn + rowPages), x), end)
  if (openTop > x) line(x, y, openTop, y)
  const openBottom = Math.min(Math.max(xOf(endPfn - rowPages), x), end)
  if (openBottom < end) line(openBottom, bottom, end, bottom)
}

/** Labels on chips at the end of an outline's first row, each in the first free place below. */
function paintLabels(
  into: CanvasRenderingContext2D,
  labels: readonly Label[],
  brushes: HeatBrushes,
  width: number,
): void {
  into.font = `11px ${DATA_FONT}`
  into.textBaseline = 'middle'
  const taken: { x: number; y: number; end: number }[] = []
  for (const { text, x, y, isStrong } of labels) {
    const wide = into.measureText(text).width + 8
    const left = Math.max(0, Math.min(x - 3, width) - wide)
    let top = y + 3
    while (taken.some((other) => Math.abs(other.y - top) < 15 && other.x < left + wide && left < other.end)) top += 15
    taken.push({ x: left, y: top, end: left + wide })
    into.fillStyle = brushes.color('--heat-chip')
    into.fillRect(left, top, wide, 14)
    into.strokeStyle = brushes.color(isStrong ? '--heat-outline' : '--line-strong')
    into.lineWidth = 1
    into.strokeRect(left + 0.5, top + 0.5, wide - 1, 13)
    into.fillStyle = brushes.color(isStrong ? '--ink' : '--ink-dim')
    into.fillText(text, left + 4, top + 7.5)
  }
}
