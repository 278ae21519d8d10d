import { type ReactNode } from 'react'
import { PLOT_INSETS, type Scale } from './chart-scale.ts'
import styles from './step-chart.module.css'
import { type TimeWindow } from './time-window.ts'

/** A moment with a name that leads somewhere. */
export interface ChartFlag {
  readonly id: string
  readonly ns: number
  /** As printed. */
  readonly text: string
  readonly label: string
}

interface ChartFlagsProps {
  readonly flags: readonly ChartFlag[]
  readonly window: TimeWindow
  readonly x: Scale
  readonly width: number
  readonly onFlag: (id: string) => void
  /** Stands before each name, and for it where it has no room: the cross of a failure when absent. */
  readonly glyph?: string
  /** Said before each name to those who do not see the glyph. */
  readonly kind?: string
}

const CHAR_PX = 7.2
const GLYPH_PX = 20

/** The names over the vertical lines. Where a name has no room only its mark is shown; it can be pressed all the same. */
export function ChartFlags({ flags, window, x, width, onFlag, glyph = '⨯', kind }: ChartFlagsProps): ReactNode {
  const seen = flags.filter(({ ns }) => ns >= window.from && ns <= window.to).toSorted((a, b) => a.ns - b.ns)
  return (
    <div className={styles.flags} data-kind={kind}>
      {seen.map((flag, position) => {
        const px = x.toPx(flag.ns)
        const end = position + 1 < seen.length ? x.toPx(seen[position + 1].ns) : width - PLOT_INSETS.right
        const words = `${glyph} ${flag.label}`
        const roomPx = end - px
        const needsPx = words.length * CHAR_PX + 8
        const fitsLeft = position === seen.length - 1 && roomPx < needsPx && position === 0
        const text = roomPx >= needsPx || fitsLeft ? words : glyph
        const about = `${kind === undefined ? '' : `${kind}: `}${flag.label} at ${flag.text}`
        return (
          <button
            key={`${flag.id} ${flag.ns}`}
            type="button"
            className={styles.flag}
            data-side={fitsLeft ? 'left' : 'right'}
            style={{ left: px, translate: fitsLeft ? '-100%' : undefined, minWidth: GLYPH_PX }}
            title={about}
            aria-label={about}
            onClick={() => onFlag(flag.id)}
          >
            {text}
          </button>
        )
      })}
    </div>
  )
}
