import { isRefKind } from '../model/event-kind.ts'
import { type EventRow } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { comparedMask, UntoldTally } from './counts/untold-tally.ts'
import { ExitFinder, type TaskExit } from './exit-finder.ts'

/** What all events of a trace tell together. Plain data, so that it can be kept with a trace. */
export interface EventFacts {
  /** See `untoldShareOf`. */
  readonly untoldShare: number
  /** See `stackShareOf`. */
  readonly stackShare: number
  /** Exits of tasks by pid, in order of time: see `ExitFinder`. */
  readonly exits: ReadonlyMap<number, readonly TaskExit[]>
}

const known = new WeakMap<Trace, EventFacts>()

/** One walk through all events for all of them. O(events), once, nothing where they were kept. */
export function eventFactsOf(trace: Trace): EventFacts {
  const facts = known.get(trace) ?? gatherFacts(trace)
  known.set(trace, facts)
  return facts
}

/** Takes what `eventFactsOf` said of this very trace when it was kept. */
export function knowEventFacts(trace: Trace, facts: EventFacts): void {
  known.set(trace, facts)
}

/** The same, gathered anew; `enough` events of a large trace are compared for the share. */
export function gatherFacts(trace: Trace, enough?: number): EventFacts {
  const { kind, page, stack, length } = trace.events
  const untold = new UntoldTally(trace)
  const exits = new ExitFinder(trace)
  const mask = comparedMask(trace, enough)
  let [references, stacks] = [0, 0]
  for (let at = 0; at < length; at++) {
    const row = at as EventRow
    const what = kind[row]
    const by = stack[row]
    if (!isRefKind(what)) {
      exits.take(row, by)
      continue
    }
    exits.takeReference(row, by)
    references++
    if (by >= 0) stacks++
    const of = page[row]
    if (of >= 0 && (of & mask) === 0) untold.take(row, of, what)
  }
  return { untoldShare: untold.share, stackShare: references === 0 ? 1 : stacks / references, exits: exits.found }
}
