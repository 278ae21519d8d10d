import { type HoldRow, type HoldTable } from '../holds/hold-table.ts'
import { functionIdsOf, NO_FUNCTION } from '../function-ids.ts'
import { NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'

/** What becomes of the references that one function takes, over the whole trace; the hold that is asked for left out. */
export interface Habit {
  readonly gets: number
  /** Of these, with a put. */
  readonly given: number
  /** Of these, put by the task that took. */
  readonly byTaker: number
  /** Of these, put by the function that put the hold asked for. */
  readonly alike: number
  /** Of these, put within the threshold. */
  readonly short: number
}

interface Tally {
  gets: number
  given: number
  byTaker: number
  short: number
  /** By function, of those that put with a stack. */
  readonly puts: Map<number, number>
}

/** Of each table the tallies by the threshold that was asked for last. */
const tallies = new WeakMap<HoldTable, { readonly thresholdNs: number; readonly byTaker: ReadonlyMap<number, Tally> }>()

/**
 * How the function that took a hold gives back elsewhere; undefined when it took nothing else. Gets without a stack are
 * judged together, class by class. `thresholdNs` is what tells short from long; holds stay when it changes. O(holds), once.
 */
export function habitOf(trace: Trace, holds: HoldTable, hold: HoldRow, thresholdNs: number): Habit | undefined {
  const before = tallies.get(holds)
  const known =
    before?.thresholdNs === thresholdNs ? before : { thresholdNs, byTaker: countHabits(trace, holds, thresholdNs) }
  tallies.set(holds, known)
  const tally = known.byTaker.get(takerOf(trace, holds, hold))
  if (tally === undefined || tally.gets < 2 || holds.getRow[hold] === NONE) return undefined
  const isGiven = Number(holds.putRow[hold] !== NONE)
  const put = putFunctionOf(trace, holds, hold)
  return {
    gets: tally.gets - 1,
    given: tally.given - isGiven,
    byTaker: tally.byTaker - Number(isByTaker(trace, holds, hold)),
    short: tally.short - Number(isShort(holds, hold, thresholdNs)),
    alike: isGiven === 0 ? 0 : (tally.puts.get(put) ?? 1) - 1,
  }
}

/** How long the references last that one function gives back, over the whole trace; the hold that is asked for left out. */
export interface PutHabit {
  readonly given: number
  /** Of these, put within the threshold. */
  readonly short: number
}

/** Of each table the holds by the function that put them, by the threshold that was asked for last. */
const endings = new WeakMap<
  HoldTable,
  { readonly thresholdNs: number; readonly byPut: ReadonlyMap<number, PutHabit> }
>()

/**
 * The habit of the function that put a hold whose get was not traced, from holds of which both are; undefined when it
 * put nothing else. O(holds), once.
 */
export function putHabitOf(trace: Trace, holds: HoldTable, hold: HoldRow, thresholdNs: number): PutHabit | undefined {
  const before = endings.get(holds)
  const known =
    before?.thresholdNs === thresholdNs ? before : { thresholdNs, byPut: countEndings(trace, holds, thresholdNs) }
  endings.set(holds, known)
  return holds.putRow[hold] === NONE ? undefined : known.byPut.get(putFunctionOf(trace, holds, hold))
}

function countEndings(trace: Trace, holds: HoldTable, thresholdNs: number): ReadonlyMap<number, PutHabit> {
  const found = new Map<number, { given: number; short: number }>()
  for (let hold = 0; hold < holds.length; hold++) {
    const put = holds.putRow[hold]
    if (holds.getRow[hold] === NONE || put === NONE || trace.events.stack[put] < 0) continue
    const name = putFunctionOf(trace, holds, hold)
    const habit = found.get(name) ?? { given: 0, short: 0 }
    if (habit.given === 0) found.set(name, habit)
    habit.given++
    if (isShort(holds, hold, thresholdNs)) habit.short++
  }
  return found
}

function countHabits(trace: Trace, holds: HoldTable, thresholdNs: number): ReadonlyMap<number, Tally> {
  const found = new Map<number, Tally>()
  for (let hold = 0; hold < holds.length; hold++) {
    if (holds.getRow[hold] === NONE) continue
    const tally = tallyOf(found, takerOf(trace, holds, hold))
    tally.gets++
    if (holds.putRow[hold] === NONE) continue
    tally.given++
    if (isByTaker(trace, holds, hold)) tally.byTaker++
    if (isShort(holds, hold, thresholdNs)) tally.short++
    const put = putFunctionOf(trace, holds, hold)
    tally.puts.set(put, (tally.puts.get(put) ?? 0) + 1)
  }
  return found
}

function tallyOf(found: Map<number, Tally>, taker: number): Tally {
  const known = found.get(taker)
  if (known !== undefined) return known
  const tally = { gets: 0, given: 0, byTaker: 0, short: 0, puts: new Map<number, number>() }
  found.set(taker, tally)
  return tally
}

function isShort(holds: HoldTable, hold: HoldRow, thresholdNs: number): boolean {
  return holds.putRow[hold] !== NONE && holds.to[hold] - holds.from[hold] < thresholdNs
}

/** The function that took a hold; below zero the class, where no stack tells. */
function takerOf(trace: Trace, holds: HoldTable, hold: HoldRow): number {
  return holds.stack[hold] < 0 ? -1 - holds.class[hold] : functionIdsOf(trace)(holds.stack[hold])
}

/** True when the task that took a hold gave it back. */
export function isByTaker(trace: Trace, holds: HoldTable, hold: HoldRow): boolean {
  const put = holds.putRow[hold]
  return put !== NONE && trace.contexts.task[trace.events.context[put]] === holds.task[hold]
}

function putFunctionOf(trace: Trace, holds: HoldTable, hold: HoldRow): number {
  const put = holds.putRow[hold]
  return put === NONE ? NO_FUNCTION : functionIdsOf(trace)(trace.events.stack[put])
}
