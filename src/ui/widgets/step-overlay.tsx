import { memo, type ReactNode } from 'react'
import { EXCESS_STYLE, LOSS_STYLE } from '../theme/class-style.ts'
import { type ChartMark } from './chart-marks.tsx'
import { countScale, PLOT_INSETS, type Scale, timeScale } from './chart-scale.ts'
import { excessHeight, excessText, gapText, heightOf, PIN_BIAS, pointAt, type StepPoint } from './step-point.ts'
import styles from './step-chart.module.css'
import { type TimeWindow } from './time-window.ts'

/** References above what migration expects, at one moment. */
export interface ExcessMark {
  readonly ns: number
  readonly count: number
  readonly excess: number
}

interface StepOverlayProps {
  readonly width: number
  readonly height: number
  readonly window: TimeWindow
  readonly counts: { readonly low: number; readonly high: number }
  readonly points: readonly StepPoint[]
  /** Stretches in which events were lost. */
  readonly losses: readonly TimeWindow[]
  /** Stretches without any event in the trace. */
  readonly silences?: readonly TimeWindow[]
  readonly excess: readonly ExcessMark[]
  /** Moments that numbered facts cite, and the number that is pointed at. */
  readonly marks: readonly ChartMark[]
  readonly cited?: number
  readonly hoverNs?: number
  readonly selectedNs?: number
  readonly brush?: TimeWindow
  /** False while nothing is judged yet: then nothing is hatched as not judged. */
  readonly isSplit?: boolean
}

/** More points than this in sight would run into each other: the line alone says as much. */
const MOST_DOTS = 300
const GLYPH_PX = 12
const LABEL_PX = 40
const CHAR_PX = 7.2
const EXCESS_GAP_PX = 10
/** Room for `no events`. */
const SILENCE_WORDS_PX = 80
const NO_POINTS: readonly StepPoint[] = []
/** Height of the hatched strip where it is not known what migration expects. */
const UNJUDGED_PX = 6

/** What lies over the lines: points, contradictions, excess, crosshair, the stretch being selected. */
export function StepOverlay(props: StepOverlayProps): ReactNode {
  const { window, points, counts, width, height } = props
  const x = timeScale(window, width)
  const y = countScale(counts.low, counts.high, height)
  const bottom = height - PLOT_INSETS.bottom
  const selected = props.selectedNs === undefined ? undefined : points[pointAt(points, props.selectedNs)]
  return (
    <svg className={styles.overlay} width={width} height={height} aria-hidden="true">
      <PointMarks
        {...{ window, points, width, height }}
        low={counts.low}
        high={counts.high}
        losses={props.losses}
        excess={props.excess}
        isSplit={props.isSplit}
      />
      {props.silences?.map((silence) => (
        <SilenceBracket key={silence.from} silence={silence} x={x} rightPx={width - PLOT_INSETS.right} />
      ))}
      {props.brush && (
        <rect
          className={styles.brush}
          x={x.toPx(props.brush.from)}
          width={Math.max(1, x.toPx(props.brush.to) - x.toPx(props.brush.from))}
          y={PLOT_INSETS.top}
          height={bottom - PLOT_INSETS.top}
        />
      )}
      {props.marks.filter(isIn(window)).map((mark) => (
        <line
          key={`${mark.number} ${mark.ns}`}
          className={styles.mark}
          data-cited={mark.number === props.cited}
          x1={x.toPx(mark.ns)}
          x2={x.toPx(mark.ns)}
          y1={0}
          y2={mark.number === props.cited ? bottom : PLOT_INSETS.top}
        />
      ))}
      {selected && isIn(window)(selected) && (
        <rect
          className={styles.selected}
          x={x.toPx(selected.ns) - 5}
          y={y.toPx(heightOf(selected)) - 5}
          width={10}
          height={10}
        />
      )}
      {props.hoverNs !== undefined && isIn(window)({ ns: props.hoverNs }) && (
        <line
          className={styles.crosshair}
          x1={x.toPx(props.hoverNs)}
          x2={x.toPx(props.hoverNs)}
          y1={PLOT_INSETS.top}
          y2={bottom}
        />
      )}
    </svg>
  )
}

