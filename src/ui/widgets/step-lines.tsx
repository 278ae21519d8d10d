import { memo, type ReactNode, useMemo } from 'react'
import { ComposedChart, Line, XAxis, YAxis } from 'recharts'
import { CLASS_STYLES, type LayerStyleId } from '../theme/class-style.ts'
import { countScale, linearScale, PLOT_INSETS, timeScale } from './chart-scale.ts'
import { StepAreas } from './step-areas.tsx'
import styles from './step-chart.module.css'
import { columnPath, type LineLook, thinnedRows } from './step-columns.ts'
import { type StepPoint } from './step-point.ts'
import { rowsAround, rowsOf } from './step-rows.ts'
import { type TimeWindow } from './time-window.ts'
import { useLentName } from './use-lent-name.ts'

interface StepLinesProps {
  /** Of the whole chart. */
  readonly width: number
  readonly height: number
  /** What is seen. */
  readonly window: TimeWindow
  /** What the points tell of: the picture is drawn for it once, and moved and stretched to what is seen. */
  readonly told: TimeWindow
  readonly points: readonly StepPoint[]
  /** What counts are made of, bottom first. */
  readonly layers: readonly LayerStyleId[]
  /** Until when the last count is known to stand. */
  readonly endNs: number
  readonly counts: { readonly low: number; readonly high: number }
}

/**
 * The lines and areas. Drawn when the data change and never for a gesture, which only moves the picture: a drag or a turn
 * of the wheel costs the same however many points there are. What the data do not tell of stays empty.
 */
export function StepLines({ window, told, ...picture }: StepLinesProps): ReactNode {
  const { left, right, bottom } = PLOT_INSETS
  const name = useLentName()
  const width = Math.max(1, picture.width - left - right)
  const stretch = (told.to - told.from) / Math.max(1, window.to - window.from)
  const shift = timeScale(window, picture.width).toPx(told.from) - left
  return (
    <div className={styles.lines} style={{ left, width, height: picture.height - bottom }}>
      <div className={styles.picture} style={{ transform: `translateX(${shift}px) scaleX(${stretch})` }}>
        {name !== undefined && <Picture {...picture} width={width} told={told} name={name} />}
      </div>
    </div>
  )
}

const MARGIN = { top: PLOT_INSETS.top, right: 0, bottom: 0, left: 0 }

/** More rows than that are drawn as one path a line, by columns of pixels: what recharts makes of each row, and the strokes around them, a zoom cannot wait for. */
const MOST_ROWS = 400

interface PictureProps extends Omit<StepLinesProps, 'window'> {
  /** Of the picture: no other one on the page has it. */
  readonly name: string
}

/** `width` is that of the plot. */
const Picture = memo(function Picture(props: PictureProps): ReactNode {
  const { width, height, told, counts, points, layers, endNs, name } = props
  const rows = useMemo(() => rowsAround(rowsOf(points, endNs), told), [points, endNs, told])
  const size = { width, height: height - PLOT_INSETS.bottom }
  const scales = {
    x: linearScale(told.from, told.to, 0, width),
    y: countScale(counts.low, counts.high, height),
    width,
  }
  if (rows.length > MOST_ROWS) {
    return (
      <svg {...size} className={styles.dense}>
        <StepAreas rows={thinnedRows(rows, scales)} layers={layers} x={scales.x} y={scales.y} isDense />
        <path d={columnPath(rows, (row) => row.expected, scales, DENSE_EXPECTED)} fill="var(--ink)" />
        <path d={columnPath(rows, (row) => row.mapcount, scales, DENSE_MAPCOUNT)} fill={MAPCOUNT.stroke} />
        <path d={columnPath(rows, (row) => row.height, scales, DENSE_COUNT)} fill={COUNT.stroke} />
      </svg>
    )
  }
  return (
    <ComposedChart {...size} data={rows} margin={MARGIN} accessibilityLayer={false}>
      <XAxis
        type="number"
        dataKey="ns"
        domain={[told.from, told.to]}
        allowDataOverflow
        interval={0}
        ticks={NONE}
        hide
      />
      <YAxis type="number" domain={[counts.low, counts.high]} allowDataOverflow interval={0} ticks={NONE} hide />
      <StepAreas rows={rows} layers={layers} x={scales.x} y={scales.y} />
      <Line id={`${name}-mapcount`} dataKey="mapcount" {...MAPCOUNT} {...STEP} />
      <Line id={`${name}-height`} dataKey="height" {...COUNT} {...STEP} />
    </ComposedChart>
  )
}, isSamePicture)

const MAPCOUNT = { stroke: CLASS_STYLES.mapping.color, strokeDasharray: '5 3', strokeWidth: 1.5, fill: 'none' } as const
const COUNT = { stroke: 'var(--ink)', strokeWidth: 1.5, fill: 'none' } as const
const DENSE_COUNT: LineLook = { thickness: 1.5 }
const DENSE_MAPCOUNT: LineLook = { thickness: 1.5, dash: [5, 3] }
const DENSE_EXPECTED: LineLook = { thickness: 2, dash: [1, 3] }
const NONE: number[] = []
const STEP = { type: 'stepAfter', dot: false, activeDot: false, isAnimationActive: false, connectNulls: false } as const

/** Windows and spans of counts are made anew for each drawing: their values are compared. */
function isSamePicture(one: PictureProps, other: PictureProps): boolean {
  return (
    one.name === other.name &&
    one.points === other.points &&
    one.layers === other.layers &&
    one.width === other.width &&
    one.height === other.height &&
    one.endNs === other.endNs &&
    one.told.from === other.told.from &&
    one.told.to === other.told.to &&
    one.counts.low === other.counts.low &&
    one.counts.high === other.counts.high
  )
}
