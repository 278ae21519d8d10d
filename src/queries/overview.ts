import { unreadEnds } from '../derive/failures/unread-ends.ts'
import { type Derived } from '../derive/derived.ts'
import { isRefKind } from '../model/event-kind.ts'
import { type Trace } from '../model/trace.ts'
import { fileAnswers } from './file-answer.ts'
import { countKernelNotes, type KernelNoteCount } from './kernel-notes.ts'
import { countHidden, judgeHolds } from './pinner-choice.ts'
import { placeOf } from './place.ts'
import { findSuccesses, type SuccessAnswer } from './successes.ts'
import { timeAnswer, traceSpan } from './time-answer.ts'
import { type Clock } from '../base/clock.ts'
import { type FileHash } from '../model/file-hash.ts'
import { type SliceNote } from '../model/slice-file.ts'
import { type ArrayPlace, type FileUnit, type FormatId, type Ledger, type Problem } from '../model/source-file.ts'
import { type PlaceAnswer, type TimeAnswer } from './wire.ts'

/** What is loaded. */
export type OverviewQuestion = Record<string, never>

/** One file as the *Files* view shows it. */
export interface FileAnswer {
  readonly index: number
  readonly name: string
  readonly format: FormatId
  readonly formatLabel: string
  /** True when its records are events. */
  readonly isTrace: boolean
  /** What the ledger counts, and places cite. */
  readonly unit: FileUnit
  readonly sizeBytes: number
  readonly textBytes: number
  readonly isCompressed: boolean
  readonly hash: FileHash
  /** What the hash is of: `SHA-256`, or that of the SHA-256s of its pieces. */
  readonly hashName: string
  readonly ledger: Ledger
  readonly skippedBy: readonly { readonly why: string; readonly lines: number }[]
  readonly problems: readonly Problem[]
  readonly damage: readonly string[]
  readonly notices: readonly string[]
  /** Of an array of pages: where its values lie. */
  readonly array?: ArrayPlace
  /** Of a file of which only some lines are there: lines, or records, that are, and of the whole file. */
  readonly excerpt?: { readonly shown: number; readonly total: number }
  readonly records: number
}

/** One loss as the *Files* view lists it. */
export interface LossAnswer {
  readonly kind: 'lost' | 'start' | 'overrun' | 'truncated' | 'cut'
  readonly cpu: number
  /** -1 when the kernel does not know. */
  readonly count: number
  readonly from?: TimeAnswer
  readonly to?: TimeAnswer
  readonly place: PlaceAnswer
}

/** Answer to `overview`: status line, *Files* view. */
export interface OverviewAnswer {
  readonly files: readonly FileAnswer[]
  readonly clock: Clock
  /** First and last event; absent when there are no events. */
  readonly from?: TimeAnswer
  readonly to?: TimeAnswer
  readonly events: number
  readonly refEvents: number
  readonly pages: number
  readonly tasks: number
  readonly ownerRecords: number
  /** Events by name, most first: nothing is dropped. */
  readonly eventCounts: readonly { readonly name: string; readonly count: number }[]
  readonly losses: readonly LossAnswer[]
  /** Known lost events; `isAtLeast` when a marker did not say how many. */
  readonly lost: { readonly count: number; readonly isAtLeast: boolean }
  readonly rejected: number
  readonly depot: {
    readonly seen: number
    readonly distinct: number
    readonly textBytes: number
    readonly heldBytes: number
    readonly savedBytes: number
  }
  /** Messages of the kernel log that say something of pages, by kind, most first. */
  readonly noteCounts: readonly KernelNoteCount[]
  /** Holds that no view lists by default because they are balanced or expected. */
  readonly hiddenHolds: number
  readonly holds: number
  /** Holds are those of some pages as yet: the others are still being paired. */
  readonly isPairing?: true
  readonly failures: number
  /** What the kernel tried and the files say went well, by kind. */
  readonly successes: readonly SuccessAnswer[]
  /** Events that end an attempt and cannot be understood, with the first of them; absent when all can. */
  readonly unreadEnds?: { readonly count: number; readonly event: string; readonly place: PlaceAnswer }
  readonly bytesPerEvent: number
  /** What is open is a slice of a capture: where to look, and what it is about. */
  readonly slice?: SliceNote
}

