import { rowsOf } from '../base/group-index.ts'
import { type Derived } from '../derive/derived.ts'
import { dumpsOfPage } from '../derive/folio-facts.ts'
import { type Trace } from '../model/trace.ts'
import { blocksWith, concernsPage, failureLabel } from './failure-mark.ts'
import { folioWords } from './folio-words.ts'
import { lifetimeAnswers } from './lifetime-answer.ts'
import { dumpAnswer } from './dump-answer.ts'
import { names, noteAnswers } from './note-answer.ts'
import { isDumped, pageDumpAnswers, pagePlaceAnswers } from './page-dump-answers.ts'
import { ownerRowsOf } from '../derive/owner-rows.ts'
import { dumpOwnerAnswer, ownerAnswer } from './owner-answers.ts'
import { migratetypeAnswers } from './migratetype-answers.ts'
import { type PageOfPfn, pageOfPfn } from './page-of-pfn.ts'
import { pinnerNotes, pinnerRecordAnswers } from './pinner-record-answer.ts'
import { timeAnswer } from './time-answer.ts'
import { type EvidenceAnswer, type PlaceAnswer, type StackAnswer, type TaskAnswer, type TimeAnswer } from './wire.ts'

/** Everything known of one PFN but its events. */
export interface PageFactsQuestion {
  readonly pfn: number
}

/** One lifetime of the page. */
export interface LifetimeAnswer {
  /** 1-based, in time order: "lifetime 2 of 3". */
  readonly number: number
  readonly from: TimeAnswer
  readonly to: TimeAnswer
  readonly startsWithTrace: boolean
  readonly endsWithTrace: boolean
  readonly events: number
  /** Losses of events fall into it: what is missing is unknown, not leaked. */
  readonly hasLoss: boolean
}

/** What page_owner says: who allocated, not who holds. */
export interface OwnerAnswer {
  readonly pfn: number
  readonly order: number
  readonly gfp: string
  readonly task: TaskAnswer
  readonly pageType: string
  readonly blockType: string
  readonly flags: string
  readonly migrateReason: string
  readonly tsText: string
  /** How `tsText` stands to the clock of the trace, in words; empty when the clocks are one, or there is no time. */
  readonly clockNote: string
  readonly stack: StackAnswer
  /** The allocating frame that says most. */
  readonly holder: string
  readonly place: PlaceAnswer
  readonly source: 'page_owner' | 'dump_page'
  /** Why the stack names no allocator, in words; empty when it is a record of an allocation. */
  readonly notRecorded: string
  /** What is missing of the stack, in words; empty when nothing is. */
  readonly depthNote: string
  /** Base pages that this stack has allocated in all, as page_owner_stacks or page_owner_sort counts. */
  readonly total?: { readonly pages: number; readonly place: PlaceAnswer }
}

/** One dump_page block. */
export interface DumpAnswer {
  /** The page that was dumped: another one of the same folio, mostly its head, when it is not the page asked for. */
  readonly pfn: number
  readonly refcount: number
  readonly mapcount: number
  readonly reason: string
  readonly flags: string
  readonly timeText: string
  readonly place: PlaceAnswer
  /** Stacks that the kernel printed with it: of the check that failed, of the last recorded pin. Mostly none. */
  readonly stacks: readonly DumpStackAnswer[]
}

/** A stack beside a dump_page block, with what it is. */
export interface DumpStackAnswer {
  readonly words: string
  readonly stack: StackAnswer
  readonly place: PlaceAnswer
}

/** One record of Android's page_pinner. Its time is CLOCK_BOOTTIME, not the trace's; durations are lower bounds. */
export interface PinnerRecordAnswer {
  /** The page that the record names: another one of the same folio when it is not the page asked for. */
  readonly pfn: number
  /** A get that lasted, a put of a page that had been in the way, its free, or the moment it was found in the way. */
  readonly kind: 'get' | 'put' | 'freed' | 'failed'
  /** Seconds with six digits; empty when not told. */
  readonly timeText: string
  /** `at least 2.099 s`; empty when not told. */
  readonly durationText: string
  /** As printed; -1 when not told. */
  readonly count: number
  /** `count 3`, or `1 get seen`, which is what the first layout counts; empty when not told. */
  readonly countText: string
  readonly mapcount: number
  readonly flags: string
  /** What is missing of the stack, in words; empty when nothing is. */
  readonly depthNote: string
  /** The frame that names the holder; empty without a stack. */
  readonly holder: string
  /** Why the stack names nobody, in words; empty when it is a record. */
  readonly notRecorded: string
  readonly stack: StackAnswer
  readonly place: PlaceAnswer
}

