import { type KeyboardEvent, memo, type ReactNode, type RefCallback, useCallback, useRef, useState } from 'react'
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
  /** Numbers of the facts that cite a hold, by its id. */
  readonly numbers?: ReadonlyMap<string, readonly number[]>
  /** Number that is pointed at in the list of facts. */
  readonly cited?: number
  readonly hoverNs?: number
  /** Fewer rows are in sight at once: other charts follow. */
  readonly isLow?: boolean
  /** Beside the heading: the Copy menu. */
  readonly actions?: ReactNode
  readonly onSelect: (id: string) => void
  readonly isLoading?: boolean
}

/**
 * Bars of holds under the chart, on its time scale. Ends that were not seen are drawn open. Arrow keys go through them.
 * Only those in sight are drawn: a gesture moves each of them in every frame.
 */
export function HoldBars(props: HoldBarsProps): ReactNode {
  const { label, holds, total, window, hoverNs, isLoading } = props
  const [setBox, width] = useWidth()
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [scrolled, setScrolled] = useState({ label, first: 0 })
  const first = scrolled.label === label ? scrolled.first : 0
  const scale = timeScale(window, width)
  const isHovered = hoverNs !== undefined && hoverNs >= window.from && hoverNs <= window.to
  const reveal = useCallback((position: number) => scroller && scrollTo(scroller, position), [scroller])
  return (
    <section className={styles.box} aria-label={label}>
      <h2 className={styles.heading}>
        holds {total}
        {holds.length < total && <span className={styles.dim}>the first {holds.length} are drawn</span>}
        {isLoading && <span className={styles.dim}>looking…</span>}
        <span className={styles.actions} data-picture="none">
          {props.actions}
        </span>
      </h2>
      <div
        key={label} // of other holds, the first are in sight again
        ref={setScroller}
        className={styles.scroll}
        data-low={props.isLow}
        onScroll={(event) => setScrolled({ label, first: Math.floor(event.currentTarget.scrollTop / ROW_PX) })}
      >
        <div ref={setBox} className={styles.lane}>
          <Bars
            holds={holds}
            window={window}
            width={width}
            first={first}
            selectedId={props.selectedId}
            numbers={props.numbers}
            cited={props.cited}
            onSelect={props.onSelect}
            reveal={reveal}
          />
          {isHovered && <div className={styles.crosshair} style={{ left: scale.toPx(hoverNs) }} />}
        </div>
      </div>
    </section>
  )
}

/** `--row-compact`. */
const ROW_PX = 20
/** Rows in sight, and so many on both sides that a turn of the wheel finds drawn. */
const SEEN_ROWS = 7
const SPARE_ROWS = 6

function scrollTo(scroller: HTMLElement, position: number): void {
  const top = position * ROW_PX
  const lowest = top + ROW_PX - scroller.clientHeight
  scroller.scrollTop = Math.min(top, Math.max(lowest, scroller.scrollTop))
}

type BarsProps = Pick<HoldBarsProps, 'holds' | 'window' | 'selectedId' | 'numbers' | 'cited' | 'onSelect'> & {
  readonly width: number
  /** First row in sight. */
  readonly first: number
  readonly reveal: (position: number) => void
}

/** Apart from the crosshair, so that hovering draws no bar again. */
const Bars = memo(function Bars(props: BarsProps): ReactNode {
  const { holds, window, width, first, selectedId, numbers, cited, onSelect, reveal } = props
  const [active, setActive] = useState(0)
  const isFocusWanted = useRef(false)
  const stop = Math.min(active, Math.max(0, holds.length - 1))
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    const next = Math.min(Math.max(stop + step, 0), holds.length - 1)
    isFocusWanted.current = next !== stop
    setActive(next)
    reveal(next)
    event.preventDefault()
    event.stopPropagation()
  }
  /** The bar that keys lead to may only be drawn now. */
  const focusIfWanted = useCallback((button: HTMLButtonElement | null) => {
    if (button && isFocusWanted.current) button.focus({ preventScroll: true })
    if (button) isFocusWanted.current = false
  }, [])
  const drawn = holds
    .map((hold, position) => ({ hold, position }))
    .filter(({ position }) => position === stop || isNear(position, first))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- moves among the buttons in it
    <ul className={styles.list} onKeyDown={onKeyDown} style={{ height: holds.length * ROW_PX }}>
      {drawn.map(({ hold, position }) => (
        <li
          key={hold.id}
          className={styles.item}
          style={{ top: position * ROW_PX }}
          aria-setsize={holds.length}
          aria-posinset={position + 1}
        >
          <Bar
            {...{ hold, window, width, onSelect }}
            isTabStop={position === stop}
            setStop={position === stop ? focusIfWanted : undefined}
            isSelected={hold.id === selectedId}
            numbers={numbers?.get(hold.id) ?? NO_NUMBERS}
            cited={cited}
            onFocus={() => setActive(position)}
          />
        </li>
      ))}
    </ul>
  )
})

function isNear(position: number, first: number): boolean {
  return position >= first - SPARE_ROWS && position < first + SEEN_ROWS + SPARE_ROWS
}

const NO_NUMBERS: readonly number[] = []

const STEPS: Readonly<Record<string, number | undefined>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
}

interface BarProps extends Pick<HoldBarsProps, 'window' | 'onSelect'> {
  readonly hold: HoldBar
  readonly width: number
  readonly isTabStop: boolean
  readonly isSelected: boolean
  readonly numbers: readonly number[]
  readonly cited: number | undefined
  readonly setStop: RefCallback<HTMLButtonElement> | undefined
  readonly onFocus: () => void
}

function Bar(props: BarProps): ReactNode {
  const { hold, window, width, isTabStop, setStop, isSelected, numbers, cited, onFocus, onSelect } = props
  const { color, glyph, patternId, label } = CLASS_STYLES[hold.class]
  const plot = { leftPx: PLOT_INSETS.left, rightPx: width - PLOT_INSETS.right }
  const laid = layHold(hold, ` · ${label}`, { scale: timeScale(window, width), plot })
  const words = numbers.length === 0 ? hold.sentence : `${hold.sentence} Evidence ${numbers.join(', ')}.`
  return (
    <button
      ref={setStop}
      type="button"
      className={styles.row}
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={isSelected}
      data-cited={cited !== undefined && numbers.includes(cited)}
      aria-label={words}
      title={words}
      onFocus={onFocus}
      onClick={() => onSelect(hold.id)}
    >
      {numbers.length > 0 && <span className={styles.numbers}>{numbers.join(' ')}</span>}
      <span className={styles.glyph} style={{ color }}>
        {glyph}
      </span>
      <svg className={styles.svg} width={width} height={20} aria-hidden="true">
        <path className={styles.bar} d={laid.path} fill={`url(#${patternId})`} style={{ stroke: color }} />
      </svg>
      <span className={styles.label} style={laid.labelStyle}>
        {hold.label} <span className={styles.dim}>{laid.told}</span>
      </span>
    </button>
  )
}
