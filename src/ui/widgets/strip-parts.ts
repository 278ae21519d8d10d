/** Blocking pages that are drawn as one mark because they touch on screen. */
export interface StripPart {
  readonly firstPfn: number
  /** Ascending. */
  readonly pfns: readonly number[]
  readonly leftPx: number
  readonly widthPx: number
}

/** A page is never thinner than this, px. */
export const THINNEST_PX = 2

/**
 * Where the pages of `[startPfn, endPfn)` lie on a strip `widthPx` wide. Pages outside the range are left out; marks
 * that would touch are one mark, so there are at most `widthPx / 2` of them and none hides another.
 */
export function stripParts(
  startPfn: number,
  endPfn: number,
  pfns: readonly number[],
  widthPx: number,
): readonly StripPart[] {
  const pxOf = (pfn: number) => ((pfn - startPfn) / Math.max(1, endPfn - startPfn)) * widthPx
  const parts: { firstPfn: number; pfns: number[]; leftPx: number; widthPx: number }[] = []
  const inside = pfns.filter((pfn) => pfn >= startPfn && pfn < endPfn).toSorted((one, other) => one - other)
  for (const pfn of inside) {
    const left = Math.min(pxOf(pfn), widthPx - THINNEST_PX)
    const right = Math.max(pxOf(pfn + 1), left + THINNEST_PX)
    const before = parts.at(-1)
    if (before && left <= before.leftPx + before.widthPx) {
      before.pfns.push(pfn)
      before.widthPx = Math.max(before.widthPx, right - before.leftPx)
    } else parts.push({ firstPfn: pfn, pfns: [pfn], leftPx: left, widthPx: right - left })
  }
  return parts
}
