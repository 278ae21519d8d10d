import { formatPfn } from './pfn.ts'
import { fail, ok, type Result } from './result.ts'

/** Pages `[startPfn, endPfn)`, at least one. */
export interface PfnSpan {
  readonly startPfn: number
  readonly endPfn: number
}

/**
 * Reads `0x17800-0x17c00, 0x17ac9`: PFNs in hex with 0x, ranges without their end, apart by commas or blanks. The spans come
 * back ascending, none touching another; the empty text is no span. At most
 * 13 hex digits, so that sums stay exact. The failure says which part is wrong, in one line.
 */
export function parsePfnSpans(text: string): Result<readonly PfnSpan[], string> {
  const spans: PfnSpan[] = []
  for (const part of text.split(/[\s,]+/).filter((word) => word !== '')) {
    const match = /^(0x[0-9a-f]{1,13})(?:-(0x[0-9a-f]{1,13}))?$/i.exec(part)
    if (match === null) return fail(`${part} is no PFN: write 0x17ac9 or 0x17800-0x17c00`)
    const startPfn = Number(match[1])
    const endPfn = match[2] === undefined ? startPfn + 1 : Number(match[2])
    if (endPfn <= startPfn) return fail(`${part} is empty: a range ends before its second PFN`)
    spans.push({ startPfn, endPfn })
  }
  return ok(mergeSpans(spans))
}

/** The inverse of `parsePfnSpans`: `0x17800-0x17c00,0x17ac9`. */
export function formatPfnSpans(spans: readonly PfnSpan[]): string {
  return spans
    .map(({ startPfn, endPfn }) =>
      endPfn === startPfn + 1 ? formatPfn(startPfn) : `${formatPfn(startPfn)}-${formatPfn(endPfn)}`,
    )
    .join(',')
}

/** The same pages in ascending spans with a gap between any two. */
export function mergeSpans(spans: readonly PfnSpan[]): readonly PfnSpan[] {
  const merged: PfnSpan[] = []
  for (const span of spans.toSorted((a, b) => a.startPfn - b.startPfn)) {
    const last = merged.at(-1)
    if (last === undefined || span.startPfn > last.endPfn) merged.push(span)
    else merged[merged.length - 1] = { startPfn: last.startPfn, endPfn: Math.max(last.endPfn, span.endPfn) }
  }
  return merged
}

/** Pages in all; of spans that do not overlap. */
export function countPages(spans: readonly PfnSpan[]): number {
  return spans.reduce((sum, { startPfn, endPfn }) => sum + endPfn - startPfn, 0)
}
