import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { type Clock, formatDuration, formatTime } from '../../base/clock.ts'
import { LOSS_STYLE } from '../theme/class-style.ts'
import { type ChartFlag } from './chart-flags.tsx'
import { busiestOf, type ChartLife, layLives, type LifeBand } from './chart-lives-layout.ts'
import { PLOT_INSETS, timeScale } from './chart-scale.ts'
import styles from './chart-lives.module.css'
import { type TimeWindow } from './time-window.ts'
import { useWidth } from './use-width.ts'

interface ChartLivesProps {
  readonly label: string
  /** All of the trace, to scale. */
  readonly span: TimeWindow
  readonly clock: Clock
  /** Ascending in time. */
  readonly lives: readonly ChartLife[]
  /** The life that is shown; 0 for the whole trace. */
  readonly chosen: number
  /** What the chart shows of the span. */
  readonly window: TimeWindow
  readonly flags: readonly ChartFlag[]
  readonly losses: readonly TimeWindow[]
  /** 0 for the whole trace: the chosen life was pressed again. */
  readonly onChoose: (life: number) => void
}

/**
 * The whole trace to scale: the lives of the page as bands, failures, losses hatched, and what of it the chart shows. Arrow
 * keys go through the bands; a press shows one life, another the whole trace again.
 */
export function ChartLives(props: ChartLivesProps): ReactNode {
  const { span, lives, chosen, window, flags, losses, onChoose } = props
  const [setBox, width] = useWidth()
  const [active, setActive] = useState<number>()
  const x = timeScale(span, width)
  const rightPx = width - PLOT_INSETS.right
  const bands = useMemo(() => layLives(lives, timeScale(span, width), width - PLOT_INSETS.right), [lives, span, width])
  const stop = Math.max(
    0,
    bands.findIndex((band) => band.lives.some(({ number }) => number === (active ?? chosen))),
  )
  const inPlot = (ns: number): number => Math.min(Math.max(x.toPx(ns), PLOT_INSETS.left), rightPx)
  const windowPx = { left: inPlot(window.from), width: Math.max(2, inPlot(window.to) - inPlot(window.from)) }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.currentTarget.querySelectorAll('button')[Math.min(Math.max(stop + step, 0), bands.length - 1)]?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className={styles.overview} aria-label={props.label}>
      <p className={styles.caption}>
        whole trace <span className={styles.dim}>{spanWords(span, props.clock)}</span>
      </p>
      <div ref={setBox} className={styles.box}>
        <span className={styles.heading}>{lives.length === 1 ? 'life' : 'lives'}</span>
        <svg className={styles.marks} width={width} height={HEIGHT_PX} aria-hidden="true">
          <line x1={PLOT_INSETS.left} x2={rightPx} y1={MIDDLE_PX} y2={MIDDLE_PX} stroke="var(--line-color)" />
          {losses.map((loss) => (
            <rect
              key={`${loss.from} ${loss.to}`}
              x={inPlot(loss.from)}
              width={Math.max(2, inPlot(loss.to) - inPlot(loss.from))}
              y={0}
              height={HEIGHT_PX}
              fill={`url(#${LOSS_STYLE.patternId})`}
              fillOpacity={0.4}
            />
          ))}
        </svg>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- moves among the buttons in it */}
        <ul className={styles.bands} onKeyDown={onKeyDown}>
          {bands.map((band, at) => (
            <li key={band.lives[0].number}>
              <Band
                band={band}
                isTabStop={at === stop}
                isChosen={band.lives.some(({ number }) => number === chosen)}
                onFocus={() => setActive(band.lives[0].number)}
                onPress={() => {
                  const isChosen = band.lives.some(({ number }) => number === chosen)
                  onChoose(isChosen ? 0 : busiestOf(band).number)
                }}
              />
            </li>
          ))}
        </ul>
        <svg className={styles.over} width={width} height={HEIGHT_PX} aria-hidden="true">
          {flags.map(({ id, ns }) => (
            <line key={id} x1={inPlot(ns)} x2={inPlot(ns)} y1={0} y2={HEIGHT_PX} className={styles.flag} />
          ))}
          <rect x={windowPx.left} width={windowPx.width} y={HEIGHT_PX - 3} height={3} className={styles.window} />
        </svg>
      </div>
    </section>
  )
}

/** Its own first and last time: it is on another scale than the chart. */
function spanWords({ from, to }: TimeWindow, clock: Clock): string {
  const length = formatDuration(to - from, clock.style.unit)
  return `${formatTime(from, clock)} … ${formatTime(to, clock)}  ${length}`
}

const HEIGHT_PX = 22
const MIDDLE_PX = 9

const STEPS: Readonly<Record<string, number | undefined>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: -Infinity,
  End: Infinity,
}

interface BandProps {
  readonly band: LifeBand
  readonly isTabStop: boolean
  readonly isChosen: boolean
  readonly onFocus: () => void
  readonly onPress: () => void
}

function Band({ band, isTabStop, isChosen, onFocus, onPress }: BandProps): ReactNode {
  const words = wordsOf(band)
  return (
    <button
      type="button"
      className={styles.band}
      style={{ left: band.leftPx, width: band.widthPx }}
      data-begin={band.lives[0].hasBegin}
      data-end={band.lives[band.lives.length - 1].hasEnd}
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={words}
      title={isChosen ? `${words}. Press for the whole trace` : `${words}. Press to show it  { }`}
      onFocus={onFocus}
      onClick={onPress}
    >
      {band.text}
    </button>
  )
}

/** One life in its own words; several as how many they are, and the one that a press shows. */
function wordsOf(band: LifeBand): string {
  if (band.lives.length === 1) return band.lives[0].words
  return `${band.lives.length} lifetimes, too short to be told apart here. The busiest: ${busiestOf(band).words}`
}
