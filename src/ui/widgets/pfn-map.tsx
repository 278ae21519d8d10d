import { type KeyboardEvent, type ReactNode } from 'react'
import { type PfnSpan } from '../../base/pfn-spans.ts'
import { type HeatBrushes } from './heat-brushes.ts'
import { HeatCanvas } from './heat-canvas.tsx'
import {
  alignedWindow,
  cellAtPoint,
  levelOf,
  type MapBox,
  placeOfPfn,
  windowAround,
  windowMoved,
} from './pfn-map-layout.ts'
import { cellAfterKey } from './pfn-map-cursor.ts'
import { type MapDrawing, paintMap, paintOutline } from './pfn-map-paint.ts'
import { typedCharacter } from './typed-character.ts'
import { type CellDrag, useCellDrag } from './use-cell-drag.ts'
import { useWheelSteps } from './use-wheel-steps.ts'
import styles from './pfn-map.module.css'

export interface PfnMapProps extends MapDrawing {
  readonly label: string
  /** Id of the element that says what the cursor is on. */
  readonly describedBy: string
  /** Where memory is, ascending. */
  readonly spans: readonly PfnSpan[]
  readonly box: MapBox
  /** Cell that the keyboard is on. */
  readonly cursor: PfnSpan | undefined
  /** Selected pages: outlined. */
  readonly selection: readonly PfnSpan[]
  readonly onHover: (cell: PfnSpan | undefined) => void
  readonly onCursor: (cell: PfnSpan) => void
  /** A click, or the space bar. */
  readonly onPick: (cell: PfnSpan) => void
  /** A double click, or Enter. */
  readonly onOpen: (cell: PfnSpan) => void
  /** Takes Space and Enter while it is found out where the cursor will be. */
  readonly onHeldKey: ((press: 'pick' | 'open') => void) | undefined
  /** While the wheel turns; `undefined` when it is over. */
  readonly onPreview: (window: PfnSpan | undefined) => void
  /** The window to show; `undefined` for all of memory. `isStep`: worth a step in the history. */
  readonly onWindow: (window: PfnSpan | undefined, isStep: boolean) => void
  /** Pages that were dragged over; with Shift they are for PFN × time. */
  readonly onBrush: (span: PfnSpan, isShift: boolean) => void
}

