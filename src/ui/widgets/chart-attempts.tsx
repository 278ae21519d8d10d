import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { CLASS_STYLES } from '../theme/class-style.ts'
import { type ChartAttempt, countWords, type ToldMoment } from './chart-attempt.ts'
import { type AttemptCluster, clusterAttempts, layLanes } from './chart-attempts-layout.ts'
import styles from './chart-attempts.module.css'
import { PLOT_INSETS, timeScale } from './chart-scale.ts'
import { type TimeWindow } from './time-window.ts'
import { useWidth } from './use-width.ts'

interface AttemptBarsProps {
  readonly label: string
  readonly attempts: readonly ChartAttempt[]
  /** Attempts there are, when only some are given. */
  readonly total: number
  readonly window: TimeWindow
  /** Id of the attempt that the selected event begins. */
  readonly selectedId?: string
  readonly hoverNs?: number
  /** An attempt is pointed at or focused, or no longer: its start, and its sentence for the chart's readout. */
  readonly onTell: (told: ToldMoment | undefined) => void
  readonly onSelect: (id: string) => void
}

/**
 * Attempts to move the page as bars under the holds, one row a task, on the chart's time scale. Attempts too close to be
 * told apart are one bar that says how many it stands for. Arrow keys go through the bars.
 */
export function AttemptBars(props: AttemptBarsProps): ReactNode {
  const { attempts, total, window, hoverNs, onTell } = props
  const [setBox, width] = useWidth()
  const [active, setActive] = useState(0)
  const lanes = useMemo(
    () => layLanes(clusterAttempts(attempts, timeScale(window, width)), width - PLOT_INSETS.right),
    [attempts, window, width],
  )
  const clusters = lanes.flatMap((lane) => lane.clusters)
  const stop = Math.min(active, Math.max(0, clusters.length - 1))
  const show = (cluster: AttemptCluster | undefined) =>
    onTell(cluster && { ns: cluster.attempts[0].fromNs, words: clusterWords(cluster) })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    const next = Math.min(Math.max(stop + step, 0), clusters.length - 1)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  if (total === 0) return null
  const isHovered = hoverNs !== undefined && hoverNs >= window.from && hoverNs <= window.to
  return (
    <section className={styles.box} aria-label={props.label}>
      <h2 className={styles.heading}>
        attempts to move it {total} <span className={styles.dim}>{countWords(attempts)}</span>
        {attempts.length < total && <span className={styles.dim}>, the first {attempts.length} are drawn</span>}
      </h2>
      <div className={styles.scroll}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-static-element-interactions -- moves among the buttons in it */}
        <div ref={setBox} className={styles.lanes} onKeyDown={onKeyDown}>
          {lanes.map((lane) => (
            <ul key={lane.task} className={styles.lane} aria-label={`by ${lane.task}`}>
              {lane.clusters.map((cluster) => {
                const at = clusters.indexOf(cluster)
                return (
                  <li key={cluster.attempts[0].id}>
                    <Bar
                      cluster={cluster}
                      isTabStop={at === stop}
                      isSelected={cluster.attempts.some(({ id }) => id === props.selectedId)}
                      onShow={show}
                      onFocus={() => setActive(at)}
                      onSelect={props.onSelect}
                    />
                  </li>
                )
              })}
              <li className={styles.label} style={lane.labelStyle} aria-hidden="true">
                {lane.label}
              </li>
            </ul>
          ))}
          {isHovered && <div className={styles.crosshair} style={{ left: timeScale(window, width).toPx(hoverNs) }} />}
        </div>
      </div>
    </section>
  )
}

const STEPS: Readonly<Record<string, number | undefined>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
}

interface BarProps {
  readonly cluster: AttemptCluster
  readonly isTabStop: boolean
  readonly isSelected: boolean
  readonly onShow: (cluster: AttemptCluster | undefined) => void
  readonly onFocus: () => void
  readonly onSelect: (id: string) => void
}

function Bar({ cluster, isTabStop, isSelected, onShow, onFocus, onSelect }: BarProps): ReactNode {
  const words = clusterWords(cluster)
  return (
    <button
      type="button"
      className={styles.attempt}
      style={{
        left: cluster.leftPx,
        width: cluster.rightPx - cluster.leftPx,
        borderColor: CLASS_STYLES.migration.color,
      }}
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={isSelected}
      aria-label={words}
      title={words}
      onFocus={() => {
        onFocus()
        onShow(cluster)
      }}
      onBlur={() => onShow(undefined)}
      onPointerEnter={() => onShow(cluster)}
      onPointerLeave={() => onShow(undefined)}
      onClick={() => onSelect(cluster.attempts[0].id)}
    >
      {cluster.glyphs}
    </button>
  )
}

/** One attempt in its own words; several as how many of each end, and the first of them. */
function clusterWords({ attempts }: AttemptCluster): string {
  if (attempts.length === 1) return attempts[0].sentence
  return `${attempts.length} attempts, ${countWords(attempts)}: zoom in to tell them apart. The first: ${attempts[0].sentence}`
}
