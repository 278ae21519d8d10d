import { type KeyboardEvent, type PointerEvent, type ReactNode, type Ref, useId, useRef, useState } from 'react'
import { PLOT_INSETS, timeScale } from './chart-scale.ts'
import { histogramKey, type HistogramCursor, logHeight } from './histogram-steps.ts'
import styles from './time-histogram.module.css'
import { type TimeWindow } from './time-window.ts'

/** A moment that is marked. */
export interface HistogramMark {
  readonly ns: number
  readonly label: string
}

interface TimeHistogramProps {
  readonly label: string
  readonly width: number
  /** What the stretches cover, both ends. */
  readonly extent: TimeWindow
  /** Events of each stretch: all, and those of them that match. */
  readonly all: readonly number[]
  readonly matching: readonly number[]
  readonly losses: readonly (TimeWindow & { readonly label: string })[]
  readonly marks: readonly HistogramMark[]
  readonly ticks: readonly { readonly ns: number; readonly text: string }[]
  /** The interval that is in force. */
  readonly selected?: TimeWindow
  /** Where counting has come to; what lies behind is not counted yet. */
  readonly countedTo?: number
  /** A time as the file prints it. */
  readonly timeText: (ns: number) => string
  readonly onSelect: (window: TimeWindow | undefined) => void
  readonly svgRef: Ref<SVGSVGElement>
}

/** Height of the chart, px. */
const HEIGHT = 84
const TOP = 12
const BOTTOM = HEIGHT - PLOT_INSETS.bottom
/** Width of a character of the axis: a label that would be cut at the edge is left out. */
const AXIS_CHAR_PX = 7.3
/** Below this a drag is a click, px. */
const CLICK_PX = 4

/**
 * Events over time: all of them dim, those that match over them. Dragging selects an interval, and so do the arrow keys
 * with Shift and Enter; Esc drops it. Heights are logarithmic, so that one event among millions is seen.
 */
