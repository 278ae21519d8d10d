import { observeElementOffset, observeElementRect, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefCallback, useEffect, useRef, useState } from 'react'
import { type EvenRange, evenRange } from './even-range.ts'
import { type RowWindow, windowFor } from './row-window.ts'
import { type Gear, gearFor } from './tall-list.ts'

/** What the scrolling needs to know of the table. */
export interface RowScrollOptions {
  readonly total: number
  /** Height of a row and of the heading, px. */
  readonly rowPx: number
  readonly revealIndex?: number
  /** Column of the cell that has the focus within its row; absent when the row itself has it. */
  readonly activeCell?: number
  /**
   * Identity of a row, so that its measured height follows it when the order changes. Stable between renders. Absent: all
   * rows are of one height, of which there may be tens of millions.
   */
  readonly keyOf?: (index: number) => string | number
  /** True for rows with something open under them: they are measured. */
  readonly isTall: (index: number) => boolean
  readonly isLoaded: (index: number) => boolean
  readonly onWindow?: (window: RowWindow) => void
  /** Called when a row that was moved to is there, at once or after loading. */
  readonly onArrive: (index: number) => void
}

/** A row in sight and where it goes. */
export interface RowItem {
  readonly index: number
  readonly topPx: number
}

/** The state of scrolling and of the one tab stop. */
export interface RowScroll {
  /** Ref of the element that scrolls. */
  readonly setViewport: RefCallback<HTMLDivElement>
  readonly items: readonly RowItem[]
  readonly boxPx: number
  readonly active: number
  readonly pageRows: number
  readonly measure: RefCallback<HTMLElement>
  readonly moveTo: (index: number) => void
}

/** Guess for a row with something open under it, until it is measured: as high as so many rows. */
const TALL_ROWS = 10
/** Rows that are drawn beyond each end of what is in sight. */
const OVERSCAN_ROWS = 8
/** By so much a list is scrolled before its rows are looked for anew, px. */
const SCROLL_GRAIN_PX = 8

/** Virtual rows with one tab stop that survives scrolling away and loading. */
export function useRowScroll(options: RowScrollOptions): RowScroll {
  const { total, revealIndex, rowPx } = options
  const [viewport, setViewport] = useState<HTMLDivElement | null>(null)
  const [active, setActive] = useState(0)
  const arrival = useRef<number | undefined>(undefined)
  const isEven = options.keyOf === undefined
  // The virtualizer keeps numbers for each row: of an even list it watches the scrolling only, and these draw it anew.
  const [, setScrolled] = useState(0)
  const [, setViewPx] = useState(0)
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: isEven ? 0 : total,
    paddingEnd: isEven ? total * rowPx : 0,
    getScrollElement: () => viewport,
    estimateSize: (index) => (options.isTall(index) ? TALL_ROWS * rowPx : rowPx),
    getItemKey: options.keyOf,
    overscan: OVERSCAN_ROWS,
    scrollPaddingEnd: rowPx, // the heading lies over the first rows
    observeElementRect: (instance, report) =>
      observeElementRect(instance, (rect) => {
        report(rect)
        if (isEven) setViewPx(rect.height)
      }),
    observeElementOffset: (instance, report) =>
      observeElementOffset(instance, (offset, isScrolling) => {
        const { ratio } = gearOf(instance, rowPx)
        report(offset * ratio, isScrolling)
        if (isEven) setScrolled(ratio === 1 ? Math.floor(offset / SCROLL_GRAIN_PX) : offset)
      }),
    scrollToFn: (offset, { adjustments = 0, behavior }, instance) =>
      instance.scrollElement?.scrollTo({ top: (offset + adjustments) / gearOf(instance, rowPx).ratio, behavior }),
  })
  const { boxPx, ratio } = gearOf(virtualizer, rowPx)
  // In a geared list rows are placed around the scroll position, because the box is lower than the list.
  const shiftPx = ratio === 1 ? 0 : (virtualizer.scrollOffset ?? 0) * (1 - 1 / ratio)
  const items = isEven
    ? evenItems(evenRangeOf(virtualizer, total, rowPx), total, rowPx, shiftPx)
    : virtualizer.getVirtualItems().map(({ index, start }) => ({ index, topPx: start - shiftPx }))

  useAsking(items, options)
  useReveal(revealIndex, total, (index) => {
    setActive(index)
    const { startIndex = 0, endIndex = 0 } = (isEven ? evenRangeOf(virtualizer, total, rowPx) : virtualizer.range) ?? {}
    const isNear = index > startIndex && index < endIndex - 1
    scrollToRow(virtualizer, index, rowPx, isNear ? 'auto' : 'center')
  })
  const arrive = () => {
    const due = arrival.current
    if (due === undefined) return
    const element = viewport?.querySelector<HTMLElement>(`[data-row="${due}"]`)
    if (element) focusRow(element, options.activeCell)
    if (!element || !options.isLoaded(due)) return
    arrival.current = undefined
    options.onArrive(due)
  }
  useEffect(arrive) // after scrolling and after loading

  return {
    setViewport,
    items,
    boxPx,
    active: Math.min(active, Math.max(0, total - 1)),
    pageRows: Math.max(1, Math.floor(rowsViewPx(virtualizer, rowPx) / rowPx) - 1),
    measure: virtualizer.measureElement,
    moveTo: (index) => {
      arrival.current = index
      setActive(index)
      scrollToRow(virtualizer, index, rowPx, 'auto')
      arrive() // when it is in sight already, nothing may be drawn again
    },
  }
}