/** Everything the status line and the *Files* view show. O(events + holds). */
export function readOverview(trace: Trace, derived: Derived, isPairing = false): OverviewAnswer {
  const { savings } = trace.stacks
  const span = traceSpan(trace)
  const { length } = trace.events
  return {
    files: fileAnswers(trace),
    clock: trace.clock,
    ...(length === 0 ? {} : { from: timeAnswer(trace, span.from), to: timeAnswer(trace, span.to) }),
    events: length,
    refEvents: countRefEvents(trace),
    pages: trace.pages.length,
    tasks: trace.tasks.length,
    ownerRecords: trace.owners.length,
    eventCounts: countEventsByName(trace),
    losses: lossAnswers(trace),
    lost: countLost(trace),
    rejected: trace.files.reduce((sum, file) => sum + file.ledger.rejected, 0),
    depot: { ...savings, savedBytes: Math.max(0, savings.textBytes - savings.heldBytes) },
    noteCounts: countKernelNotes(trace),
    hiddenHolds: countHiddenHolds(trace, derived),
    holds: derived.holds.length,
    ...(isPairing ? { isPairing } : {}),
    failures: derived.findings.length,
    successes: findSuccesses(trace),
    ...unreadOf(trace),
    bytesPerEvent: length === 0 ? 0 : trace.sizeBytes / length,
    ...sliceOf(trace),
  }
}

function unreadOf(trace: Trace): Pick<OverviewAnswer, 'unreadEnds'> {
  const ends = unreadEnds(trace)
  if (ends.length === 0) return {}
  const [{ row, kind }] = ends
  return { unreadEnds: { count: ends.length, event: kind, place: placeOf(trace, trace.events.line[row]) } }
}

function sliceOf(trace: Trace): Pick<OverviewAnswer, 'slice'> {
  const slice = sliceNoteOf(trace)
  return slice === undefined ? {} : { slice }
}

/**
 * What is known of the slice that a capture is; undefined where it is none: files beside a slice of which all was read are no part of
 * it, and each file of a slice says itself that it is one.
 */
export function sliceNoteOf({ files }: Trace): SliceNote | undefined {
  const isWhole = files.some(({ excerpt, format }) => excerpt === undefined && format !== 'unknown')
  return isWhole ? undefined : files.find(({ excerpt }) => excerpt !== undefined)?.excerpt?.slice
}

/** Those that the pinners leave out unasked. */
function countHiddenHolds(trace: Trace, derived: Derived): number {
  const choice = { thresholdNs: derived.thresholdNs, includeExpected: false, filter: '' }
  const { expected, short } = countHidden(judgeHolds(trace, derived, choice))
  return expected + short
}

function countRefEvents(trace: Trace): number {
  const { kind, length } = trace.events
  let count = 0
  for (let row = 0; row < length; row++) if (isRefKind(kind[row])) count++
  return count
}

/** Counted by shape first, so that a name is looked up once per shape and not once per event. */
function countEventsByName(trace: Trace): OverviewAnswer['eventCounts'] {
  const byShape = new Float64Array(trace.shapes.length)
  for (let row = 0; row < trace.events.length; row++) byShape[trace.events.shape[row]]++
  const counts = new Map<string, number>()
  for (let shape = 0; shape < byShape.length; shape++) {
    if (byShape[shape] === 0) continue
    const name = trace.strings.text(trace.shapes.name[shape])
    counts.set(name, (counts.get(name) ?? 0) + byShape[shape])
  }
  const rows = [...counts].map(([name, count]) => ({ name, count }))
  return rows.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

function lossAnswers(trace: Trace): readonly LossAnswer[] {
  return trace.losses.map((loss) => ({
    kind: loss.kind,
    cpu: loss.cpu,
    count: loss.count,
    ...(loss.from === undefined ? {} : { from: timeAnswer(trace, loss.from) }),
    ...(loss.to === undefined ? {} : { to: timeAnswer(trace, loss.to) }),
    place: placeOf(trace, loss.line),
  }))
}

/** Events that the files say were lost; `isAtLeast` when one loss does not say how many. */
export function countLost(trace: Trace): OverviewAnswer['lost'] {
  let count = 0
  let isAtLeast = false
  for (const loss of trace.losses) {
    if (loss.count < 0) isAtLeast = true
    else count += loss.count
  }
  return { count, isAtLeast }
}
