import { type ReactNode } from 'react'
import { type Scale } from './chart-scale.ts'
import styles from './chart-marks.module.css'
import { type TimeWindow } from './time-window.ts'

/** A moment that a numbered fact cites. */
export interface ChartMark {
  readonly number: number
  readonly ns: number
  /** `1: got by drv-9, at 1.200000`. */
  readonly words: string
}

interface ChartMarksProps {
  /** Ascending in time. */
  readonly marks: readonly ChartMark[]
  readonly window: TimeWindow
  readonly x: Scale
  readonly width: number
  /** Number that is pointed at in the list. */
  readonly cited?: number
  readonly onCite?: (number: number | undefined) => void
  readonly onOpen?: (number: number) => void
}

/** Marks that are too close for a badge each, as one. */
interface Badge {
  readonly px: number
  readonly rightPx: number
  readonly marks: readonly ChartMark[]
}

const CHAR_PX = 7.2
const PADDING_PX = 10
const GAP_PX = 3
/** A badge is at least so wide, and as high: anything smaller is missed. */
const LEAST_PX = 24

/** The numbers of the facts over the moments they cite. Numbers that would lie over each other share a badge. */
export function ChartMarks(props: ChartMarksProps): ReactNode {
  const { marks, window, x, width, cited, onCite, onOpen } = props
  const seen = marks.filter(({ ns }) => ns >= window.from && ns <= window.to)
  return (
    <div className={styles.marks}>
      {layBadges(seen, x, width).map((badge) => {
        const words = badge.marks.map((mark) => mark.words).join('; ')
        const first = badge.marks[0].number
        return (
          <button
            key={badge.marks.map(({ number, ns }) => `${number} ${ns}`).join()}
            type="button"
            className={styles.badge}
            data-cited={badge.marks.some(({ number }) => number === cited)}
            style={{ left: badge.px }}
            title={words}
            aria-label={`Evidence ${words}`}
            onPointerEnter={() => onCite?.(first)}
            onPointerLeave={() => onCite?.(undefined)}
            onFocus={() => onCite?.(first)}
            onBlur={() => onCite?.(undefined)}
            onClick={() => onOpen?.(first)}
          >
            {numbersText(badge.marks)}
          </button>
        )
      })}
    </div>
  )
}

/** Badges from left to right, none over another, none beyond the chart. */
export function layBadges(marks: readonly ChartMark[], x: Scale, width: number): readonly Badge[] {
  const badges: Badge[] = []
  for (const mark of marks) {
    const before = badges.at(-1)
    const px = x.toPx(mark.ns)
    if (before && px - GAP_PX < before.rightPx)
      badges[badges.length - 1] = badgeAt(before.px, [...before.marks, mark], width)
    else badges.push(badgeAt(px, [mark], width))
  }
  return badges
}

function badgeAt(px: number, marks: readonly ChartMark[], width: number): Badge {
  const wide = Math.max(LEAST_PX, numbersText(marks).length * CHAR_PX + PADDING_PX)
  const left = Math.max(0, Math.min(px, width - wide))
  return { px: left, rightPx: left + wide, marks }
}

/** `1`, `1 3`: each number once, in order. */
function numbersText(marks: readonly ChartMark[]): string {
  return [...new Set(marks.map(({ number }) => number))].toSorted((one, other) => one - other).join(' ')
}
