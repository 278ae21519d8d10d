import { type PfnSpan } from '../../../base/pfn-spans.ts'

/** Pages of some stretches, ascending, that lie before a PFN: a place in memory with its holes left out. */
export function pagesBefore(spans: readonly PfnSpan[], pfn: number): number {
  return spans.reduce(
    (sum, { startPfn, endPfn }) => sum + Math.max(0, Math.min(endPfn, Math.max(pfn, startPfn)) - startPfn),
    0,
  )
}

/** The page at such a place: `pagesBefore` turned around; the first or the last page where it is outside. */
export function pfnAtPage(spans: readonly PfnSpan[], page: number): number {
  let left = Math.max(0, page)
  for (const { startPfn, endPfn } of spans) {
    if (left < endPfn - startPfn) return startPfn + left
    left -= endPfn - startPfn
  }
  return Math.max(0, (spans.at(-1)?.endPfn ?? 1) - 1)
}
