/**
 * Browsers clip an element's height (Chromium at 2^25 px, Firefox at about 17.9 million): a list of a million rows
 * would lose its end. Beyond this height the scroll bar is geared down: one pixel of scrolling is `gear` pixels of list.
 */
export const TALLEST_PX = 12_000_000

/** How a list of `listPx` is laid out in a box `viewPx` high. */
export interface Gear {
  /** Height of the element that scrolls. */
  readonly boxPx: number
  /** List pixels for one pixel of scrolling; 1 for all but very long lists. */
  readonly ratio: number
}

/** The gear of a list in a view of which `viewPx` show rows; the ends of scroll bar and list always meet. */
export function gearFor(listPx: number, viewPx: number): Gear {
  if (listPx <= TALLEST_PX) return { boxPx: listPx, ratio: 1 }
  return { boxPx: TALLEST_PX, ratio: (listPx - viewPx) / (TALLEST_PX - viewPx) }
}
