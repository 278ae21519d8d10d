import { memo, type ReactNode, useMemo } from 'react'
import { CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts'
import { CLASS_STYLES, type LayerStyleId } from '../theme/class-style.ts'
import { countScale, PLOT_INSETS, timeScale } from './chart-scale.ts'
import { StepAreas } from './step-areas.tsx'
import { type StepPoint } from './step-point.ts'
import { rowsAround, rowsOf } from './step-rows.ts'
import { countTicks, type TimeTick } from './time-ticks.ts'
import { type TimeWindow } from './time-window.ts'

interface StepLinesProps {
  readonly width: number
  readonly height: number
  readonly window: TimeWindow
  readonly points: readonly StepPoint[]
  /** What counts are made of, bottom first. */
  readonly layers: readonly LayerStyleId[]
  /** Until when the last count is known to stand. */
  readonly endNs: number
  readonly counts: { readonly low: number; readonly high: number }
  readonly ticks: readonly TimeTick[]
  readonly marks: readonly number[]
}

const MARGIN = { top: PLOT_INSETS.top, right: PLOT_INSETS.right, bottom: 0, left: 0 }
const TICK = { fontFamily: 'var(--font-data)', fontSize: 12, fill: 'var(--ink-dim)' }
/** Keeps the grid from measuring a text for every point: it has no vertical lines, see recharts' CartesianGrid. */
const noVertical = (): number[] => []

/** The lines themselves: steps are steps. Drawn again only when data or window change, never on hover. */
export const StepLines = memo(function StepLines(props: StepLinesProps): ReactNode {
  const { window, counts, points, layers, endNs } = props
  const all = useMemo(() => rowsOf(points, endNs), [points, endNs])
  const rows = useMemo(() => rowsAround(all, window), [all, window])
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
      <StepAreas
        width={props.width}
        height={props.height}
        rows={rows}
        layers={layers}
        x={timeScale(window, props.width)}
        y={countScale(counts.low, counts.high, props.height)}
      />
      <Line dataKey="mapcount" stroke={CLASS_STYLES.mapping.color} strokeDasharray="5 3" strokeWidth={1.5} {...STEP} />
      <Line dataKey="height" stroke="var(--ink)" strokeWidth={1.5} {...STEP} />
    </ComposedChart>
  )
})

const STEP = { type: 'stepAfter', dot: false, activeDot: false, isAnimationActive: false, connectNulls: false } as const
