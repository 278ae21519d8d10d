import { type KeyboardEvent, type ReactNode, useId, useMemo } from 'react'
import { type Clock } from '../../base/clock.ts'
import { type LayerStyleId } from '../theme/class-style.ts'
import { useChartGestures, type WindowChange } from './chart-gestures.ts'
import { PLOT_INSETS, timeScale } from './chart-scale.ts'
import { type HoldBar } from './hold-bars.tsx'
import { HoldLanes } from './hold-lanes.tsx'
import { CountFrame, TimeFrame } from './step-frame.tsx'
import { StepLines } from './step-lines.tsx'
import { type ExcessMark, StepOverlay } from './step-overlay.tsx'
import { type StepPoint } from './step-point.ts'
import { countsOf, endOf, type LossBand, shortReadoutOf } from './step-readout.ts'
import styles from './step-strip.module.css'
import { type TimeTick, unitOf } from './time-ticks.ts'
import { type TimeWindow } from './time-window.ts'
import { useCountRange } from './use-count-range.ts'
import { useWidth } from './use-width.ts'

/** The counts of one page among several: as in `StepChart`, on the time axis and under the crosshair of all. */
export interface StepStripProps {
  /** `references of 0x17aca`. */
  readonly label: string
  /** What the strip tells, for those who do not see it. */
  readonly story: string
  readonly points: readonly StepPoint[]
  readonly layers: readonly LayerStyleId[]
  readonly holds: readonly HoldBar[]
  readonly window: TimeWindow
  readonly told: TimeWindow
  readonly extent: TimeWindow
  readonly clock: Clock
  /** Moments of failure, drawn through all strips. */
  readonly flagNs: readonly number[]
  readonly losses: readonly LossBand[]
  readonly excess: readonly ExcessMark[]
  readonly hoverNs?: number
  /** The moment that the readout tells of while nothing is pointed at. */
  readonly restNs?: number
  readonly isLoading: boolean
  /** What stands before the readout: which page, and what can be done with it. */
  readonly children: ReactNode
  readonly onHover: (ns: number | undefined) => void
  readonly onPreview: (window: TimeWindow | undefined) => void
  readonly onCommit: (change: WindowChange) => void
  /** Enter or a click: the page is to be looked at. */
  readonly onOpen: () => void
  /** Delete or Backspace. */
  readonly onRemove: () => void
}

/** Of the plot with the lanes of its holds. */
const HEIGHT_PX = 92
const NO_TICKS: readonly TimeTick[] = []
const NO_MARKS: readonly never[] = []

/** One page's counts in small, with its own axis of counts, its excess, and its holds collapsed to bars. */
export function StepStrip(props: StepStripProps): ReactNode {
  const { points, layers, window, told, clock, losses, excess, hoverNs, restNs } = props
  const [setBox, width] = useWidth()
  const storyId = useId()
  const x = timeScale(window, width)
  const range = useMemo(() => countsOf(points, excess), [points, excess])
  const counts = useCountRange(range, props.label, props.isLoading)
  const { setSurface, brush, handlers } = useChartGestures({
    subject: props.label,
    window,
    limits: { extent: props.extent, minSpan: 10 * unitOf(clock) },
    scale: x,
    onPreview: props.onPreview,
    onCommit: props.onCommit,
    onHover: props.onHover,
    onPick: props.onOpen,
  })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Delete' || event.key === 'Backspace') props.onRemove()
    else if (event.key === 'Enter') props.onOpen()
    else return handlers.onKeyDown(event)
    event.preventDefault()
    event.stopPropagation()
  }
  const readout = shortReadoutOf({
    points,
    layers,
    window,
    told,
    clock,
    losses,
    hoverNs,
    selectedNs: restNs,
    stretch: brush,
  })
  return (
    <figure className={styles.strip} aria-label={props.label} aria-busy={props.isLoading}>
      <figcaption className={styles.head}>
        {props.children}
        <output className={styles.readout} title={readout}>
          {points.length === 0 && props.isLoading ? 'looking…' : readout}
        </output>
      </figcaption>
      <p id={storyId} className={styles.story}>
        {props.story}
      </p>
      <div className={styles.plot} ref={setBox} style={{ height: HEIGHT_PX }}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application: it has keys */}
        <div
          ref={setSurface}
          className={styles.surface}
          role="application"
          aria-label={`${props.label}: w s zoom, a d pan, Enter opens, Delete removes`}
          aria-describedby={storyId}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- same
          tabIndex={0}
          {...handlers}
          onKeyDown={onKeyDown}
        >
          <CountFrame width={width} height={HEIGHT_PX} low={counts.low} high={counts.high} />
          <StepLines
            {...{ width, window, told, points, layers, counts }}
            height={HEIGHT_PX}
            endNs={endOf(points, told)}
          />
          <TimeFrame {...{ width, x }} height={HEIGHT_PX} ticks={NO_TICKS} marks={props.flagNs} />
          <StepOverlay
            {...{ width, window, counts, points, brush, losses, excess, hoverNs }}
            height={HEIGHT_PX}
            marks={NO_MARKS}
          />
          <HoldLanes holds={props.holds} window={window} width={width} />
        </div>
      </div>
    </figure>
  )
}

interface TimeAxisProps {
  readonly window: TimeWindow
  readonly ticksFor: (width: number) => readonly TimeTick[]
}

/** The time axis again, under the last of several strips. */
export function TimeAxis({ window, ticksFor }: TimeAxisProps): ReactNode {
  const [setBox, width] = useWidth()
  return (
    <div ref={setBox} className={styles.axis} style={{ height: PLOT_INSETS.bottom }} aria-hidden="true">
      <TimeFrame
        width={width}
        height={PLOT_INSETS.bottom}
        x={timeScale(window, width)}
        ticks={ticksFor(width)}
        marks={NO_MARKS}
      />
    </div>
  )
}
