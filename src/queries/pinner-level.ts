import { type Column, column } from '../base/column.ts'
import { rowsOf } from '../base/group-index.ts'
import { type Derived } from '../derive/derived.ts'
import { type TaskId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type HoldKeys, holdKeysOf, type PinnerGrouping } from './pinner-keys.ts'
import { longestPlace } from './pinner-longest.ts'
import { nameGroup, nameStack, type PinnerName } from './pinner-name.ts'
import { rangesByKey } from './pinner-ranges.ts'
import { type PinnerShape, pinnerShape } from './pinner-shape.ts'
import { type SortableGroups } from './pinner-sort.ts'
import { tallier } from './pinner-tally.ts'
import { addUpPinners, type PinnerTotals } from './pinner-totals.ts'
import { taskAnswer } from './task-answer.ts'
import { unseparatedHolds } from './unseparated.ts'
import { type PlaceAnswer, type TaskAnswer } from './wire.ts'

/** A task with its part of the holds. */
export interface TaskShare extends TaskAnswer {
  readonly holds: number
}

/** A frame that names a holder, with its part of the holds. */
export interface HolderShare {
  readonly holder: string
  readonly holds: number
}

/** Groups of one level with their totals and names. */
export interface PinnerLevel extends SortableGroups {
  readonly level: 1 | 2
  readonly nameOf: (key: number) => PinnerName
  readonly tasksOf: (key: number) => { readonly count: number; readonly top: readonly TaskShare[] }
  readonly holdersOf: (key: number) => readonly HolderShare[]
  /** Most holds that a hold of the group is not separated from, itself included; 1 when each is told apart. */
  readonly anyOfOf: (key: number) => number
  readonly shapeOf: (key: number) => PinnerShape
  /** The line of the group's longest hold. */
  readonly longestPlaceOf: (key: number) => PlaceAnswer | undefined
}

/** What holds are grouped by. */
export interface GroupLevel extends PinnerLevel {
  readonly grouping: PinnerGrouping
  readonly keys: HoldKeys
}

/** The stacks of the opened groups. */
export interface StackLevel extends PinnerLevel {
  /** Keys of the stacks of one group; none when it is not open. */
  readonly keysUnder: (group: number) => readonly number[]
}

/** Groups all holds. O(holds), free when the same verdicts of the same tables were grouped so before. */
export function groupLevel(trace: Trace, derived: Derived, verdicts: Uint8Array, grouping: PinnerGrouping): GroupLevel {
  const ofVerdicts = kept.get(verdicts) ?? new Map<PinnerGrouping, GroupLevel>()
  kept.set(verdicts, ofVerdicts)
  const level = ofVerdicts.get(grouping) ?? buildGroupLevel(trace, derived, verdicts, grouping)
  ofVerdicts.set(grouping, level)
  return level
}

/** Verdicts are of one `Derived`, see `judgeHolds`. */
const kept = new WeakMap<Uint8Array, Map<PinnerGrouping, GroupLevel>>()

function buildGroupLevel(trace: Trace, derived: Derived, verdicts: Uint8Array, grouping: PinnerGrouping): GroupLevel {
  const keys = holdKeysOf(trace, derived, grouping)
  const totals = addUpPinners(derived.holds, verdicts, keys.keyOf, keys.count)
  const nameOf = (key: number): PinnerName => nameGroup(trace, grouping, keys.nameOf(key))
  return {
    level: 1,
    grouping,
    keys,
    totals,
    ranges: rangesByKey(derived, keys, keys.count),
    nameOf,
    ...countsOf(trace, derived, totals, grouping),
  }
}

/** Groups the holds of the opened groups by stack. O(holds) when any is open. */
export function stackLevel(
  trace: Trace,
  derived: Derived,
  verdicts: Uint8Array,
  { grouping, keys }: GroupLevel,
  opened: readonly string[],
): StackLevel {
  const open = grouping === 'stack' ? [] : opened.map(keys.find).filter((group) => group >= 0)
  const stackKeys = holdKeysOf(trace, derived, 'stack')
  const { keyOf, refs, members } = pairKeys(keys, stackKeys, new Set(open))
  const totals = addUpPinners(derived.holds, verdicts, keyOf, refs.length)
  const keyOfCulprit: HoldKeys['keyOfCulprit'] = (culprit) =>
    members.get(keys.keyOfCulprit(culprit))?.get(stackKeys.keyOfCulprit(culprit)) ?? -1
  const nameOf = (key: number): PinnerName =>
    nameStack(trace, stackKeys.nameOf(refs[key].stack), keys.nameOf(refs[key].group))
  return {
    level: 2,
    totals,
    ranges: rangesByKey(derived, { keyOf, keyOfCulprit }, refs.length),
    nameOf,
    keysUnder: (group) => [...(members.get(group)?.values() ?? [])],
    ...countsOf(trace, derived, totals, 'stack'),
  }
}

