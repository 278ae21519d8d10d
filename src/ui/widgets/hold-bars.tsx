import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { CLASS_STYLES, type ReferenceClassId } from '../theme/class-style.ts'
import { PLOT_INSETS, timeScale } from './chart-scale.ts'
import { layHold } from './hold-layout.ts'
import styles from './hold-bars.module.css'
import { type TimeWindow } from './time-window.ts'
import { useWidth } from './use-width.ts'

/** A hold to draw. */
export interface HoldBar {
  readonly id: string
  readonly class: ReferenceClassId
  /** Absent when the get lies before the trace. */
  readonly fromNs?: number
  /** Absent when no put was seen. */
  readonly toNs?: number
  /** `do_tee  ts-mux-64-512`. */
  readonly label: string
  /** `836.865 ms`, `at least 2.186 s`. */
  readonly duration: string
  /** Everything in one sentence, for the tooltip and for those who do not see the bar. */
  readonly sentence: string
}

interface HoldBarsProps {
  readonly label: string
  readonly holds: readonly HoldBar[]
  /** Holds there are, when only some are listed. */
  readonly total: number
  readonly window: TimeWindow
  readonly selectedId?: string
  readonly hoverNs?: number
  readonly onSelect: (id: string) => void
  readonly isLoading?: boolean
}

/** Bars of holds under the chart, on its time scale. Ends that were not seen are drawn open. Arrow keys go through them. */
export function HoldBars({
  label,
  holds,
  total,
  window,
  selectedId,
  hoverNs,
  onSelect,
  isLoading,
}: HoldBarsProps): ReactNode {
  const [setBox, width] = useWidth()
  const [active, setActive] = useState(0)
  const scale = timeScale(window, width)
  const plot = { leftPx: PLOT_INSETS.left, rightPx: width - PLOT_INSETS.right }
  const stop = Math.min(active, Math.max(0, holds.length - 1))
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -holds.length, End: holds.length }[event.key]
    if (step === undefined) return
    const next = Math.min(Math.max(stop + step, 0), holds.length - 1)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className={styles.box} aria-label={label}>
      <h3 className={styles.heading}>
        holds {total}
        {holds.length < total && <span className={styles.dim}> the longest {holds.length} are drawn</span>}
        {isLoading && <span className={styles.dim}> looking…</span>}
      </h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- moves among the buttons in it */}
      <ul ref={setBox} className={styles.list} onKeyDown={onKeyDown}>
        {holds.map((hold, position) => {
          const laid = layHold(hold, scale, plot)
          const { color, glyph, patternId, label: className } = CLASS_STYLES[hold.class]
          return (
            <li key={hold.id}>
              <button
                type="button"
                className={styles.row}
                tabIndex={position === stop ? 0 : -1}
                aria-pressed={hold.id === selectedId}
                aria-label={hold.sentence}
                title={hold.sentence}
                onFocus={() => setActive(position)}
                onClick={() => onSelect(hold.id)}
              >
                <span className={styles.glyph} style={{ color }} title={className}>
                  {glyph}
                </span>
                <svg className={styles.svg} width={width} height={20} aria-hidden="true">
                  <path d={laid.path} fill={`url(#${patternId})`} style={{ stroke: color }} />
                  {hoverNs !== undefined && (
                    <line
                      className={styles.crosshair}
                      x1={scale.toPx(hoverNs)}
                      x2={scale.toPx(hoverNs)}
                      y1={0}
                      y2={20}
                    />
                  )}
                </svg>
                <span className={styles.label} data-side={laid.side} style={laid.labelStyle}>
                  {hold.label} <span className={styles.dim}>{hold.duration}</span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