/** Answer to `pageFacts`. `isKnown` is false when no file names the page. */
export interface PageFactsAnswer {
  readonly pfn: number
  readonly isKnown: boolean
  /** Head of the compound page that `pfn` is a tail of; `pfn` itself else. Events carry the head. */
  readonly headPfn: number
  /** Known order of the compound page, 0 for a single page, -1 when not known. */
  readonly order: number
  /** Head, tail or alone, in words; says it when no file tells. */
  readonly folio: string
  readonly events: number
  readonly lifetimes: readonly LifetimeAnswer[]
  readonly owners: readonly OwnerAnswer[]
  readonly dumps: readonly DumpAnswer[]
  /** What page_pinner recorded of the page, newest first. */
  readonly pinners: readonly PinnerRecordAnswer[]
  /** What a reader must know of these records, or of there being none: whose clock, what may be lost. Mostly empty. */
  readonly pinnerNotes: readonly string[]
  /** Ids of failed ranges that the page lies in, with whether it blocked them. */
  readonly failures: readonly {
    readonly id: string
    readonly isBlocking: boolean
    readonly label: string
    readonly time?: TimeAnswer
  }[]
  readonly notes: readonly EvidenceAnswer[]
  /** What page-types, kpageflags, kpagecount and kpagecgroup say of the page. */
  readonly states: readonly EvidenceAnswer[]
  /** Zone and pageblock, as far as a file tells, and the migratetype of the block as the events print it. */
  readonly whereabouts: readonly EvidenceAnswer[]
  /** For a page without events: the nearest pages that have some, two below and two above, ascending. Else empty. */
  readonly nearestPfns: readonly number[]
}

/** Everything known of one page but its events. */
export function findPageFacts(trace: Trace, derived: Derived, question: PageFactsQuestion): PageFactsAnswer {
  const place = pageOfPfn(trace, question.pfn)
  const { pfn, headPfn, order, page } = place
  const events = page < 0 ? 0 : rowsOf(trace.indexes.byPage, page).length
  const dumps = dumpsOfPage(trace, pfn)
  const owners = ownerRowsOf(trace, pfn).map((row) => ownerAnswer(trace, row))
  const failures = failuresOf(trace, derived, place)
  const pinners = pinnerRecordAnswers(trace, pfn)
  const isListed = isDumped(trace, pfn) || pinners.length > 0
  const isNamed = failures.some((failure) => failure.isBlocking) || trace.notes.some((note) => names(note, pfn))
  return {
    pfn,
    isKnown: events > 0 || owners.length > 0 || dumps.length > 0 || isNamed || isListed,
    headPfn,
    order,
    folio: folioWords(trace, place),
    events,
    lifetimes: lifetimeAnswers(trace, derived, page),
    owners: [...owners, ...dumps.flatMap((dump) => dumpOwnerAnswer(trace, dump) ?? [])],
    dumps: dumps.map((dump) => dumpAnswer(trace, dump, pfn)),
    pinners,
    pinnerNotes: pinnerNotes(trace, pinners),
    failures,
    notes: noteAnswers(trace, pfn),
    states: pageDumpAnswers(trace, place),
    whereabouts: [...pagePlaceAnswers(trace, pfn), ...migratetypeAnswers(trace, page)],
    nearestPfns: events > 0 ? [] : nearestPfns(trace, pfn),
  }
}

function nearestPfns({ pages }: Trace, pfn: number): readonly number[] {
  const at = pages.positionAtLeast(pfn)
  const positions = [at - 2, at - 1, at, at + 1].filter((position) => position >= 0 && position < pages.length)
  return positions.map((position) => pages.pfn[pages.byPfn[position]])
}

function failuresOf(trace: Trace, derived: Derived, { pfn, headPfn }: PageOfPfn): PageFactsAnswer['failures'] {
  return derived.findings
    .filter((finding) => concernsPage(finding, pfn, headPfn))
    .map((finding) => ({
      id: finding.range.id,
      isBlocking: blocksWith(finding, pfn, headPfn),
      label: failureLabel(finding),
      ...(finding.range.time === undefined ? {} : { time: timeAnswer(trace, finding.range.time) }),
    }))
}