/** A key for each pair of an open group and a stack that a hold has; -1 for holds of groups that are not open. */
interface PairKeys {
  readonly keyOf: Int32Array
  readonly refs: readonly { readonly group: number; readonly stack: number }[]
  /** Key by group, then by stack. */
  readonly members: ReadonlyMap<number, ReadonlyMap<number, number>>
}

function pairKeys(groups: HoldKeys, stacks: HoldKeys, open: ReadonlySet<number>): PairKeys {
  const members = new Map([...open].map((group) => [group, new Map<number, number>()]))
  const refs: { group: number; stack: number }[] = []
  // No cell a hold while no group is open: nothing is then added up.
  const keyOf = new Int32Array(open.size === 0 ? 0 : groups.keyOf.length).fill(-1)
  for (let hold = 0; hold < keyOf.length; hold++) {
    const group = groups.keyOf[hold]
    const known = members.get(group)
    if (known === undefined) continue
    const stack = stacks.keyOf[hold]
    let key = known.get(stack)
    if (key === undefined) {
      key = refs.push({ group, stack }) - 1
      known.set(stack, key)
    }
    keyOf[hold] = key
  }
  return { keyOf, refs, members }
}

type Counts = Pick<
  PinnerLevel,
  'countTasks' | 'countStacks' | 'tasksOf' | 'holdersOf' | 'anyOfOf' | 'shapeOf' | 'longestPlaceOf'
>

/** What is counted of a group only when it is listed, or sorted by. */
function countsOf(trace: Trace, derived: Derived, totals: PinnerTotals, grouping: PinnerGrouping): Counts {
  const { members } = totals
  const tallyTasks = tallier(derived.holds.task, trace.tasks.length)
  const tallyStacks = grouping === 'stack' ? undefined : tallyOf(holdKeysOf(trace, derived, 'stack'))
  const isOneHolder = grouping === 'stack' || grouping === 'holder'
  const holders = isOneHolder ? undefined : holdKeysOf(trace, derived, 'holder')
  const tallyHolders = holders && tallyOf(holders)
  const tasksIn = oncePerKey((key) => tallyTasks(rowsOf(members, key)))
  return {
    countTasks: (key) => tasksIn(key).count,
    countStacks: oncePerKey((key) => (tallyStacks === undefined ? 1 : tallyStacks(rowsOf(members, key)).count)),
    tasksOf: (key) => {
      const { count, top } = tasksIn(key)
      return { count, top: top.map(({ id, holds }) => ({ ...taskAnswer(trace, id as TaskId), holds })) }
    },
    holdersOf: oncePerKey(
      (key) =>
        tallyHolders?.(rowsOf(members, key)).top.map(({ id, holds }) => ({
          holder: holders?.nameOf(id) ?? '',
          holds,
        })) ?? [],
    ),
    anyOfOf: oncePerKey((key) => mostUnseparated(derived, rowsOf(members, key))),
    shapeOf: oncePerKey((key) => pinnerShape(trace, derived, totals, key)),
    longestPlaceOf: oncePerKey((key) => longestPlace(trace, derived, totals, key)),
  }
}

/** What is counted of a group, counted once: sorting and scrolling ask again. */
function oncePerKey<Value>(count: (key: number) => Value): (key: number) => Value {
  const counted = new Map<number, Value>()
  return (key) => {
    const before = counted.get(key)
    if (before !== undefined) return before
    const value = count(key)
    counted.set(key, value)
    return value
  }
}

function mostUnseparated(derived: Derived, members: Column<number>): number {
  const unseparated = unseparatedHolds(derived)
  if (unseparated.size === 0) return 1
  let most = 1
  for (let at = 0; at < members.length; at++) most = Math.max(most, unseparated.get(members[at])?.anyOf ?? 1)
  return most
}

function tallyOf({ keyOf, count }: HoldKeys): ReturnType<typeof tallier> {
  return tallier(column(keyOf), count)
}
