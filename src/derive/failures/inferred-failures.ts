import { findAtLeast } from '../../base/bisect.ts'
import { absoluteNs, type TimeNs } from '../../base/clock.ts'
import { rowsOf } from '../../base/group-index.ts'
import { statedCount } from '../counts/effect.ts'
import { knownLossIn } from '../known-loss.ts'
import { deltaOf } from '../operation.ts'
import { FREEZE, isRefKind, SET } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type FailedRange } from './failed-range.ts'
import { type Episode, isolationLooks } from './isolation-looks.ts'
import { failureId } from './isolation-failures.ts'
import { memoryBlockOf } from './memory-block.ts'
import { type Mark, numberArg } from './marks.ts'
import { symbolsOf } from './trigger-of-stack.ts'

/** An attempt after which the trace goes on this long is over. */
const OVER_AFTER_NS = 1_000_000_000
/** Order of a pageblock of x86-64 and arm64 at 4 KiB, where no file tells. */
const USUAL_PAGEBLOCK_ORDER = 9
/** 1 GiB at 4 KiB. */
const GIGANTIC_PAGES = 0x40000

/**
 * Ranges of which no event or message says that they failed (it was lost, or not recorded), but pages do: one that was
 * isolated for the range and is still there, in the same life, after the task has ended its attempt, was not moved; had
 * the range been got, no page of it would have stayed (mm/page_alloc.c alloc_contig_range()). Nothing is inferred for a
 * page that may have been freed meanwhile: where its count does not continue, or events are known to be lost after the
 * last look. `known` are the ranges that are told. O(events).
 */
export function inferredFailures(trace: Trace, marks: readonly Mark[], known: readonly FailedRange[]): FailedRange[] {
  const { episodes, episodeOf, lastRow } = isolationLooks(trace)
  const stuck = new Map<number, PageId[]>()
  for (let page = 0; page < episodeOf.length; page++) {
    const at = episodeOf[page]
    if (at < 0 || !hasStayed(trace, page as PageId, lastRow[page] as EventRow, episodes[at])) continue
    const pages = stuck.get(at)
    if (pages === undefined) stuck.set(at, [page as PageId])
    else pages.push(page as PageId)
  }
  return [...stuck].flatMap(([at, pages]) => {
    const untold = pages.filter((page) => !isTold(marks, known, episodes[at], trace.pages.pfn[page]))
    return untold.length === 0 ? [] : [rangeOf(trace, marks, episodes[at], untold)]
  })
}

/** True when a page is still in the life in which it was looked at, once the attempt is over. */
function hasStayed(trace: Trace, page: PageId, looked: EventRow, episode: Episode): boolean {
  const { time, kind } = trace.events
  if (countAt(trace, looked) <= 0 || kind[looked] === FREEZE) return false
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page)
  let last = looked
  for (let at = findAtLeast(rows, looked) + 1; at < rows.length; at++) {
    const row = rows[at]
    if (!isRefKind(kind[row])) continue
    if (kind[row] === SET || countAt(trace, row) !== countAt(trace, last) + deltaOf(trace, row)) return false
    if (time[row] > episode.to) return true
    if (countAt(trace, row) <= 0) return false
    last = row
  }
  const end = time[trace.events.length - 1]
  return end - episode.to > OVER_AFTER_NS && !knownLossIn(trace)(time[last], end)
}

/** True when a range, or a test that succeeded, tells what became of the page's range. */
function isTold(marks: readonly Mark[], known: readonly FailedRange[], episode: Episode, pfn: number): boolean {
  if (known.some(({ startPfn, endPfn }) => startPfn <= pfn && pfn < endPfn)) return true
  return marks.some(
    (mark) =>
      mark.task === episode.task &&
      mark.row > episode.firstRow &&
      mark.kind === 'test_pages_isolated' &&
      mark.args.get('ret') === 'success' &&
      numberArg(mark, 'start_pfn') <= pfn &&
      pfn < numberArg(mark, 'end_pfn'),
  )
}

function rangeOf(trace: Trace, marks: readonly Mark[], episode: Episode, pages: readonly PageId[]): FailedRange {
  const pfns = pages.map((page) => trace.pages.pfn[page]).toSorted((a, b) => a - b)
  const { startPfn, endPfn, words } = windowOf(trace, marks, episode, pfns)
  const printedNs = absoluteNs(episode.to, trace.clock)
  const stayed = pfns.length === 1 ? 'a page' : `${pfns.length} pages`
  return {
    id: failureId(episode.trigger, startPfn, endPfn, printedNs),
    trigger: episode.trigger,
    startPfn,
    endPfn,
    time: episode.to as TimeNs,
    attemptFrom: (episode.start === undefined ? episode.from : trace.events.time[episode.start]) as TimeNs,
    isInferred: true,
    printedNs,
    namedPfns: [],
    lines: [episode.lastRow, ...(episode.start === undefined ? [] : [episode.start]), episode.firstRow].map(
      (row) => trace.events.line[row],
    ),
    basis: `inferred, for no event says that it failed: ${stayed} isolated for it stayed where ${pfns.length === 1 ? 'it was' : 'they were'} when the attempt was over; ${words}`,
    attempts: 1,
  }
}

interface Window {
  readonly startPfn: number
  readonly endPfn: number
  readonly words: string
}

function windowOf(trace: Trace, marks: readonly Mark[], episode: Episode, pfns: readonly number[]): Window {
  const [first, last] = [pfns[0], pfns[pfns.length - 1]]
  if (episode.trigger === 'offline') {
    const { startPfn, endPfn, basis } = memoryBlockOf(trace, first)
    return { startPfn, endPfn, words: basis }
  }
  const gigantic = first - (first % GIGANTIC_PAGES)
  if (isGigantic(trace, episode) && last < gigantic + GIGANTIC_PAGES)
    return {
      startPfn: gigantic,
      endPfn: gigantic + GIGANTIC_PAGES,
      words: 'the range is the 1 GiB of a gigantic page, which begins at a multiple of its size',
    }
  const start = marks.find((mark) => mark.row === episode.start)
  const count = start === undefined ? Number.NaN : numberArg(start, 'count')
  const areas = [
    ...(trace.machine.cmaAreas ?? []),
    ...trace.notes.flatMap((note) => (note.kind === 'cma_reserved' ? [note] : [])),
    ...trace.windows,
  ]
  const area = areas.find(({ startPfn, endPfn }) => endPfn - startPfn === count && startPfn <= first && last < endPfn)
  if (area !== undefined)
    return {
      startPfn: area.startPfn,
      endPfn: area.endPfn,
      words: `the range is the area of just the ${count} pages asked for`,
    }
  const block = 2 ** (trace.machine.pageblockOrder ?? USUAL_PAGEBLOCK_ORDER)
  return {
    startPfn: first - (first % block),
    endPfn: last - (last % block) + block,
    words: 'the range is the pageblocks of those pages, the true one may be larger',
  }
}

/** x86-64 has one gigantic size; alloc_contig_pages() steps by it (mm/hugetlb.c alloc_gigantic_folio()). */
function isGigantic(trace: Trace, { firstRow, trigger }: Episode): boolean {
  const isX86 = trace.machine.texts.some(({ kind, text }) => kind === 'release' && /\bx86_64\b/.test(text))
  return (
    trigger === 'hugetlb' &&
    isX86 &&
    symbolsOf(trace, trace.events.stack[firstRow]).some((symbol) =>
      /^alloc_(?:gigantic_\w+|contig_pages)$/.test(symbol),
    )
  )
}

function countAt(trace: Trace, row: EventRow): number {
  return statedCount(trace, row) ?? trace.events.count[row]
}
