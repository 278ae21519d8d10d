import { type Derived } from '../../derive/derived.ts'
import { countLost } from '../overview.ts'
import { rulesMark } from '../rules-answer.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { isTraceFormat } from '../../model/source-file.ts'
import { type Trace } from '../../model/trace.ts'
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
  /** Pages with reference events, and the span of their PFNs `[startPfn, endPfn)`. */
  readonly pages: number
  readonly startPfn: number
  readonly endPfn: number
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
    ...pagesOf(trace),
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

function pagesOf({ pages, indexes }: Trace): Pick<CompareSide, 'pages' | 'startPfn' | 'endPfn'> {
  const { offsets } = indexes.byPage
  let count = 0
  let first = Number.POSITIVE_INFINITY
  let last = -1
  for (let page = 0; page < pages.length; page++) {
    if (offsets[page] === offsets[page + 1]) continue
    count++
    first = Math.min(first, pages.pfn[page])
    last = Math.max(last, pages.pfn[page])
  }
  return { pages: count, startPfn: count === 0 ? 0 : first, endPfn: last + 1 }
}
