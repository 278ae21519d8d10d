import { memo, type ReactNode } from 'react'
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts'
import { PLOT_INSETS, type Scale } from './chart-scale.ts'
import styles from './step-chart.module.css'
import { countTicks, type TimeTick } from './time-ticks.ts'

interface CountFrameProps {
  readonly width: number
  readonly height: number
  readonly low: number
  readonly high: number
}

const MARGIN = { top: PLOT_INSETS.top, right: PLOT_INSETS.right, bottom: 0, left: 0 }
const TICK = { fontFamily: 'var(--font-data)', fontSize: 12, fill: 'var(--ink-dim)' }
/** Room for the text of one, px. */
const TICK_ROOM_PX = 16
const MOST_TICKS = 6
/** Keeps the grid from measuring a text for every point: it has no vertical lines, see recharts' CartesianGrid. */
const noVertical = (): number[] => []
const NO_TICKS: number[] = []
const NO_ROWS: { ns: number }[] = [{ ns: 0 }]

/** The axis of references and the grid: the same however the window moves. */
export const CountFrame = memo(function CountFrame({ width, height, low, high }: CountFrameProps): ReactNode {
  const room = Math.floor((height - PLOT_INSETS.top - PLOT_INSETS.bottom) / TICK_ROOM_PX)
  return (
    <ComposedChart width={width} height={height} data={NO_ROWS} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} verticalCoordinatesGenerator={noVertical} stroke="var(--line-color)" />
      <XAxis
        type="number"
        dataKey="ns"
        domain={[0, 1]}
        allowDataOverflow
        interval={0}
        ticks={NO_TICKS}
        height={PLOT_INSETS.bottom}
        stroke="var(--line-strong)"
      />
      <YAxis
        type="number"
        domain={[low, high]}
        allowDataOverflow
        interval={0}
        ticks={[...countTicks(low, high, Math.max(2, Math.min(MOST_TICKS, room)))]}
        tick={TICK}
        width={PLOT_INSETS.left}
        stroke="var(--line-strong)"
      />
    </ComposedChart>
  )
})

interface TimeFrameProps {
  readonly width: number
  readonly height: number
  readonly x: Scale
  readonly ticks: readonly TimeTick[]
  /** Moments marked over the whole height. */
  readonly marks: readonly number[]
}

const TICK_PX = 6

/** The ticks of time and the marked moments: they move with the window, in each frame of a gesture. */
export function TimeFrame({ width, height, x, ticks, marks }: TimeFrameProps): ReactNode {
  const bottom = height - PLOT_INSETS.bottom
  const isSeen = (px: number): boolean => px >= PLOT_INSETS.left && px <= width - PLOT_INSETS.right
  return (
    <svg className={styles.overlay} width={width} height={height} aria-hidden="true">
      {ticks.map(({ ns, text }) => {
        const px = x.toPx(ns)
        return (
          <g key={ns}>
            <line x1={px} x2={px} y1={bottom} y2={bottom + TICK_PX} stroke="var(--line-strong)" />
            <text className={styles.tick} x={px} y={bottom + TICK_PX + 12} textAnchor="middle">
              {text}
            </text>
          </g>
        )
      })}
      {marks
        .map((ns) => ({ ns, px: x.toPx(ns) }))
        .filter(({ px }) => isSeen(px))
        .map(({ ns, px }) => (
          <line key={ns} x1={px} x2={px} y1={PLOT_INSETS.top} y2={bottom} stroke="var(--ink)" strokeDasharray="4 3" />
        ))}
    </svg>
  )
}
