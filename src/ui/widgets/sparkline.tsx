import { type ReactNode } from 'react'
import { LOSS_STYLE } from '../theme/class-style.ts'
import styles from './sparkline.module.css'

interface SparklineProps {
  /** One count a slice of time. */
  readonly counts: readonly number[]
  /** Slices in which events were lost. */
  readonly lost: readonly number[]
  /** There are some from before the first slice: a mark at the left edge. */
  readonly hasBefore: boolean
  /** The same in words. */
  readonly label: string
}

const SLICE_PX = 3.5
const HEIGHT_PX = 18
/** Left of the first slice. */
const GUTTER_PX = 8

/** Counts over time as bars, each row to its own highest; what was lost is hatched, never blank. */
export function Sparkline({ counts, lost, hasBefore, label }: SparklineProps): ReactNode {
  const width = counts.length * SLICE_PX
  const most = Math.max(1, ...counts)
  const bars = counts.map((count, slice) => barOf(count, most, slice)).join('')
  return (
    <svg
      className={styles.chart}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing is no file
      role="img"
      aria-label={label}
      width={width + GUTTER_PX}
      height={HEIGHT_PX}
      viewBox={`${-GUTTER_PX} 0 ${width + GUTTER_PX} ${HEIGHT_PX}`}
    >
      {hasBefore && <path className={styles.bars} d="M-2 5L-7 9L-2 13Z" />}
      {lost.map((slice) => (
        <rect
          key={slice}
          x={slice * SLICE_PX}
          width={SLICE_PX}
          height={HEIGHT_PX - 1}
          fill={`url(#${LOSS_STYLE.patternId})`}
        />
      ))}
      <path className={styles.base} d={`M0 ${HEIGHT_PX - 0.5}H${width}`} />
      <path className={styles.bars} d={bars} />
    </svg>
  )
}

/** A bar is never lower than 2 px: one hold is seen beside a thousand. */
function barOf(count: number, most: number, slice: number): string {
  if (count === 0) return ''
  const height = Math.max(2, Math.round((count / most) * (HEIGHT_PX - 2)))
  return `M${slice * SLICE_PX} ${HEIGHT_PX - 1}v${-height}h${SLICE_PX - 0.5}v${height}z`
}
