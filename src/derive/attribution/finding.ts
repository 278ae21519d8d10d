import { type TimeNs } from '../../base/clock.ts'
import { type EventRow, type LineId, type StackId, type TaskId } from '../../model/ids.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { type HoldRow } from '../holds/hold-table.ts'
import { type Reasons } from './reasons.ts'
import { type ReferenceClassId } from './reference-class.ts'

/** What became of a hold. `transient`: put within the threshold; `long_term`: put later; `leak`: no put before the trace ends. */
export type CulpritKind = 'leak' | 'long_term' | 'transient' | 'unknown'

/** What blocked: references (`held`, `transient`), the page itself (`unmovable`), or nothing that the data can tell. */
export type Verdict = 'held' | 'transient' | 'unmovable' | 'unknown'

/** A fact that supports a finding: words, and the lines that prove it. */
export interface Evidence {
  readonly text: string
  readonly lines: readonly LineId[]
  /** Event to mark on the timeline, when the fact is one. */
  readonly row?: EventRow
}

/** A likely holder of a blocking page. */
export interface Culprit {
  /** 1 is the likeliest of its page. */
  readonly rank: number
  readonly pfn: number
  readonly task?: TaskId
  /** Comm and pid as printed; `comm` is empty and `pid` -1 when nothing tells. */
  readonly comm: string
  readonly pid: number
  /** The frame that names the holder best; `[module]` kept apart. Empty when no stack was recorded. */
  readonly function: string
  readonly module: string
  readonly stack: StackId
  /** Index of the holder's frame in its stack, or -1. */
  readonly frameIndex: number
  readonly class: ReferenceClassId
  readonly kind: CulpritKind
  /** A leak whose process was on its way out for good, and long enough. Absent where the trace does not prove that. */
  readonly taskGone?: true
  /** Absent when the get lies before the trace. */
  readonly heldFrom?: TimeNs
  /** Absent when no put was seen. */
  readonly heldTo?: TimeNs
  /** References held. */
  readonly units: number
  /** 0 … 1: how sure that this holder blocked this page; where `anyOf` is above 1, that one of those did (see `ofSet`). */
  readonly confidence: number
  /** Holders (this one included) that the evidence does not separate: `one of these N`. 1 when it does. */
  readonly anyOf: number
  /** Of these, holders whose get a put before the failure may have answered instead of another's. 0 when none. */
  readonly rivals?: number
  readonly hold?: HoldRow
  /** Row of `Trace.pinners` that the culprit is known by, when page_pinner's files alone tell; no task is then known. */
  readonly record?: number
}

/** A holder with what proves it. */
export interface ToldCulprit extends Culprit {
  /** What the confidence is made of, where it is: what page_pinner's files or a dump alone tell is not weighed. */
  readonly reasons?: Reasons
  readonly evidence: readonly Evidence[]
}

/** One page that blocked a range. */
export interface BlockingPage {
  readonly pfn: number
  /** The head that the events carry when `pfn` is a tail of a known compound page; else `pfn`. */
  readonly headPfn: number
  /** True when the kernel itself named it. */
  readonly isNamed: boolean
  readonly verdict: Verdict
  /** Why, in words, when no culprit can be named. */
  readonly reason: string
  /** Count and mappings at the failure, when known. */
  readonly count?: number
  readonly mapcount?: number
  readonly culprits: readonly Culprit[]
}

/** A page with all that is said of it: what a screen or a report shows of one page, and ranking does not need. */
export interface ToldPage extends BlockingPage {
  /** References above what migration expects at the failure; absent when not known. */
  readonly excess?: number
  readonly culprits: readonly ToldCulprit[]
  readonly evidence: readonly Evidence[]
}

/** A failed range with everything known of why. */
export interface Finding {
  readonly range: FailedRange
  readonly verdict: Verdict
  /** Named pages first, then by confidence. */
  readonly pages: readonly BlockingPage[]
  /** What weakens the answer: losses, a clock assumption, a trace that starts late. In words. */
  readonly caveats: readonly string[]
}
