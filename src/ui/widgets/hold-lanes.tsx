import { memo, type ReactNode } from 'react'
import { CLASS_STYLES } from '../theme/class-style.ts'
import { PLOT_INSETS, timeScale } from './chart-scale.ts'
import { type HoldBar } from './hold-bars.tsx'
import { packHolds } from './hold-lanes-layout.ts'
import styles from './step-strip.module.css'
import { type TimeWindow } from './time-window.ts'

interface HoldLanesProps {
  readonly holds: readonly HoldBar[]
  readonly window: TimeWindow
  readonly width: number
}

const LANES = 3
const LANE_PX = 7

/** Holds collapsed to thin bars in a few lanes, unexpected ones first: when they were, not what each is. */
export const HoldLanes = memo(function HoldLanes({ holds, window, width }: HoldLanesProps): ReactNode {
  const plot = { leftPx: PLOT_INSETS.left, rightPx: width - PLOT_INSETS.right }
  const { bars, hidden } = packHolds(holds, timeScale(window, width), plot, LANES)
  return (
    <svg className={styles.lanes} width={width} height={LANES * LANE_PX} aria-hidden="true">
      {bars.map(({ hold, lane, leftPx, widthPx }) => (
        <rect
          key={hold.id}
          x={leftPx}
          y={lane * LANE_PX + 1.5}
          width={widthPx}
          height={LANE_PX - 2}
          fill={`url(#${CLASS_STYLES[hold.class].patternId})`}
          style={{ stroke: CLASS_STYLES[hold.class].color }}
        >
          <title>{hold.sentence}</title>
        </rect>
      ))}
      {bars.length > 0 && (
        <text className={styles.lanesLabel} x={plot.leftPx - 6} y={15} textAnchor="end">
          {hidden > 0 ? `+${hidden}` : 'holds'}
        </text>
      )}
    </svg>
  )
})
