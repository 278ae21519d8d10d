import { formatDuration } from '../base/clock.ts'
import { REFERENCE_CLASSES, type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { HOLD_BEGAN_BEFORE, HOLD_CLOSED, HOLD_OPEN, type HoldRow, type HoldTable } from '../derive/holds/hold-table.ts'
import { pairFinderOf } from '../derive/holds/pair-finder.ts'
import { type EventRow } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'
import { holderText, stackAnswer } from './stack-answer.ts'
import { taskAnswer, taskOfRow } from './task-answer.ts'
import { taskExitAnswer } from './task-exit-answer.ts'
import { timeAnswer } from './time-answer.ts'
import { unseparatedHolds } from './unseparated.ts'
import { type HoldAnswer } from './wire.ts'

/** One hold with everything a row of a table or a bar shows. */
export function holdAnswer(trace: Trace, derived: Derived, hold: HoldRow): HoldAnswer {
  const { holds } = derived
  const kind = holds.kind[hold]
  const unseparated = unseparatedHolds(derived).get(hold)
  const get = kind === HOLD_BEGAN_BEFORE ? undefined : holds.getRow[hold]
  const put = kind === HOLD_OPEN ? undefined : holds.putRow[hold]
  const durationNs = holdDurationNs(holds, hold)
  const stack = stackAnswer(trace, holds.stack[hold])
  const pfn = trace.pages.pfn[holds.page[hold]]
  const from = get === undefined ? undefined : timeAnswer(trace, trace.events.time[get])
  const to = put === undefined ? undefined : timeAnswer(trace, trace.events.time[put])
  const getPlace = get === undefined ? undefined : placeOf(trace, trace.events.line[get])
  const putPlace = put === undefined ? undefined : placeOf(trace, trace.events.line[put])
  const taskExit = taskExitAnswer(trace, derived, hold)
  return {
    // The lines tell apart holds that one event opened or closed together.
    id: `${pfn}:${from?.text ?? ''}:${to?.text ?? ''}:${stack.hash}:${getPlace?.line ?? ''}-${putPlace?.line ?? ''}`,
    pfn,
    kind: kindOfHold(kind),
    class: classOfHold(holds, hold),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    durationNs,
    durationText: formatDuration(durationNs, trace.clock.style.unit),
    isAtLeast: kind !== HOLD_CLOSED,
    units: holds.units[hold],
    task: taskAnswer(trace, holds.task[hold]),
    holder: holderText(trace, holds.stack[hold]),
    stack,
    ...(getPlace === undefined ? {} : { getPlace }),
    ...(putPlace === undefined ? {} : { putPlace }),
    ...(put === undefined ? {} : { putTask: taskAnswer(trace, taskOfRow(trace, put)) }),
    ...(unseparated === undefined ? {} : { anyOf: unseparated.anyOf }),
    ...(get === undefined || put === undefined ? {} : knownPairOf(trace, derived, get, put)),
    ...(taskExit === undefined ? {} : { taskExit }),
  }
}

/** The known pair that fits the stacks of a get and a put. */
function knownPairOf(trace: Trace, { rules }: Derived, get: EventRow, put: EventRow): Pick<HoldAnswer, 'knownPair'> {
  const { stack } = trace.events
  const pair = pairFinderOf(trace, rules).pairOf(stack[put], stack[get])
  return pair === undefined ? {} : { knownPair: { id: pair.id, reason: pair.reason } }
}

/** From the get (or the trace's start) to the put (or the trace's end), ns. */
export function holdDurationNs(holds: HoldTable, hold: HoldRow): number {
  return holds.to[hold] - holds.from[hold]
}

/** Class of a hold. */
function classOfHold(holds: HoldTable, hold: HoldRow): ReferenceClassId {
  return REFERENCE_CLASSES[holds.class[hold]].id
}

function kindOfHold(kind: number): HoldAnswer['kind'] {
  if (kind === HOLD_CLOSED) return 'closed'
  return kind === HOLD_OPEN ? 'open' : 'began_before'
}