export function TimeHistogram({ svgRef, ...props }: TimeHistogramProps): ReactNode {
  const { all, matching, extent, width, selected } = props
  const id = useId()
  const [cursor, setCursor] = useState<HistogramCursor>()
  const [brush, setBrush] = useState<TimeWindow>()
  const drag = useRef<number>(undefined)
  const x = timeScale(extent, width)
  const most = all.reduce((so, count) => Math.max(so, count), 1)
  const edge = (at: number): number => extent.from + ((extent.to - extent.from) * at) / all.length
  const stretchOf = ({ at, anchor }: HistogramCursor): TimeWindow => ({
    from: Math.ceil(edge(Math.min(at, anchor))),
    to: Math.max(at, anchor) + 1 === all.length ? extent.to : Math.ceil(edge(Math.max(at, anchor) + 1)) - 1,
  })
  const nsAt = (event: PointerEvent<SVGSVGElement>): number => {
    const ns = Math.round(x.toValue(event.clientX - event.currentTarget.getBoundingClientRect().left))
    return Math.min(extent.to, Math.max(extent.from, ns))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' && cursor) props.onSelect(stretchOf(cursor))
    else if (event.key === 'Escape' && (cursor || selected)) {
      setCursor(undefined)
      props.onSelect(undefined)
    } else {
      const next = histogramKey(event.key, event.shiftKey, cursor, all.length)
      if (!next) return
      setCursor(next)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const pointed = cursor && stretchOf(cursor)
  const shown = brush ?? pointed
  const said = shown ?? selected
  return (
    <div className={styles.box}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a slider: its keys are told below */}
      <svg
        ref={svgRef}
        className={styles.chart}
        width={width}
        height={HEIGHT}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no input draws a chart
        role="slider"
        tabIndex={0}
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, all.length - 1)}
        aria-valuenow={cursor?.at ?? 0}
        aria-valuetext={said ? words(props, said, edge) : 'no interval selected'}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          drag.current = nsAt(event)
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={(event) => {
          if (drag.current === undefined) return
          const ns = nsAt(event)
          setBrush({ from: Math.min(drag.current, ns), to: Math.max(drag.current, ns) })
        }}
        onPointerUp={(event) => {
          if (drag.current === undefined) return
          const began = drag.current
          const ns = nsAt(event)
          drag.current = undefined
          setBrush(undefined)
          setCursor(undefined)
          const isDrag = Math.abs(x.toPx(ns) - x.toPx(began)) >= CLICK_PX
          if (isDrag) props.onSelect({ from: Math.min(began, ns), to: Math.max(began, ns) })
        }}
        onPointerCancel={() => {
          drag.current = undefined
          setBrush(undefined)
        }}
      >
        <defs>
          <pattern id={`${id}-loss`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className={styles.hatch} width="1.5" height="6" />
          </pattern>
        </defs>
        <text className={styles.axis} x={PLOT_INSETS.left - 6} y={TOP + 8} textAnchor="end">
          {most}
        </text>
        <text className={styles.axis} x={PLOT_INSETS.left - 6} y={BOTTOM} textAnchor="end">
          0
        </text>
        <line className={styles.base} x1={PLOT_INSETS.left} x2={width - PLOT_INSETS.right} y1={BOTTOM} y2={BOTTOM} />
        <path className={styles.all} d={bars(all, most, (at) => x.toPx(edge(at)))} />
        <path className={styles.matching} d={bars(matching, most, (at) => x.toPx(edge(at)))} />
        {props.losses.map((loss) => (
          <rect
            key={`${loss.from} ${loss.to} ${loss.label}`}
            x={x.toPx(loss.from)}
            y={TOP}
            width={Math.max(3, x.toPx(loss.to) - x.toPx(loss.from))}
            height={BOTTOM - TOP}
            fill={`url(#${id}-loss)`}
          >
            <title>{loss.label}</title>
          </rect>
        ))}
        {props.countedTo !== undefined && (
          <rect
            className={styles.uncounted}
            x={x.toPx(props.countedTo)}
            y={TOP}
            width={Math.max(0, width - PLOT_INSETS.right - x.toPx(props.countedTo))}
            height={BOTTOM - TOP}
          />
        )}
        {props.marks.map(({ ns, label }) => (
          <g key={`${ns} ${label}`} className={styles.mark}>
            <title>{`${label} at ${props.timeText(ns)}`}</title>
            <line x1={x.toPx(ns)} x2={x.toPx(ns)} y1={TOP} y2={BOTTOM} />
            <text x={x.toPx(ns)} y={TOP - 2} textAnchor="middle">
              ⨯
            </text>
          </g>
        ))}
        {selected && <Interval window={selected} x={x} className={styles.selected} />}
        {shown && <Interval window={shown} x={x} className={styles.brush} />}
        {props.ticks
          .filter(({ ns, text }) => x.toPx(ns) + (text.length * AXIS_CHAR_PX) / 2 <= width)
          .map(({ ns, text }) => (
            <text key={ns} className={styles.axis} x={x.toPx(ns)} y={HEIGHT - 8} textAnchor="middle">
              {text}
            </text>
          ))}
      </svg>
      <output className={styles.readout}>{said ? words(props, said, edge) : ''}</output>
    </div>
  )
}

function Interval({
  window,
  x,
  className,
}: {
  readonly window: TimeWindow
  readonly x: ReturnType<typeof timeScale>
  readonly className: string
}): ReactNode {
  const left = x.toPx(window.from)
  return (
    <rect className={className} x={left} y={TOP} width={Math.max(2, x.toPx(window.to) - left)} height={BOTTOM - TOP} />
  )
}

function bars(counts: readonly number[], most: number, leftOf: (at: number) => number): string {
  return counts
    .map((count, at) => {
      const high = logHeight(count, most, BOTTOM - TOP)
      if (high === 0) return ''
      const left = leftOf(at)
      const wide = Math.max(1, leftOf(at + 1) - left)
      return `M${left.toFixed(1)} ${BOTTOM}v${(-high).toFixed(1)}h${wide.toFixed(1)}v${high.toFixed(1)}z`
    })
    .join('')
}

/** Whole stretches in a window, or those that touch it: what is drawn there. */
function words(
  { timeText, all, matching }: Pick<TimeHistogramProps, 'timeText' | 'all' | 'matching'>,
  window: TimeWindow,
  edge: (at: number) => number,
): string {
  let some = 0
  let of = 0
  for (let at = 0; at < all.length; at++) {
    if (edge(at + 1) <= window.from || edge(at) > window.to) continue
    some += matching[at]
    of += all[at]
  }
  return `${timeText(window.from)} … ${timeText(window.to)}: about ${some} of ${of} events match`
}
