import { type Derived } from '../../derive/derived.ts'
import { countLost } from '../overview.ts'
import { rulesMark } from '../rules-answer.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { isTraceFormat } from '../../model/source-file.ts'
import { type Trace } from '../../model/trace.ts'
import { type PfnSpan } from '../../base/pfn-spans.ts'
import { formatPfnRange } from '../../base/pfn.ts'
import { hasDurations } from '../pinner-choice.ts'
import { timeAnswer, traceSpan } from '../time-answer.ts'
import { type TimeAnswer } from '../wire.ts'

/** What a capture is, as far as it decides what can be compared. */
export interface CompareSide {
  readonly files: number
  /** Name of the one that the capture is called by: the trace with most records, else the file with most. */
  readonly mainFile: string
  /** As `uname -r` says; empty when no file tells. */
  readonly kernel: string
  /** Kernels of other boots among the files. */
  readonly otherKernels: readonly string[]
  /** What the kernel was booted with, when a file tells. */
  readonly cmdline: string
  readonly pageblockOrder?: number
  /** First and last event; absent without events. */
  readonly from?: TimeAnswer
  readonly to?: TimeAnswer
  /** ns (counts when `hasDurations` is false); 0 without events. */
  readonly spanNs: number
  readonly hasDurations: boolean
  readonly clock: string
  readonly events: number
  readonly refEvents: number
  /** Of these with a stack. */
  readonly withStack: number
  /** Names of all events, in the order of the alphabet. */
  readonly eventNames: readonly string[]
  /**
   * Pages with page_ref events, and the span of their PFNs `[startPfn, endPfn)`: what the trace can tell holders of. A page
   * that another event names is not watched by that.
   */
  readonly pages: number
  readonly startPfn: number
  readonly endPfn: number
  /** What notes among the files say the capture covers, ascending; empty when none does. */
  readonly windows: readonly PfnSpan[]
  /** The same in words: `4096 in [0x1ec00, 0x1fc00)`, and what a note says is covered where that is another span. */
  readonly pagesText: string
  readonly lost: { readonly count: number; readonly isAtLeast: boolean }
  /** Lines that could not be read. */
  readonly rejected: number
  /** Rules that references were classed by: their hash, empty for those that come with pinscope, and in words. */
  readonly rules: { readonly hash: string; readonly words: string }
}

/** Reads what a capture is. O(events + pages). */
export function compareSide(trace: Trace, derived: Derived): CompareSide {
  const { machine, events, clock } = trace
  const span = traceSpan(trace)
  const mark = rulesMark(derived.rules)
  const traced = pagesOf(trace)
  const windows = notedWindows(trace)
  return {
    files: trace.files.length,
    mainFile: mainFile(trace),
    kernel: machine.release,
    otherKernels: (machine.otherReleases ?? []).map(({ release }) => release),
    cmdline: machine.texts.find(({ kind }) => kind === 'cmdline')?.text ?? '',
    ...(machine.pageblockOrder === undefined ? {} : { pageblockOrder: machine.pageblockOrder }),
    ...(events.length === 0 ? {} : { from: timeAnswer(trace, span.from), to: timeAnswer(trace, span.to) }),
    spanNs: span.to - span.from,
    hasDurations: hasDurations(trace),
    clock: clock.name,
    events: events.length,
    ...countRefs(trace),
    eventNames: namesOf(trace),
    ...traced,
    windows,
    pagesText: pagesText(traced, windows),
    lost: countLost(trace),
    rejected: trace.files.reduce((sum, file) => sum + file.ledger.rejected, 0),
    rules: { hash: mark.hash, words: mark.words },
  }
}

function mainFile({ files }: Trace): string {
  const isTrace = ({ format }: Trace['files'][number]): boolean => isTraceFormat(format) || format === 'mixed'
  const among = files.some(isTrace) ? files.filter(isTrace) : files
  return among.toSorted((one, other) => other.records - one.records).at(0)?.name ?? ''
}

function countRefs({ events }: Trace): Pick<CompareSide, 'refEvents' | 'withStack'> {
  let refEvents = 0
  let withStack = 0
  for (let row = 0; row < events.length; row++) {
    if (!isRefKind(events.kind[row])) continue
    refEvents++
    if (events.stack[row] >= 0) withStack++
  }
  return { refEvents, withStack }
}

function namesOf({ events, shapes, strings }: Trace): readonly string[] {
  const seen = new Uint8Array(shapes.length)
  for (let row = 0; row < events.length; row++) seen[events.shape[row]] = 1
  const names = new Set<string>()
  for (let shape = 0; shape < seen.length; shape++) if (seen[shape] === 1) names.add(strings.text(shapes.name[shape]))
  return [...names].toSorted()
}

type TracedPages = Pick<CompareSide, 'pages' | 'startPfn' | 'endPfn'>

/** Pages that references were traced of. O(events). */
function pagesOf({ pages, events }: Trace): TracedPages {
  const isWatched = new Uint8Array(pages.length)
  for (let row = 0; row < events.length; row++)
    if (isRefKind(events.kind[row]) && events.page[row] >= 0) isWatched[events.page[row]] = 1
  let count = 0
  let first = Number.POSITIVE_INFINITY
  let last = -1
  for (let page = 0; page < pages.length; page++) {
    if (isWatched[page] === 0) continue
    count++
    first = Math.min(first, pages.pfn[page])
    last = Math.max(last, pages.pfn[page])
  }
  return { pages: count, startPfn: count === 0 ? 0 : first, endPfn: last + 1 }
}

function notedWindows({ windows }: Trace): readonly PfnSpan[] {
  const byText = new Map(
    windows.map(({ startPfn, endPfn }) => [formatPfnRange(startPfn, endPfn), { startPfn, endPfn }]),
  )
  return [...byText.values()].toSorted((one, other) => one.startPfn - other.startPfn)
}

function pagesText({ pages, startPfn, endPfn }: TracedPages, windows: readonly PfnSpan[]): string {
  if (pages === 0) return 'none traced'
  const noted = windows.filter((window) => window.startPfn !== startPfn || window.endPfn !== endPfn)
  const ranges = noted.map((window) => formatPfnRange(window.startPfn, window.endPfn)).join(', ')
  return `${pages} in ${formatPfnRange(startPfn, endPfn)}${ranges === '' ? '' : `; a note says ${ranges}`}`
}

/** Watched spans that have less than this of the other's in common were filtered differently, or are of other memory. */
const COMMON_SHARE = 0.9

/**
 * The pages that a capture watched: what a note says it covers, else from the first to the last that references were traced
 * of. A page without events is not outside of a window that a note tells; events outside of it widen it.
 */
export function watchedSpan({ startPfn, endPfn, windows }: Pick<CompareSide, keyof PfnSpan | 'windows'>): PfnSpan {
  return {
    startPfn: windows.reduce((least, window) => Math.min(least, window.startPfn), startPfn),
    endPfn: windows.reduce((most, window) => Math.max(most, window.endPfn), endPfn),
  }
}

/** True when so much of what one capture watched was watched by another that what is not found there is not there. */
export function isWatchedBy(side: CompareSide, by: CompareSide): boolean {
  const [span, other] = [watchedSpan(side), watchedSpan(by)]
  const common = Math.min(span.endPfn, other.endPfn) - Math.max(span.startPfn, other.startPfn)
  return side.pages === 0 || common >= (span.endPfn - span.startPfn) * COMMON_SHARE
}
