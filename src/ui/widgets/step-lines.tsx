import { memo, type ReactNode, useMemo } from 'react'
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts'
import { CLASS_STYLES } from '../theme/class-style.ts'
import { PLOT_INSETS } from './chart-scale.ts'
import { heightOf, restOf, type StepPoint } from './step-point.ts'
import { countTicks, type TimeTick } from './time-ticks.ts'
import { type TimeWindow } from './time-window.ts'

interface StepLinesProps {
  readonly width: number
  readonly height: number
  readonly window: TimeWindow
  readonly points: readonly StepPoint[]
  /** Until when the last count is known to stand. */
  readonly endNs: number
  readonly counts: { readonly low: number; readonly high: number }
  readonly ticks: readonly TimeTick[]
  readonly marks: readonly number[]
}

interface Row {
  readonly ns: number
  readonly rest: number
  readonly mapcount: number | undefined
  /** From the rest up to the rest with the pins on it. */
  readonly pinned: [number, number] | undefined
}

const MARGIN = { top: PLOT_INSETS.top, right: PLOT_INSETS.right, bottom: 0, left: 0 }
const TICK = { fontFamily: 'var(--font-data)', fontSize: 12, fill: 'var(--ink-dim)' }
/** Keeps the grid from measuring a text for every point: it has no vertical lines, see recharts' CartesianGrid. */
const noVertical = (): number[] => []

/** The lines themselves: steps are steps. Drawn again only when data or window change, never on hover. */
export const StepLines = memo(function StepLines(props: StepLinesProps): ReactNode {
  const { window, counts, points, endNs } = props
  const rows = useMemo(() => rowsOf(points, endNs), [points, endNs])
  const hasPins = rows.some((row) => row.pinned !== undefined)
  const yTicks = useMemo(() => [...countTicks(counts.low, counts.high, 6)], [counts.low, counts.high])
  const textOf = (ns: number) => props.ticks.find((tick) => tick.ns === ns)?.text ?? ''
  return (
    <ComposedChart width={props.width} height={props.height} data={rows} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} verticalCoordinatesGenerator={noVertical} stroke="var(--line-color)" />
      <XAxis
        type="number"
        dataKey="ns"
        domain={[window.from, window.to]}
        allowDataOverflow
        interval={0}
        ticks={props.ticks.map((tick) => tick.ns)}
        tickFormatter={textOf}
        tick={TICK}
        height={PLOT_INSETS.bottom}
        stroke="var(--line-strong)"
      />
      <YAxis
        type="number"
        domain={[counts.low, counts.high]}
        allowDataOverflow
        interval={0}
        ticks={yTicks}
        tick={TICK}
        width={PLOT_INSETS.left}
        stroke="var(--line-strong)"
      />
      {props.marks.map((ns) => (
        <ReferenceLine key={ns} x={ns} stroke="var(--ink)" strokeDasharray="4 3" ifOverflow="hidden" />
      ))}
      {hasPins && (
        <Area
          dataKey="pinned"
          stroke={CLASS_STYLES.gup_pin.color}
          fill={`url(#${CLASS_STYLES.gup_pin.patternId})`}
          fillOpacity={0.4}
          {...STEP}
        />
      )}
      <Line dataKey="mapcount" stroke={CLASS_STYLES.mapping.color} strokeDasharray="5 3" strokeWidth={1.5} {...STEP} />
      <Line dataKey="rest" stroke="var(--ink)" strokeWidth={1.5} {...STEP} />
    </ComposedChart>
  )
})

const STEP = { type: 'stepAfter', dot: false, activeDot: false, isAnimationActive: false, connectNulls: false } as const

/** One row a point, and one more so that the last count is drawn until `endNs`. */
function rowsOf(points: readonly StepPoint[], endNs: number): Row[] {
  const hasPins = points.some((point) => point.pins > 0)
  const rows = points.map((point): Row => ({
    ns: point.ns,
    rest: restOf(point),
    mapcount: point.mapcount,
    pinned: hasPins ? [restOf(point), heightOf(point)] : undefined,
  }))
  const last = rows.at(-1)
  return last && last.ns < endNs ? [...rows, { ...last, ns: endNs }] : rows
}
