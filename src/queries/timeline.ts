import { type AttemptOutcome } from '../derive/attempts/page-attempt.ts'
import { type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type EventKindName } from '../model/event-kind.ts'
import { NONE, type PageId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { holdAnswer } from './hold-answer.ts'
import { pageOfPfn } from './page-of-pfn.ts'
import { timeAnswer } from './time-answer.ts'
import { attemptsInWindow } from './timeline-attempts.ts'
import { holdsInWindow } from './timeline-holds.ts'
import { timelineFailures, timelineLosses, timelineSilences } from './timeline-marks.ts'
import { timelinePoints } from './timeline-points.ts'
import { timelineWindow } from './timeline-window.ts'
import { type HoldAnswer, type PlaceAnswer, type TaskAnswer, type TimeAnswer } from './wire.ts'

/** The refcount timeline of one page. */
export interface TimelineQuestion {
  readonly pfn: number
  /** 1-based lifetime, or 0 for the whole trace. */
  readonly lifetime: number
  /** Window in `TimeNs`; absent = the whole lifetime. */
  readonly from?: number
  readonly to?: number
  /**
   * Pixels to decimate to above 2000 events: at most 8 points a column (first, last, least and most of count and of excess, the largest
   * contradiction, a refused freeze).
   */
  readonly columns: number
  /** True while a window is being sought: attempts and holds are then neither listed nor counted. */
  readonly onlyPoints?: boolean
  /** True for counts alone, neither split into classes nor judged: of a page with a million events, to draw before the rest. */
  readonly onlyCounts?: boolean
}

/** What a part of the count is for: a class, or `untold` for references whose get no event shows. */
export type LayerId = ReferenceClassId | 'untold'

/** One point of the step line: the count after an event. */
export interface TimelinePoint {
  readonly ns: number
  readonly text: string
  readonly count: number
  /** Mappings; absent when not known. */
  readonly mapcount?: number
  readonly isExact: boolean
  readonly kind: EventKindName
  /** `+1`, `-1024`, `set 1`, `refused`. */
  readonly operation: string
  /** Contradiction to the point before, in references; 0 when there is none. */
  readonly gap: number
  readonly gapKind: 'none' | 'race' | 'missing'
  /** FOLL_PIN pins within the count (count / 1024), 0 when none. */
  readonly pins: number
  /** What the count is made of: references of each of `TimelineAnswer.layers`, in that order; they add up to it. */
  readonly units: readonly number[]
  /** References that migration would accept; absent where nothing tells. */
  readonly expected?: number
  /** References above that; absent where `expected` is. */
  readonly excess?: number
  /** Index into `OverviewAnswer.files`, and the 1-based line in it: a whole place for each point would weigh too much. */
  readonly file: number
  readonly line: number
}

/** A moment drawn as a vertical line. */
export interface TimelineMark {
  readonly time: TimeAnswer
  readonly label: string
  /** Failed range to open. */
  readonly failureId: string
}

/** A stretch in which events were lost: hatched. */
export interface TimelineLoss {
  readonly from: number
  readonly to: number
  readonly label: string
}

/** A stretch of the trace without any event, of whatever page: tracing may have been paused. Bracketed. */
export interface TimelineSilence {
  readonly from: TimeAnswer
  readonly to: TimeAnswer
}

/** One try of one task to isolate and move the page. */
export interface AttemptAnswer {
  /** Stable: the line of its first event. */
  readonly id: string
  readonly from: TimeAnswer
  readonly to: TimeAnswer
  readonly durationText: string
  readonly outcome: AttemptOutcome
  readonly task: TaskAnswer
  /** The frame that names who tried, `offline_pages`; empty without a stack. */
  readonly holder: string
  /** Times that it was unmapped to be moved; 0 when it was only looked at. */
  readonly rounds: number
  readonly unmapped: number
  readonly remapped: number
  /** References above the kernel's own expectation, by a freeze that it refused; absent without one. */
  readonly excess?: number
  /** The last freeze that the kernel refused to it; absent without one. */
  readonly refusal?: RefusalAnswer
  readonly firstPlace: PlaceAnswer
  readonly lastPlace: PlaceAnswer
}

/** A freeze of the count that was refused: who wanted it, what was expected and what was found. */
export interface RefusalAnswer {
  /** `migration`, `the split of a large folio for migration`; `a freeze of the count` where the stack does not tell. */
  readonly by: string
  /** The function that tried, `__remove_mapping`; empty without a stack. */
  readonly symbol: string
  /** Refusals in the attempt. */
  readonly times: number
  /** `val=` and `count=` of the last one as printed. */
  readonly expected: number
  readonly found: number
}

/** Answer to `timeline`. */
export interface TimelineAnswer {
  readonly pfn: number
  readonly headPfn: number
  readonly from: TimeAnswer
  readonly to: TimeAnswer
  /**
   * In time order. The first may lie before `from`: its count is in force when the window begins.
   */
  readonly points: readonly TimelinePoint[]
  /** Events in the window before decimation. */
  readonly eventsInWindow: number
  /** Of these contradictions, and freezes that the kernel refused. */
  readonly gapsInWindow: number
  readonly refusalsInWindow: number
  readonly isDecimated: boolean
  /** False when the counts were asked for alone: then no point tells what it is made of, nor what migration expects. */
  readonly isSplit: boolean
  /** What counts in the window are made of, as they are stacked: what migration expects below, what it does not above. */
  readonly layers: readonly LayerId[]
  /** Attempts overlapping the window, in order of start; at most 500, failed ones first to be kept. */
  readonly attempts: readonly AttemptAnswer[]
  readonly attemptCount: number
  /** Holds overlapping the window, unexpected ones first, then longest first; at most 200, `holdCount` tells how many there are. */
  readonly holds: readonly HoldAnswer[]
  readonly holdCount: number
  readonly failures: readonly TimelineMark[]
  readonly losses: readonly TimelineLoss[]
  /** Silences of a second or more that overlap the window, not cut to it; at most the 20 longest, ascending. Absent = none. */
  readonly silences?: readonly TimelineSilence[]
}

const MOST_HOLDS = 200

/**
 * The refcount timeline of one page, its holds, and what happened around it. O(events and holds of the page) when the
 * page is first asked about, then what is shown.
 */
export function buildTimeline(trace: Trace, derived: Derived, question: TimelineQuestion): TimelineAnswer {
  const place = pageOfPfn(trace, question.pfn)
  const window = timelineWindow(trace, derived, place, question)
  const isPartial = question.onlyPoints === true || question.onlyCounts === true
  const page = isPartial ? (NONE as PageId) : place.page
  const holds = holdsInWindow(derived, page, window, MOST_HOLDS)
  const attempts = attemptsInWindow(trace, derived, page, window)
  return {
    pfn: place.pfn,
    headPfn: place.headPfn,
    from: timeAnswer(trace, window.from),
    to: timeAnswer(trace, window.to),
    ...timelinePoints(trace, derived, place, window, question),
    attempts: attempts.shown,
    attemptCount: attempts.total,
    holds: holds.shown.map((hold) => holdAnswer(trace, derived, hold)),
    holdCount: holds.total,
    failures: timelineFailures(trace, derived, place, window),
    losses: timelineLosses(trace, window),
    ...timelineSilences(trace, window),
  }
}
