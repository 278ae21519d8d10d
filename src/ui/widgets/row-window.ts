/** A stretch of rows to load. */
export interface RowWindow {
  readonly offset: number
  readonly limit: number
}

/** Rows asked for at once, and the grid that windows keep to, so that small scrolls ask nothing new. */
const CHUNK_ROWS = 100

/** Rows loaded beyond what is visible, so that a page of scrolling shows no placeholder. */
const MARGIN_ROWS = 100

/** The window to load for rows `first` … `last` (both visible) of `total`: chunk-aligned, with a margin both ways. */
export function windowFor(first: number, last: number, total: number): RowWindow {
  const offset = Math.max(0, Math.floor((first - MARGIN_ROWS) / CHUNK_ROWS) * CHUNK_ROWS)
  const end = Math.min(total, Math.ceil((last + 1 + MARGIN_ROWS) / CHUNK_ROWS) * CHUNK_ROWS)
  return { offset, limit: Math.max(CHUNK_ROWS, end - offset) }
}

/** The window a view asks for before anything was scrolled. */
export const FIRST_WINDOW: RowWindow = { offset: 0, limit: 2 * CHUNK_ROWS }

/**
 * Where a key leads from row `at`: arrows, Home, End, PageUp, PageDown. `undefined` when the key does not move or
 * there is no row.
 */
export function rowAfterKey(key: string, at: number, total: number, pageRows: number): number | undefined {
  if (total === 0) return undefined
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: total - 1,
    PageDown: at + pageRows,
    PageUp: at - pageRows,
  }
  const wanted = Object.hasOwn(steps, key) ? steps[key] : undefined
  return wanted === undefined ? undefined : Math.min(Math.max(wanted, 0), total - 1)
}
