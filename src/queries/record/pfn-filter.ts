import { countPages, mergeSpans, type PfnSpan } from '../../base/pfn-spans.ts'
import { formatPfn } from '../../base/pfn.ts'

/** A filter of the kernel's events on their `pfn` field. */
export interface PfnFilter {
  /** `(pfn >= 0x17800 && pfn < 0x17c00) || pfn == 0x17ac9`. */
  readonly text: string
  /** Pages that pass: those asked for and, where these had to be joined, those between. */
  readonly spans: readonly PfnSpan[]
  /** Pages that pass beside those asked for and their heads, because the filter would be too long else. */
  readonly widenedBy: number
}

/**
 * Longest filter, in characters. The kernel takes less than a page in one write (event_filter_write(), PAGE_SIZE, in
 * kernel/trace/trace_events.c; perf's PERF_EVENT_IOC_SET_FILTER the same); what is below leaves room for the shell's own buffer.
 */
export const LONGEST_FILTER = 3500

/** Orders of folios whose heads may come before a page: up to a pageblock of 2 MiB in pages of 4 KiB. */
const HEAD_ORDERS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

/**
 * The filter that lets all pages of `spans` pass. Events carry the PFN of a folio's head: unless `isHeadsKnown`, heads that the
 * first page of each span may have pass, too. Spans that are too many are joined over the smallest gaps. O(n log n).
 */
export function pfnFilter(spans: readonly PfnSpan[], isHeadsKnown = false): PfnFilter {
  const wanted = mergeSpans(isHeadsKnown ? spans : spans.flatMap((span) => [span, ...headsOf(span.startPfn)]))
  const passing = filterText(wanted).length <= LONGEST_FILTER ? wanted : joined(wanted)
  return { text: filterText(passing), spans: passing, widenedBy: countPages(passing) - countPages(wanted) }
}

/** Heads of the folios that a page may be a tail of, each as a span. Arithmetic, since PFNs pass 32 bits. */
function headsOf(pfn: number): readonly PfnSpan[] {
  const heads = new Set(HEAD_ORDERS.map((order) => pfn - (pfn % 2 ** order)))
  heads.delete(pfn)
  return [...heads].map((head) => ({ startPfn: head, endPfn: head + 1 }))
}

function filterText(spans: readonly PfnSpan[]): string {
  return spans.map(termOf).join(' || ')
}

function termOf({ startPfn, endPfn }: PfnSpan): string {
  if (endPfn === startPfn + 1) return `pfn == ${formatPfn(startPfn)}`
  return `(pfn >= ${formatPfn(startPfn)} && pfn < ${formatPfn(endPfn)})`
}

/** Keeps the widest gaps, as many as a filter of that length has room for. */
function joined(spans: readonly PfnSpan[]): readonly PfnSpan[] {
  const longest = termOf({ startPfn: spans[0].startPfn, endPfn: spans[spans.length - 1].endPfn }).length
  const last = termOf({ startPfn: spans[spans.length - 1].endPfn, endPfn: spans[spans.length - 1].endPfn + 2 }).length
  const room = Math.floor(LONGEST_FILTER / (Math.max(longest, last) + 4))
  const gaps = spans.slice(1).map((span, at) => ({ before: at + 1, pages: span.startPfn - spans[at].endPfn }))
  const kept = new Set(
    gaps
      .toSorted((a, b) => b.pages - a.pages || a.before - b.before)
      .slice(0, Math.max(0, room - 1))
      .map(({ before }) => before),
  )
  const found: PfnSpan[] = []
  for (const [at, span] of spans.entries()) {
    const before = found.at(-1)
    if (before === undefined || kept.has(at)) found.push(span)
    else found[found.length - 1] = { startPfn: before.startPfn, endPfn: span.endPfn }
  }
  return found
}
