import { type ReactNode } from 'react'
import { type PfnSpan } from '../../base/pfn-spans.ts'
import { HeatCanvas } from './heat-canvas.tsx'
import { type HeatDrawing, paintCrosshair, paintHeat, xOfTime } from './heat-paint.ts'
import { type HeatCell, heatCellAfterKey, heatCellAt, pagesOfRow, timeOfColumn } from './heat-plot.ts'
import styles from './heat-map.module.css'
import { type TimeWindow, type WindowLimits, zoomAt, panBy } from './time-window.ts'
import { typedCharacter } from './typed-character.ts'
import { type CellDrag, useCellDrag } from './use-cell-drag.ts'
import { useWheelSteps } from './use-wheel-steps.ts'

interface HeatMapProps extends HeatDrawing {
  readonly label: string
  readonly describedBy: string
  readonly limits: WindowLimits
  readonly cursor: HeatCell | undefined
  readonly onHover: (cell: HeatCell | undefined) => void
  readonly onCursor: (cell: HeatCell) => void
  /** A click or Enter. */
  readonly onOpen: (cell: HeatCell) => void
  readonly onBrush: (pages: PfnSpan, window: TimeWindow) => void
  readonly onPreview: (window: TimeWindow | undefined) => void
  /** `undefined`: all of the trace. */
  readonly onWindow: (window: TimeWindow | undefined) => void
  /** Escape widens the pages, too. */
  readonly onReset: () => void
}

/** Where in a range and when: cells of pages by time, failures across them. Dragging zooms to pages and time at once. */
export function HeatMap(props: HeatMapProps): ReactNode {
  const { grid, box, limits, cursor } = props
  const window: TimeWindow = { from: grid.fromNs, to: Math.round(grid.fromNs + grid.columns * grid.columnNs) - 1 }
  const { hovered, drag, handlers } = useCellDrag<HeatCell>({
    cellAt: (x, y) => heatCellAt(grid, box, x, y),
    isSame: (one, other) => one.row === other.row && one.column === other.column,
    onHover: props.onHover,
    onDrop: (over) => {
      const isClick = Math.abs(over.from.column - over.to.column) < 2 && Math.abs(over.from.row - over.to.row) < 2
      if (isClick) props.onOpen(over.from)
      else props.onBrush(...stretchOf(over, props))
    },
  })
  const setSurface = useWheelSteps({
    onStep: (steps, { x }, isSideways) => {
      const span = window.to - window.from
      if (isSideways) return panBy(window, (span * steps) / 8, limits)
      const at = window.from + ((x - xOfTime(props, window.from)) / Math.max(1, box.width - box.gutter)) * span
      return zoomAt(window, at, 2 ** (steps / 2), limits)
    },
    onPreview: props.onPreview,
    onRest: props.onWindow,
  })
  const keyed = (key: string): boolean => {
    const moved = heatCellAfterKey(key, cursor, grid)
    if (moved) props.onCursor(moved)
    else if (key === 'Enter' && cursor) props.onOpen(cursor)
    else if (key === '0') props.onReset()
    else {
      const at = cursor ? timeOfColumn(grid, cursor.column).from : (window.from + window.to) / 2
      const next = windowAfterKey(key, at, window, limits)
      if (next) props.onWindow(next)
      return next !== undefined
    }
    return true
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a drawing that takes keys is an application
    <div
      ref={setSurface}
      className={styles.plot}
      style={{ width: box.width, height: box.height }}
      role="application"
      aria-roledescription="PFN by time"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is one tab stop, and arrows move in it
      tabIndex={0}
      data-heat=""
      {...handlers}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !keyed(typedCharacter(event))) return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <HeatCanvas
        width={box.width}
        height={box.height}
        on={[grid, box.gutter, props.scale, props.marks, props.losses, props.selectedRow]}
        paint={(into, brushes) => paintHeat(into, props, brushes)}
      />
      <HeatCanvas
        className={styles.over}
        width={box.width}
        height={box.height}
        on={[grid, hovered, drag, cursor]}
        paint={(into, brushes) => paintCrosshair(into, props, brushes, { hovered, cursor, drag })}
      />
    </div>
  )
}

/** w s + − zoom, a d pan; `undefined` for keys that are not the plot's: large letters are actions of the page. */
function windowAfterKey(key: string, at: number, window: TimeWindow, limits: WindowLimits): TimeWindow | undefined {
  const pan = (share: number): TimeWindow => panBy(window, (window.to - window.from) * share, limits)
  if (key === 'w' || key === '+' || key === '=') return zoomAt(window, at, 0.5, limits)
  if (key === 's' || key === '-') return zoomAt(window, at, 2, limits)
  if (key === 'a') return pan(-0.25)
  return key === 'd' ? pan(0.25) : undefined
}

function stretchOf({ from, to }: CellDrag<HeatCell>, { grid }: HeatDrawing): readonly [PfnSpan, TimeWindow] {
  const [low, high] = [Math.min(from.row, to.row), Math.max(from.row, to.row)]
  const [left, right] = [Math.min(from.column, to.column), Math.max(from.column, to.column)]
  return [
    { startPfn: pagesOfRow(grid, low).startPfn, endPfn: pagesOfRow(grid, high).endPfn },
    { from: timeOfColumn(grid, left).from, to: timeOfColumn(grid, right).to },
  ]
}
