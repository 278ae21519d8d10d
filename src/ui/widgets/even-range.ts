/** A list whose rows are all of one height, and what of it is in sight. */
export interface EvenList {
  readonly total: number
  readonly rowPx: number
  /** Where the sight begins, in px of the list; beyond its end when the list has become shorter. */
  readonly topPx: number
  readonly viewPx: number
}

/** Rows in sight, both ends included. */
export interface EvenRange {
  readonly startIndex: number
  readonly endIndex: number
}

/** The rows in sight, a part of a row counted as one. Undefined when there is nothing, or no room. O(1). */
export function evenRange({ total, rowPx, topPx, viewPx }: EvenList): EvenRange | undefined {
  if (total === 0 || viewPx <= 0) return undefined
  const top = Math.max(0, Math.min(topPx, total * rowPx - viewPx))
  return {
    startIndex: Math.min(total - 1, Math.floor(top / rowPx)),
    endIndex: Math.min(total - 1, Math.ceil((top + viewPx) / rowPx) - 1),
  }
}
