import { type CulpritKind, type Verdict } from '../derive/attribution/finding.ts'
import { type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Trigger } from '../derive/failures/failed-range.ts'

/**
 * Shapes that several answers share. Everything is plain JSON (cloneable). Times are `TimeNs` numbers relative to the
 * capture's origin, beside the text as the file prints it; PFNs are numbers.
 */

/** A place in a file: `trace.txt:8127`. */
export interface PlaceAnswer {
  /** Index into `OverviewAnswer.files`. */
  readonly file: number
  readonly fileName: string
  /** 1-based. */
  readonly line: number
}

/** A time with its printed form. */
export interface TimeAnswer {
  readonly ns: number
  readonly text: string
}

/** A task. */
export interface TaskAnswer {
  readonly comm: string
  /** -1 when not recorded. */
  readonly pid: number
}

/** One frame of a stack. */
export interface FrameAnswer {
  /** As printed: `leaky_ioctl+0x1a/0x60 [leaky]`. */
  readonly text: string
  readonly symbol: string
  readonly module: string
  /** `leaky_ioctl [leaky]` for a frame that is printed as a bare address and that the capture's symbols name. */
  readonly resolved?: string
  /** True for tracepoint plumbing (`trace_event_raw_event_*`, `__page_ref_*`). */
  readonly isInstrumentation: boolean
  /** True for the frame that names the holder. */
  readonly isHolder: boolean
}

/** A stack, leaf first. */
export interface StackAnswer {
  /** 16 hex digits, stable over sessions: for links. Empty when no stack was recorded. */
  readonly hash: string
  readonly frames: readonly FrameAnswer[]
}

/** A fact with the lines that prove it. */
export interface EvidenceAnswer {
  readonly text: string
  readonly places: readonly PlaceAnswer[]
  /** Raw text of each place, in the same order. */
  readonly raw: readonly string[]
  /** Time to mark on the timeline. */
  readonly time?: TimeAnswer
}

/** A hold as a row of a table or a bar under the timeline. */
export interface HoldAnswer {
  /** Stable: `pfn:getTime:putTime:stackHash:getLine-putLine`, times as printed. */
  readonly id: string
  readonly pfn: number
  readonly kind: 'closed' | 'open' | 'began_before'
  readonly class: ReferenceClassId
  /** Absent when the get lies before the trace. */
  readonly from?: TimeAnswer
  /** Absent when no put was seen. */
  readonly to?: TimeAnswer
  /** From the get (or the trace's start) to the put (or the trace's end). */
  readonly durationNs: number
  readonly durationText: string
  /** True when the duration is a lower bound: an end was not seen. */
  readonly isAtLeast: boolean
  readonly units: number
  readonly task: TaskAnswer
  /** The frame that names the holder, `leaky_ioctl [leaky]`; empty without a stack. */
  readonly holder: string
  readonly stack: StackAnswer
  readonly getPlace?: PlaceAnswer
  readonly putPlace?: PlaceAnswer
  readonly putTask?: TaskAnswer
  /** Holds, this one included, that the evidence of a failed range does not separate; absent when told apart. */
  readonly anyOf?: number
  /** Of an open hold: when its task exited, and the event that proves it. */
  readonly taskExit?: TaskExitAnswer
  /** The known pair that speaks for its get and its put being one hold; absent when none does. */
  readonly knownPair?: { readonly id: string; readonly reason: string }
}

/** The end of a task that a hold outlived. */
export interface TaskExitAnswer {
  readonly time: TimeAnswer
  readonly place: PlaceAnswer
  /** The process is gone, and the trace goes on long enough to say that its way out released nothing; else a thread is, or it was just leaving. */
  readonly isGone: boolean
}

/** A ranked holder of a blocking page. */
export interface CulpritAnswer {
  readonly rank: number
  readonly pfn: number
  readonly task: TaskAnswer
  /** `do_tee` or `leaky_ioctl`. Empty when nothing tells. */
  readonly function: string
  readonly module: string
  readonly class: ReferenceClassId
  readonly kind: CulpritKind
  /** A leak whose process exited: unless it hangs on its way out, none in it can release. */
  readonly taskGone?: true
  readonly confidence: number
  /** `certain`, `very likely`, `likely`, `possible`, `can't tell`. */
  readonly confidenceWord: string
  readonly anyOf: number
  /** Whose the confidence is where holders are not told apart: `together, one of these 2`. Absent when they are. */
  readonly ofSet?: string
  /** It attached the page's private data, a reference that migration expects: no hold, and `kind` does not matter. */
  readonly isPrivateData?: true
  readonly heldFrom?: TimeAnswer
  readonly heldTo?: TimeAnswer
  /** When and how long, in words, where page_pinner alone knows the holder and no time is the trace's. */
  readonly heldText?: string
  readonly units: number
  readonly stack: StackAnswer
  readonly evidence: readonly EvidenceAnswer[]
}

/** A page that blocked a range. */
export interface BlockingPageAnswer {
  readonly pfn: number
  readonly headPfn: number
  readonly isNamed: boolean
  readonly verdict: Verdict
  readonly reason: string
  readonly count?: number
  readonly mapcount?: number
  readonly excess?: number
  readonly culprits: readonly CulpritAnswer[]
  readonly evidence: readonly EvidenceAnswer[]
}

/** A failed range as one line of a table. */
export interface FailureAnswer {
  /** Stable, for links. */
  readonly id: string
  readonly trigger: Trigger
  readonly startPfn: number
  readonly endPfn: number
  readonly time?: TimeAnswer
  /** Printed time when it is not in the trace's clock (dmesg). */
  readonly printedTime: string
  readonly verdict: Verdict
  /** One sentence: which page, who, since when, until when. */
  readonly sentence: string
  readonly basis: string
  readonly attempts: number
  /** All blocking pages' PFNs, the kernel's own first; at most 2000. */
  readonly blockingPfns: readonly number[]
  readonly blockingCount: number
  /**
   * The likeliest holder over all pages; absent when none can be named. Its evidence carries no raw text: `failure` has
   * that.
   */
  readonly culprit?: CulpritAnswer
  readonly place?: PlaceAnswer
  /** Where the same allocation succeeded after this window had failed; CMA only. */
  readonly gotInstead?: WindowGotAnswer
}

/** A window `[startPfn, endPfn)` that an allocation got, and the event that says so. */
export interface WindowGotAnswer {
  readonly startPfn: number
  readonly endPfn: number
  readonly time: TimeAnswer
  readonly place: PlaceAnswer
}
