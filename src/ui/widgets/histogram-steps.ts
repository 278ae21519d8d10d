/** Where the keyboard is in a histogram: a stretch, and the one that a selection began at. */
export interface HistogramCursor {
  readonly at: number
  readonly anchor: number
}

/** Stretches that one press with Page Up or Page Down goes. */
const PAGE = 10

/**
 * Where a key leads: arrows, Page Up and Down, Home, End; with Shift what was passed is selected. The first press shows
 * the cursor. `undefined` for keys that are not the histogram's.
 */
export function histogramKey(
  key: string,
  isSelecting: boolean,
  cursor: HistogramCursor | undefined,
  length: number,
): HistogramCursor | undefined {
  const now = cursor?.at ?? 0
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: now - 1,
    ArrowRight: cursor === undefined ? 0 : now + 1,
    PageUp: now - PAGE,
    PageDown: now + PAGE,
    Home: 0,
    End: length - 1,
  }
  if (!Object.hasOwn(steps, key) || length === 0) return undefined
  const at = Math.min(Math.max(steps[key], 0), length - 1)
  return { at, anchor: isSelecting ? (cursor?.anchor ?? now) : at }
}

/** Height of a bar, px: logarithmic, and never nothing for something. */
export function logHeight(count: number, most: number, heightPx: number): number {
  if (count <= 0) return 0
  return Math.max(2, (heightPx * Math.log1p(count)) / Math.log1p(Math.max(most, 1)))
}