function evenRangeOf(
  virtualizer: Virtualizer<HTMLDivElement, HTMLElement>,
  total: number,
  rowPx: number,
): EvenRange | undefined {
  return evenRange({ total, rowPx, topPx: virtualizer.scrollOffset ?? 0, viewPx: rowsViewPx(virtualizer, rowPx) })
}

/** The rows in sight, and some beyond. */
function evenItems(range: EvenRange | undefined, total: number, rowPx: number, shiftPx: number): readonly RowItem[] {
  if (range === undefined) return []
  const first = Math.max(0, range.startIndex - OVERSCAN_ROWS)
  const last = Math.min(total - 1, range.endIndex + OVERSCAN_ROWS)
  return Array.from({ length: last - first + 1 }, (_, at) => ({
    index: first + at,
    topPx: (first + at) * rowPx - shiftPx,
  }))
}

/** Height in which rows are seen: the heading takes the rest. */
function rowsViewPx(virtualizer: Virtualizer<HTMLDivElement, HTMLElement>, rowPx: number): number {
  return Math.max(0, (virtualizer.scrollRect?.height ?? 0) - rowPx)
}

/** Brings a row into sight. An even list is scrolled by hand: of a geared one the virtualizer would stop where its box ends. */
function scrollToRow(
  virtualizer: Virtualizer<HTMLDivElement, HTMLElement>,
  index: number,
  rowPx: number,
  align: 'auto' | 'center',
): void {
  const { ratio } = gearOf(virtualizer, rowPx)
  const element = virtualizer.scrollElement
  if (virtualizer.options.count > 0 && ratio === 1) return virtualizer.scrollToIndex(index, { align })
  if (!element) return
  const viewPx = rowsViewPx(virtualizer, rowPx)
  const topPx = index * rowPx
  const nowPx = virtualizer.scrollOffset ?? 0
  const isAbove = topPx < nowPx
  if (align === 'auto' && !isAbove && topPx + rowPx <= nowPx + viewPx) return
  const offsetPx = align === 'center' ? topPx - viewPx / 2 : isAbove ? topPx : topPx + rowPx - viewPx
  // Rounded towards the row, because a pixel of scrolling is several of the list.
  element.scrollTo({ top: isAbove ? Math.floor(offsetPx / ratio) : Math.ceil(offsetPx / ratio) })
}

function gearOf(virtualizer: Virtualizer<HTMLDivElement, HTMLElement>, rowPx: number): Gear {
  return gearFor(virtualizer.getTotalSize(), rowsViewPx(virtualizer, rowPx))
}

/** Puts the focus on a row, or on one of its cells, which cannot be reached with Tab: a row is one stop. */
export function focusRow(row: HTMLElement, cell: number | undefined): void {
  const target = cell === undefined ? row : (row.querySelector<HTMLElement>(`:scope > [data-cell="${cell}"]`) ?? row)
  if (target !== row) {
    target.tabIndex = -1
    target.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }
  target.focus({ preventScroll: true })
}

/** Asks for rows that are in sight and not loaded, once for each window. */
function useAsking(items: readonly RowItem[], { total, isLoaded, onWindow }: RowScrollOptions): void {
  const asked = useRef('')
  useEffect(() => {
    const first = items[0]?.index
    const last = items.at(-1)?.index
    if (first === undefined || last === undefined) return
    if (isLoaded(first) && isLoaded(last)) {
      asked.current = ''
      return
    }
    const window = windowFor(first, last, total)
    const key = `${window.offset} ${window.limit}`
    if (asked.current === key) return
    asked.current = key
    onWindow?.(window)
  })
}

function useReveal(index: number | undefined, total: number, reveal: (index: number) => void): void {
  const revealed = useRef<number | undefined>(undefined)
  useEffect(() => {
    if (index === undefined || index >= total || revealed.current === index) return
    revealed.current = index
    reveal(index)
  })
}
