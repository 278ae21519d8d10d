import { formatDuration } from '../base/clock.ts'
import { attemptsOf } from '../derive/attempts/attempts.ts'
import { type PageAttempt } from '../derive/attempts/page-attempt.ts'
import { type RefusedFreeze, refusedFreezeAt } from '../derive/attribution/refused-freeze.ts'
import { type Derived } from '../derive/derived.ts'
import { type EventRow, type PageId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'
import { holderText } from './stack-answer.ts'
import { taskAnswer } from './task-answer.ts'
import { timeAnswer } from './time-answer.ts'
import { type AttemptAnswer, type RefusalAnswer } from './timeline.ts'

const MOST_ATTEMPTS = 500

/** Attempts on a page that overlap `[from, to]`, in order of start. When they are too many, those that failed are kept. */
export function attemptsInWindow(
  trace: Trace,
  derived: Derived,
  page: PageId,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly shown: readonly AttemptAnswer[]; readonly total: number } {
  const all = page < 0 ? [] : attemptsOf(trace, derived, page).filter((one) => one.from <= to && one.to >= from)
  const isFailed = ({ outcome }: PageAttempt): boolean => outcome === 'failed'
  const kept =
    all.length <= MOST_ATTEMPTS
      ? all
      : [...all.filter(isFailed), ...all.filter((one) => !isFailed(one))]
          .slice(0, MOST_ATTEMPTS)
          .toSorted((one, other) => one.from - other.from)
  return { shown: kept.map((attempt) => attemptAnswer(trace, attempt)), total: all.length }
}

function attemptAnswer(trace: Trace, attempt: PageAttempt): AttemptAnswer {
  const { from, to, outcome, task, stack, rounds, unmapped, remapped, excess, refusals, lines } = attempt
  const firstPlace = placeOf(trace, lines[0])
  return {
    id: `${firstPlace.fileName}:${firstPlace.line}`,
    from: timeAnswer(trace, from),
    to: timeAnswer(trace, to),
    durationText: formatDuration(to - from, trace.clock.style.unit),
    outcome,
    task: taskAnswer(trace, task),
    holder: holderText(trace, stack),
    rounds,
    unmapped,
    remapped,
    ...(excess === undefined ? {} : { excess }),
    ...(refusals.length === 0 ? {} : { refusal: refusalAnswer(trace, refusals) }),
    firstPlace,
    lastPlace: placeOf(trace, lines[lines.length - 1]),
  }
}

/** By the refusal that the attempt's excess is of, else the last: what is expected and found must make what is too many. */
function refusalAnswer(trace: Trace, refusals: readonly EventRow[]): RefusalAnswer {
  const telling = refusals.findLast((row) => isExact(refusedFreezeAt(trace, row))) ?? refusals[refusals.length - 1]
  const { freezer, val, count } = refusedFreezeAt(trace, telling)
  return { by: freezer.words, symbol: freezer.symbol, times: refusals.length, expected: val, found: count }
}

/** As in `attemptsOf`: nothing raced. */
function isExact({ excess }: RefusedFreeze): boolean {
  return excess !== undefined && excess.least === excess.most
}