interface SilenceBracketProps {
  readonly silence: TimeWindow
  readonly x: Scale
  readonly rightPx: number
}

/** Under the words of the axis, open where the silence goes on beyond the window; its words only where they have room. */
function SilenceBracket({ silence, x, rightPx }: SilenceBracketProps): ReactNode {
  const from = Math.max(x.toPx(silence.from), PLOT_INSETS.left)
  const to = Math.min(x.toPx(silence.to), rightPx)
  if (to - from < 2) return null
  const [top, foot] = [PLOT_INSETS.top + 20, PLOT_INSETS.top + 26]
  const start = x.toPx(silence.from) < from ? `M${from} ${top}` : `M${from} ${foot}V${top}`
  const end = x.toPx(silence.to) > to ? `H${to}` : `H${to}V${foot}`
  return (
    <g>
      <path className={styles.silence} d={start + end} />
      {to - from >= SILENCE_WORDS_PX && (
        <text className={styles.silenceWords} x={(from + to) / 2} y={PLOT_INSETS.top + 33} textAnchor="middle">
          no events
        </text>
      )}
    </g>
  )
}

type PointMarksProps = Pick<
  StepOverlayProps,
  'width' | 'height' | 'window' | 'points' | 'losses' | 'excess' | 'isSplit'
> &
  StepOverlayProps['counts']

/** What is marked at points and between them: apart from the crosshair, so that pointing draws none of it again. */
const PointMarks = memo(function PointMarks(props: PointMarksProps): ReactNode {
  const { window, points, width, height } = props
  const x = timeScale(window, width)
  const y = countScale(props.low, props.high, height)
  const bottom = height - PLOT_INSETS.bottom
  const seen = points.filter((point) => point.ns >= window.from && point.ns <= window.to)
  return (
    <>
      {props.losses.map((loss) => (
        <LossBand key={`${loss.from} ${loss.to}`} loss={loss} window={window} x={x} bottom={bottom} />
      ))}
      {unjudgedSpans(props.isSplit === false ? NO_POINTS : points, window, x.toValue(1) - x.toValue(0)).map(
        ({ from, to }) => (
          <rect
            key={from}
            x={x.toPx(from)}
            width={Math.max(1, x.toPx(to) - x.toPx(from))}
            y={bottom - UNJUDGED_PX}
            height={UNJUDGED_PX}
            fill={`url(#${LOSS_STYLE.patternId})`}
          />
        ),
      )}
      {props.excess.filter(isIn(window)).map((mark) => (
        <ExcessBar
          key={mark.ns}
          mark={mark}
          pins={points[pointAt(points, mark.ns)]?.pins ?? 0}
          x={x}
          y={y}
          rightPx={width - PLOT_INSETS.right}
        />
      ))}
      {seen.length <= MOST_DOTS &&
        seen.map((point, position) => (
          <circle
            key={`${point.ns} ${position}`}
            className={point.isExact ? styles.exact : styles.sampled}
            cx={x.toPx(point.ns)}
            cy={y.toPx(heightOf(point))}
            r={2.5}
          />
        ))}
      {spacedGaps(seen, x).map(({ point, hasLabel }) => (
        <text
          key={point.ns}
          className={styles.gap}
          data-kind={point.gapKind}
          x={x.toPx(point.ns)}
          y={Math.max(PLOT_INSETS.top + 12, y.toPx(heightOf(point)) - 6)}
          textAnchor={x.toPx(point.ns) + LABEL_PX > width ? 'end' : 'start'}
        >
          {hasLabel ? gapText(point.gap) : '⚡'}
        </text>
      ))}
    </>
  )
})

interface LossBandProps {
  readonly loss: TimeWindow
  readonly window: TimeWindow
  readonly x: Scale
  readonly bottom: number
}

