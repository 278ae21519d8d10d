import { type PfnSpan } from '../../base/pfn-spans.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { placeOf } from '../place.ts'
import { type PlaceAnswer } from '../wire.ts'
import { knownMemory, knownPages } from './known-pages.ts'
import { areaOutlines, failedOutlines, type MapOutline, zoneOutlines } from './map-outlines.ts'
import { ownerMapOf } from './owner-map.ts'
import { type PfnRuns } from './pfn-runs.ts'

/** What there is of PFN space. */
export interface MapSpaceQuestion {
  readonly thresholdNs: number
}

/** Answer to `mapSpace`. */
export interface MapSpaceAnswer {
  /** Whole pageblocks of which a file knows, ascending; between them no file knows of any memory. At most `MOST_SPANS`. */
  readonly spans: readonly PfnSpan[]
  /** Order of a pageblock, told or assumed. */
  readonly blockOrder: number
  /** How the order is known, in words. */
  readonly blockBasis: string
  readonly isBlockAssumed: boolean
  readonly blockPlace?: PlaceAnswer
  /** Pages of a memory block, where a file tells. */
  readonly memoryBlockPages?: number
  /** How the size of a memory block is known, or that it is not. */
  readonly memoryBlockBasis: string
  readonly outlines: readonly MapOutline[]
  /** Failed ranges that are not among the outlines, because there are too many. */
  readonly outlinesLeftOff: number
  /** Pages that a file tells of. */
  readonly knownPages: number
  /** Records of page_owner that count, and those that a later one over the same pages replaces. */
  readonly ownerRecords: number
  readonly replacedRecords: number
  /** Allocation time of the newest of them, as printed, in ns; empty when none tells. Ages are against it. */
  readonly newestTs: string
  /** Pages that events name. */
  readonly eventPages: number
}

/** pageblock_order of x86-64 and arm64 with 4 KiB pages (include/linux/pageblock-flags.h: that of a PMD huge page). */
const USUAL_BLOCK_ORDER = 9
/** Stretches of memory told apart; the smallest holes between them are closed first. */
const MOST_SPANS = 64
/** Outlines of failed ranges. */
const MOST_FAILED = 1000
/** Only x86-64 prints the size of a memory block, and its pages are of 4 KiB. */
const PAGE_BYTES = 4096

/** Where memory is, how it is cut into pageblocks, and what is outlined in it. O(runs of known pages). */
export function findMapSpace(trace: Trace, derived: Derived): MapSpaceAnswer {
  const known = knownPages(trace)
  const owners = ownerMapOf(trace)
  const blockOrder = trace.machine.pageblockOrder ?? USUAL_BLOCK_ORDER
  const areas = areaOutlines(trace)
  const failed = failedOutlines(trace, derived)
  const memory = memoryBlocks(trace)
  return {
    spans: wholeSpans(knownMemory(trace), [...areas, ...failed], 2 ** blockOrder),
    blockOrder,
    ...blockBasis(trace),
    ...memory,
    outlines: [...zoneOutlines(trace), ...areas, ...failed.slice(0, MOST_FAILED)],
    outlinesLeftOff: Math.max(0, failed.length - MOST_FAILED),
    knownPages: countOf(known),
    ownerRecords: owners.length,
    replacedRecords: owners.replaced,
    newestTs: owners.newestTs < 0 ? '' : String(owners.newestTs),
    eventPages: trace.pages.length,
  }
}

function countOf({ start, end, length }: PfnRuns): number {
  let pages = 0
  for (let at = 0; at < length; at++) pages += end[at] - start[at]
  return pages
}

function blockBasis(trace: Trace): Pick<MapSpaceAnswer, 'blockBasis' | 'isBlockAssumed' | 'blockPlace'> {
  const { pageblockOrder: order, pageblockOrderBasis: basis, pageblockOrderLine: line } = trace.machine
  if (order === undefined)
    return {
      blockBasis: `pageblock order ${USUAL_BLOCK_ORDER} is assumed, as on x86-64 with 4 KiB pages: no file tells it`,
      isBlockAssumed: true,
    }
  return {
    blockBasis:
      basis === 'page_owner'
        ? `pageblock order ${order}, which the block numbers of page_owner make`
        : `pageblock order ${order}, as pagetypeinfo says`,
    isBlockAssumed: false,
    ...(line === undefined ? {} : { blockPlace: placeOf(trace, line) }),
  }
}

function memoryBlocks(trace: Trace): Pick<MapSpaceAnswer, 'memoryBlockPages' | 'memoryBlockBasis'> {
  const bytes = trace.machine.memoryBlockBytes
  if (bytes !== undefined)
    return {
      memoryBlockPages: bytes / PAGE_BYTES,
      memoryBlockBasis: `memory blocks of ${bytes / 2 ** 20} MiB, as the boot log says`,
    }
  return { memoryBlockBasis: 'memory blocks are not drawn: no file tells their size' }
}

/** Whole blocks that hold what is known, and what is outlined. */
function wholeSpans(known: PfnRuns, outlines: readonly PfnSpan[], blockPages: number): readonly PfnSpan[] {
  const spans: { startPfn: number; endPfn: number }[] = []
  const add = (startPfn: number, endPfn: number): void => {
    const start = startPfn - (startPfn % blockPages)
    const end = Math.ceil(endPfn / blockPages) * blockPages
    const last = spans.at(-1)
    if (last !== undefined && start <= last.endPfn) last.endPfn = Math.max(last.endPfn, end)
    else spans.push({ startPfn: start, endPfn: end })
  }
  const others = outlines.toSorted((a, b) => a.startPfn - b.startPfn)
  let next = 0
  for (let at = 0; at < known.length; at++) {
    for (; next < others.length && others[next].startPfn <= known.start[at]; next++)
      add(others[next].startPfn, others[next].endPfn)
    add(known.start[at], known.end[at])
  }
  for (; next < others.length; next++) add(others[next].startPfn, others[next].endPfn)
  return closedSpans(spans)
}

/** The same with the smallest holes closed until there are few enough. */
function closedSpans(spans: readonly PfnSpan[]): readonly PfnSpan[] {
  if (spans.length <= MOST_SPANS) return spans
  const holes = spans.slice(1).map((span, at) => span.startPfn - spans[at].endPfn)
  const least = holes.toSorted((a, b) => b - a)[MOST_SPANS - 2]
  const closed: { startPfn: number; endPfn: number }[] = []
  spans.forEach((span, at) => {
    const last = closed.at(-1)
    if (last === undefined || (holes[at - 1] >= least && closed.length < MOST_SPANS)) closed.push({ ...span })
    else last.endPfn = span.endPfn
  })
  return closed
}
