import { type Derived } from '../derive/derived.ts'
import { type EventKindName } from '../model/event-kind.ts'
import { type Trace } from '../model/trace.ts'
import { holdAnswer } from './hold-answer.ts'
import { pageOfPfn } from './page-of-pfn.ts'
import { timeAnswer } from './time-answer.ts'
import { holdsOfPage } from './timeline-holds.ts'
import { timelineFailures, timelineLosses } from './timeline-marks.ts'
import { timelinePoints } from './timeline-points.ts'
import { timelineWindow } from './timeline-window.ts'
import { type HoldAnswer, type TimeAnswer } from './wire.ts'

/** The refcount timeline of one page. */
export interface TimelineQuestion {
  readonly pfn: number
  /** 1-based lifetime, or 0 for the whole trace. */
  readonly lifetime: number
  /** Window in `TimeNs`; absent = the whole lifetime. */
  readonly from?: number
  readonly to?: number
  /** Pixels to decimate to: at most 4 points a column (first, min, max, last). */
  readonly columns: number
}

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
  readonly isDecimated: boolean
  /** Holds overlapping the window, unexpected ones first, then longest first; at most 200, `holdCount` tells how many there are. */
  readonly holds: readonly HoldAnswer[]
  readonly holdCount: number
  readonly failures: readonly TimelineMark[]
  readonly losses: readonly TimelineLoss[]
}

const MOST_HOLDS = 200

/** The refcount timeline of one page, its holds, and what happened around it. O(events and holds of the page). */
export function buildTimeline(trace: Trace, derived: Derived, question: TimelineQuestion): TimelineAnswer {
  const place = pageOfPfn(trace, question.pfn)
  const window = timelineWindow(trace, derived, place, question)
  const holds = place.page < 0 ? [] : holdsOfPage(derived, place.page, window.from, window.to)
  const { points, eventsInWindow, isDecimated } = timelinePoints(trace, derived, place, window, question.columns)
  return {
    pfn: place.pfn,
    headPfn: place.headPfn,
    from: timeAnswer(trace, window.from),
    to: timeAnswer(trace, window.to),
    points,
    eventsInWindow,
    isDecimated,
    holds: holds.slice(0, MOST_HOLDS).map((hold) => holdAnswer(trace, derived, hold)),
    holdCount: holds.length,
    failures: timelineFailures(trace, derived, place, window),
    losses: timelineLosses(trace, window),
  }
}