/** A hatched band that veils the lines under it: between two events nothing is known there. At least 2 px wide. */
function LossBand({ loss, window, x, bottom }: LossBandProps): ReactNode {
  if (loss.to < window.from || loss.from > window.to) return null
  const left = x.toPx(Math.max(loss.from, window.from))
  const width = Math.max(2, x.toPx(Math.min(loss.to, window.to)) - left)
  const box = { x: left, width, y: PLOT_INSETS.top, height: bottom - PLOT_INSETS.top }
  return (
    <>
      <rect {...box} className={styles.veil} />
      <rect {...box} fill={`url(#${LOSS_STYLE.patternId})`} fillOpacity={0.25} />
    </>
  )
}

/**
 * Stretches of the window in which there are references, and nothing tells how many migration expects. Those closer to
 * each other than `apart` are one: no pixel lies between them.
 */
export function unjudgedSpans(points: readonly StepPoint[], window: TimeWindow, apart = 0): readonly TimeWindow[] {
  const spans: { from: number; to: number }[] = []
  for (const [at, point] of points.entries()) {
    const from = Math.max(window.from, point.ns)
    const to = Math.min(window.to, points[at + 1]?.ns ?? window.to)
    if (!isUnjudged(point) || to <= from) continue
    const before = spans.at(-1)
    if (before !== undefined && from - before.to <= apart) before.to = to
    else spans.push({ from, to })
  }
  return spans
}

/** References are there, and nothing tells how many of them migration expects. */
export function isUnjudged({ count, expected }: StepPoint): boolean {
  return count > 0 && expected === undefined
}

interface ExcessBarProps {
  readonly mark: ExcessMark
  readonly pins: number
  readonly x: Scale
  readonly y: Scale
  /** Where the plot ends: the text goes to the bar's left when it has no room on its right. */
  readonly rightPx: number
}

/** A red hatched bar from what migration expects up to the count, with its size. */
function ExcessBar({ mark, pins, x, y, rightPx }: ExcessBarProps): ReactNode {
  const text = excessText(mark.excess, pins)
  const px = x.toPx(mark.ns)
  const isLeft = px + EXCESS_GAP_PX + text.length * CHAR_PX > rightPx
  const count = mark.count - pins * (PIN_BIAS - 1)
  const top = y.toPx(count)
  const bottom = y.toPx(count - excessHeight(mark.excess, pins))
  return (
    <>
      <rect
        className={styles.excess}
        x={px - 4}
        width={8}
        y={top}
        height={Math.max(2, bottom - top)}
        fill={`url(#${EXCESS_STYLE.patternId})`}
      />
      <rect
        className={styles.excessPlate}
        x={isLeft ? px - EXCESS_GAP_PX - text.length * CHAR_PX - 3 : px + EXCESS_GAP_PX - 3}
        width={text.length * CHAR_PX + 6}
        y={(top + bottom) / 2 - 9}
        height={18}
      />
      <text
        className={styles.excessText}
        x={isLeft ? px - EXCESS_GAP_PX : px + EXCESS_GAP_PX}
        y={(top + bottom) / 2 + 4}
        textAnchor={isLeft ? 'end' : 'start'}
      >
        {text}
      </text>
    </>
  )
}

/** Contradictions that fit beside each other: the size is left out where only the glyph fits. */
function spacedGaps(
  points: readonly StepPoint[],
  x: Scale,
): readonly { readonly point: StepPoint; readonly hasLabel: boolean }[] {
  const gaps = points.filter((point) => point.gapKind !== 'none')
  const kept: { point: StepPoint; hasLabel: boolean }[] = []
  for (const [position, point] of gaps.entries()) {
    const px = x.toPx(point.ns)
    const before = kept.at(-1)
    const room = before ? px - x.toPx(before.point.ns) : Infinity
    if (room < (before?.hasLabel ? LABEL_PX : GLYPH_PX)) continue
    const next = gaps[position + 1]
    kept.push({ point, hasLabel: !next || x.toPx(next.ns) - px >= LABEL_PX })
  }
  return kept
}

function isIn(window: TimeWindow): (at: { readonly ns: number }) => boolean {
  return ({ ns }) => ns >= window.from && ns <= window.to
}
