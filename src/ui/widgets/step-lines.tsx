import { memo, type ReactNode, useMemo } from 'react'
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts'
import { CLASS_STYLES, EXCESS_STYLE, layerStyle, type LayerStyleId } from '../theme/class-style.ts'
import { PLOT_INSETS } from './chart-scale.ts'
import { excessBand, layerBands } from './step-layers.ts'
import { heightOf, type StepPoint } from './step-point.ts'
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

type Band = [number, number] | undefined

interface Row {
  readonly ns: number
  readonly height: number
  readonly mapcount: number | undefined
  readonly expected: number | undefined
  readonly excess: Band
  /** Of each layer, bottom and top. */
  readonly bands: readonly Band[]
}

const MARGIN = { top: PLOT_INSETS.top, right: PLOT_INSETS.right, bottom: 0, left: 0 }
const TICK = { fontFamily: 'var(--font-data)', fontSize: 12, fill: 'var(--ink-dim)' }
/** Keeps the grid from measuring a text for every point: it has no vertical lines, see recharts' CartesianGrid. */
const noVertical = (): number[] => []

/** The lines themselves: steps are steps. Drawn again only when data or window change, never on hover. */
export const StepLines = memo(function StepLines(props: StepLinesProps): ReactNode {
  const { window, counts, points, layers, endNs } = props
  const rows = useMemo(() => rowsOf(points, endNs), [points, endNs])
  const keys = useMemo(() => layers.map(bandOf), [layers])
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
      {layers.map((id, at) => (
        <Area
          key={id}
          dataKey={keys[at]}
          stroke={layerStyle(id).color}
          strokeWidth={0.5}
          fill={`url(#${layerStyle(id).patternId})`}
          fillOpacity={LAYER_OPACITY}
          {...STEP}
        />
      ))}
      <Area dataKey="excess" stroke="none" fill={`url(#${EXCESS_STYLE.stripesId})`} fillOpacity={1} {...STEP} />
      <Line dataKey="mapcount" stroke={CLASS_STYLES.mapping.color} strokeDasharray="5 3" strokeWidth={1.5} {...STEP} />
      <Line dataKey="expected" stroke="var(--ink)" strokeDasharray="1 3" strokeWidth={2} {...STEP} />
      <Line dataKey="height" stroke="var(--ink)" strokeWidth={1.5} {...STEP} />
    </ComposedChart>
  )
})

const STEP = { type: 'stepAfter', dot: false, activeDot: false, isAnimationActive: false, connectNulls: false } as const

/** Lets the lines over the areas and the grid under them be seen. */
const LAYER_OPACITY = 0.5

/** Reads one layer's band of a row; stable, because recharts compares it. */
function bandOf(_id: LayerStyleId, at: number): (row: Row) => Band {
  return (row) => row.bands[at]
}

/** One row a point, and one more so that the last count is drawn until `endNs`. */
function rowsOf(points: readonly StepPoint[], endNs: number): Row[] {
  const rows = points.map((point): Row => ({
    ns: point.ns,
    height: heightOf(point),
    mapcount: point.mapcount,
    expected: point.expected,
    excess: copied(excessBand(point)),
    bands: layerBands(point).map(copied),
  }))
  const last = rows.at(-1)
  return last && last.ns < endNs ? [...rows, { ...last, ns: endNs }] : rows
}

/** Recharts wants bands that could be written to. */
function copied(band: readonly [number, number] | undefined): Band {
  return band && [band[0], band[1]]
}