/** Memory in rows, neighbours beside neighbours. Wheel zooms at the pointer, dragging zooms to pages, keys do both. */
export function PfnMap(props: PfnMapProps): ReactNode {
  const { layout, spans, box, gutter, cursor } = props
  const { columns, cellWidth } = layout.grid
  const width = gutter + columns * cellWidth + 1
  const { hovered, drag, handlers } = useCellDrag<PfnSpan>({
    cellAt: (x, y) => cellAtPoint(layout, x - gutter, y),
    isSame: (one, other) => one.startPfn === other.startPfn && one.endPfn === other.endPfn,
    onHover: props.onHover,
    onDrop: (over, isShift) => {
      if (over.from.startPfn === over.to.startPfn) props.onPick(over.from)
      else props.onBrush(hull(over), isShift)
    },
  })
  const setSurface = useWheelSteps({
    onStep: (steps, point, isSideways) => {
      const inside = { x: point.x - gutter, y: point.y }
      const cell = cellAtPoint(layout, inside.x, inside.y)
      if (isSideways) return windowMoved(spans, layout, steps * 2)
      const level = levelOf(layout) + steps
      const pfn = cell?.startPfn ?? layout.rows.at(Math.floor(layout.rows.length / 2))?.startPfn ?? 0
      return windowAround(spans, box, level, pfn, inside)
    },
    onPreview: props.onPreview,
    onRest: (window) => props.onWindow(window, false),
  })
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a drawing that takes keys is an application
    <div
      ref={setSurface}
      className={styles.map}
      style={{ width, height: box.height }}
      role="application"
      aria-roledescription="memory map"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is one tab stop, and arrows move in it
      tabIndex={0}
      data-map=""
      {...handlers}
      onDoubleClick={(event) => {
        const { left, top } = event.currentTarget.getBoundingClientRect()
        const cell = cellAtPoint(layout, event.clientX - left - gutter, event.clientY - top)
        if (cell) props.onOpen(cell)
      }}
      onKeyDown={(event) => {
        if (!runKey(event, props)) return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <HeatCanvas
        width={width}
        height={box.height}
        on={[layout, props.cells, props.scale, props.outlines, props.blockPages]}
        paint={(into, brushes) => paintMap(into, props, brushes, width, box.height)}
      />
      <HeatCanvas
        className={styles.over}
        width={width}
        height={box.height}
        on={[layout, hovered, drag, cursor, props.selection]}
        paint={(into, brushes) => paintOver(into, brushes, props, hovered, drag)}
      />
    </div>
  )
}

/** What the pointer, the keyboard and the link are on. */
function paintOver(
  into: CanvasRenderingContext2D,
  brushes: HeatBrushes,
  { layout, gutter, cursor, selection }: PfnMapProps,
  hovered: PfnSpan | undefined,
  drag: CellDrag<PfnSpan> | undefined,
): void {
  into.translate(gutter, 0)
  for (const span of selection) paintOutline(into, layout, { ...span, kind: 'selected', label: '' }, brushes)
  if (drag) paintOutline(into, layout, { ...hull(drag), kind: 'selected', label: '' }, brushes)
  if (hovered) paintOutline(into, layout, { ...hovered, kind: 'failed', label: '' }, brushes)
  const place = cursor && placeOfPfn(layout, cursor.startPfn)
  if (!place) return
  const { cellWidth, cellHeight } = layout.grid
  into.setLineDash([])
  into.strokeStyle = brushes.color('--surface')
  into.lineWidth = 4
  into.strokeRect(place.x - 1, place.y - 1, cellWidth + 1, cellHeight + 1)
  into.strokeStyle = brushes.color('--accent')
  into.lineWidth = 2
  into.strokeRect(place.x - 1, place.y - 1, cellWidth + 1, cellHeight + 1)
}

/** True when the key was the map's. */
function runKey(event: KeyboardEvent<HTMLElement>, props: PfnMapProps): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const { layout, spans, box, cursor } = props
  const moved = cellAfterKey(event.key, cursor, layout, spans)
  if (moved !== undefined) {
    props.onCursor(moved.cell)
    if (moved.window !== undefined) props.onWindow(moved.window, false)
    return true
  }
  const at = cursor && placeOfPfn(layout, cursor.startPfn)
  const middle = layout.rows.at(Math.floor(layout.rows.length / 2))
  const pfn = at && cursor ? cursor.startPfn : (middle?.startPfn ?? 0)
  const zoom = (steps: number): void =>
    props.onWindow(alignedWindow(spans, box, levelOf(layout) + steps, pfn, at?.y ?? box.height / 2), false)
  switch (event.key) {
    case 'Enter':
      if (props.onHeldKey) {
        props.onHeldKey('open')
        return true
      }
      if (cursor) props.onOpen(cursor)
      return cursor !== undefined
    case ' ':
      if (props.onHeldKey) props.onHeldKey('pick')
      else if (cursor) props.onPick(cursor)
      return true
  }
  // Large letters are actions of the page.
  switch (typedCharacter(event)) {
    case 'w':
    case '+':
    case '=':
      zoom(-1)
      return true
    case 's':
    case '-':
      zoom(1)
      return true
    case 'a':
      props.onWindow(windowMoved(spans, layout, -Math.ceil(layout.grid.rows / 4)), false)
      return true
    case 'd':
      props.onWindow(windowMoved(spans, layout, Math.ceil(layout.grid.rows / 4)), false)
      return true
    case '0':
      props.onWindow(undefined, true)
      return true
    default:
      return false
  }
}

function hull({ from, to }: CellDrag<PfnSpan>): PfnSpan {
  return { startPfn: Math.min(from.startPfn, to.startPfn), endPfn: Math.max(from.endPfn, to.endPfn) }
}
