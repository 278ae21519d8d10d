import { type Scale } from './chart-scale.ts'

/** One lifetime of a page, to be drawn. Numbered from 1, in time order. */
export interface ChartLife {
  readonly number: number
  readonly fromNs: number
  readonly toNs: number
  /** False where the life may have begun before the trace, or goes on after it. */
  readonly hasBegin: boolean
  readonly hasEnd: boolean
  readonly events: number
  /** `lifetime 2 of 3, 3.769956 … 8.790392, 9 events`. */
  readonly words: string
}

/** Lives that are drawn as one band, because a band each would be too narrow to be told apart or pressed. */
export interface LifeBand {
  readonly leftPx: number
  readonly widthPx: number
  /** In time order, at least one. */
  readonly lives: readonly ChartLife[]
  /** What stands on it; empty without room. */
  readonly text: string
}

/** A band is never narrower, px. */
const NARROWEST_PX = 6
const CHAR_PX = 7.2

/** Bands from left to right, none over another. Lives ascend in time and do not overlap. O(lives). */
export function layLives(lives: readonly ChartLife[], x: Scale, rightPx: number): readonly LifeBand[] {
  const bands: { leftPx: number; endPx: number; lives: ChartLife[] }[] = []
  for (const life of lives) {
    const leftPx = Math.min(x.toPx(life.fromNs), rightPx - NARROWEST_PX)
    const endPx = Math.min(rightPx, Math.max(x.toPx(life.toNs), leftPx + NARROWEST_PX))
    const before = bands.at(-1)
    if (before && leftPx < before.endPx) {
      before.lives.push(life)
      before.endPx = Math.max(before.endPx, endPx)
    } else bands.push({ leftPx, endPx, lives: [life] })
  }
  return bands.map(({ leftPx, endPx, lives: own }) => {
    const widthPx = endPx - leftPx
    return { leftPx, widthPx, lives: own, text: textThatFits(own, widthPx) }
  })
}

function textThatFits(lives: readonly ChartLife[], widthPx: number): string {
  const [first] = lives
  const last = lives[lives.length - 1]
  const texts =
    lives.length === 1
      ? [
          `life ${first.number}, ${first.events} ${first.events === 1 ? 'event' : 'events'}`,
          `life ${first.number}`,
          String(first.number),
        ]
      : [`lives ${first.number} to ${last.number}`, `${first.number}–${last.number}`, '…']
  return texts.find((text) => text.length * CHAR_PX + 4 <= widthPx) ?? ''
}

/** The life that a press on a band chooses: the one with most events, of equals the first. */
export function busiestOf({ lives }: LifeBand): ChartLife {
  return lives.reduce((best, life) => (life.events > best.events ? life : best))
}
