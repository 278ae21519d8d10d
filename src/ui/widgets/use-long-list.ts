import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefCallback, useState } from 'react'

/** What a list of items of any height needs to draw those in sight alone. */
export interface LongList {
  /** Ref of the element that scrolls. */
  readonly setViewport: RefCallback<HTMLElement>
  /** Positions to draw, in order. */
  readonly shown: readonly number[]
  /** Height of what is not drawn before and behind them, px. */
  readonly beforePx: number
  readonly behindPx: number
  /** Ref of each item drawn, which has its position in `data-index`. */
  readonly measure: RefCallback<HTMLElement>
}

/** Items that are drawn beyond each end of what is in sight. */
const OVERSCAN = 8

/**
 * Of `count` items one under the other those in sight. `likelyPx` is a guess at the height of one, until it is measured;
 * `headPx` what lies above the first.
 */
export function useLongList(count: number, headPx: number, likelyPx: (index: number) => number): LongList {
  const [viewport, setViewport] = useState<HTMLElement | null>(null)
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    getScrollElement: () => viewport,
    estimateSize: likelyPx,
    paddingStart: headPx,
    scrollPaddingStart: headPx,
    overscan: OVERSCAN,
  })
  const items = virtualizer.getVirtualItems()
  const end = virtualizer.getTotalSize()
  return {
    setViewport,
    shown: items.map(({ index }) => index),
    beforePx: (items[0]?.start ?? headPx) - headPx,
    behindPx: end - (items.at(-1)?.end ?? headPx),
    measure: virtualizer.measureElement,
  }
}
