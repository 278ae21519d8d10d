import { type ReactNode } from 'react'
import styles from './sparkline.module.css'

interface LogHistogramProps {
  /** Counts by step of a logarithmic scale: durations that ended, and those with an end that was not seen. */
  readonly closed: readonly number[]
  readonly open: readonly number[]
  /** Where the threshold stands among the steps; 0 without one. */
  readonly threshold: number
  /** The same in words. */
  readonly label: string
}

const STEP_PX = 7
const HEIGHT_PX = 18
/** Of the hatch that tells open durations from ended ones; see `OpenHatch`. */
const HATCH_ID = 'pattern-open-hold'

/** How long things lasted, on a logarithmic scale: ended ones solid, those still open hatched on top, the threshold a line. */
export function LogHistogram({ closed, open, threshold, label }: LogHistogramProps): ReactNode {
  const width = closed.length * STEP_PX
  const most = Math.max(1, ...closed.map((count, step) => count + open[step]))
  const isBelow = (step: number): boolean => step + 1 <= threshold
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing is no file
    <svg className={styles.chart} role="img" aria-label={label} width={width} height={HEIGHT_PX}>
      <path className={styles.base} d={`M0 ${HEIGHT_PX - 0.5}H${width}`} />
      {closed.map((count, step) => {
        if (count + open[step] === 0) return undefined
        const [ended, all] = [heightOf(count, most), heightOf(count + open[step], most)]
        const unended = open[step] === 0 ? 0 : Math.max(3, all - ended)
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a step is its place on the scale
          <g key={step} className={isBelow(step) ? styles.below : undefined}>
            <path className={styles.bars} d={bar(step, 0, ended)} />
            {unended > 0 && (
              <path
                className={styles.open}
                fill={`url(#${HATCH_ID})`}
                d={bar(step, Math.min(ended, HEIGHT_PX - 5), unended)}
              />
            )}
          </g>
        )
      })}
      {threshold > 0 && <path className={styles.threshold} d={`M${threshold * STEP_PX} 0V${HEIGHT_PX}`} />}
    </svg>
  )
}

/** Roots, so that one hold is seen beside a thousand: heights tell more from fewer, the label how many. */
function heightOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(2, Math.round(Math.sqrt(count / most) * (HEIGHT_PX - 2)))
}

function bar(step: number, from: number, height: number): string {
  return height === 0 ? '' : `M${step * STEP_PX + 0.5} ${HEIGHT_PX - 1 - from}v${-height}h${STEP_PX - 2}v${height}z`
}

/** The hatch of open durations: once in a page that draws histograms. */
export function OpenHatch(): ReactNode {
  return (
    <svg width="0" height="0" aria-hidden="true" style={{ position: 'absolute' }}>
      <defs>
        <pattern id={HATCH_ID} width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" style={{ fill: 'var(--surface)' }} />
          <path d="M-1 1L1 -1M0 4L4 0M3 5L5 3" style={{ stroke: 'var(--ink)', strokeWidth: 1 }} />
        </pattern>
      </defs>
    </svg>
  )
}
