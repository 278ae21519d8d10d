import { buildGroupIndex, type GroupIndex, rowsOf } from '../../base/group-index.ts'
import { column } from '../../base/column.ts'
import { placeOfOwner } from '../../derive/misplaced-owners.ts'
import { type OwnerDump } from '../../derive/owner-dumps.ts'
import { type Trace } from '../../model/trace.ts'
import { dumpRowsOf, type DumpRows, ownerStacksOf } from './dump-rows.ts'
import { passingRows } from './owner-filter.ts'
import { type OwnerGrouping, type OwnerKeys, ownerKeysOf, taskName } from './owner-keys.ts'

/** Sums of the rows of a dump that pass a filter, by group. Columns by key. */
export interface OwnerGroups {
  readonly rows: DumpRows
  readonly keys: OwnerKeys
  /** Rows of the dump by key. */
  readonly members: GroupIndex<number, number>
  readonly sums: OwnerSums
}

/** Sums by key. */
export interface OwnerSums {
  readonly pages: Float64Array
  readonly blocks: Float64Array
  /** Pages of allocations that lie where movable pages belong and asked not to be. */
  readonly misplaced: Float64Array
  /** Different stacks, and tasks. */
  readonly stacks: Int32Array
  readonly tasks: Int32Array
  /** ts of the oldest and the newest allocation; -1 when none is told. */
  readonly oldest: Float64Array
  readonly newest: Float64Array
}

/** Answers kept for one dump: a person goes to and fro between groupings, not through all of them. */
const MOST_KEPT = 8

/** Groups of a dump. O(rows) the first time, then free while few others were asked for. */
export function ownerGroupsOf(trace: Trace, dump: OwnerDump, grouping: OwnerGrouping, filter: string): OwnerGroups {
  const kept = keptBy.get(dump) ?? new Map<string, OwnerGroups>()
  keptBy.set(dump, kept)
  const name = `${grouping}\n${filter.trim()}`
  const groups = kept.get(name) ?? buildGroups(trace, dumpRowsOf(trace, dump), grouping, filter)
  kept.delete(name)
  kept.set(name, groups)
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break
    kept.delete(oldest)
  }
  return groups
}

const keptBy = new WeakMap<OwnerDump, Map<string, OwnerGroups>>()

function buildGroups(trace: Trace, rows: DumpRows, grouping: OwnerGrouping, filter: string): OwnerGroups {
  const keys = ownerKeysOf(trace, rows, grouping)
  const passes = passingRows(trace, rows, filter)
  const { keyOf } = keys
  if (passes !== undefined) for (let at = 0; at < keyOf.length; at++) if (passes[at] === 0) keyOf[at] = -1
  const members = buildGroupIndex<number, number>(column(keyOf), keys.count)
  return { rows, keys, members, sums: sumUp(trace, rows, members) }
}

/** Sums of groups of rows. O(rows). */
export function sumUp(trace: Trace, rows: DumpRows, members: GroupIndex<number, number>): OwnerSums {
  const count = members.keyCount
  const { misplaced, task } = rowFactsOf(trace, rows)
  const ts = rows.dump.kind === 'records' ? trace.owners.ts : undefined
  const sums = {
    pages: new Float64Array(count),
    blocks: new Float64Array(count),
    misplaced: new Float64Array(count),
    stacks: new Int32Array(count),
    tasks: new Int32Array(count),
    oldest: new Float64Array(count).fill(-1),
    newest: new Float64Array(count).fill(-1),
  }
  const stackSeen = new Int32Array(ownerStacksOf(trace).count).fill(-1)
  const taskSeen = new Int32Array(task.count).fill(-1)
  for (let key = 0; key < count; key++) {
    const own = rowsOf(members, key)
    for (let place = 0; place < own.length; place++) {
      const at = own[place]
      sums.pages[key] += rows.pages[at]
      sums.blocks[key] += rows.blocks[at]
      if (misplaced[at] === 1) sums.misplaced[key] += rows.pages[at]
      if (stackSeen[rows.stack[at]] !== key) {
        stackSeen[rows.stack[at]] = key
        sums.stacks[key]++
      }
      if (taskSeen[task.of[at]] !== key) {
        taskSeen[task.of[at]] = key
        sums.tasks[key]++
      }
      const time = ts === undefined ? -1 : ts[rows.row[at]]
      if (time < 0) continue
      if (sums.oldest[key] < 0 || time < sums.oldest[key]) sums.oldest[key] = time
      if (time > sums.newest[key]) sums.newest[key] = time
    }
  }
  return sums
}

interface RowFacts {
  /** 1 for rows in a CMA area or a Movable block that did not ask to be movable. */
  readonly misplaced: Uint8Array
  /** Task of each row, dense; 0 is the one that was not recorded. */
  readonly task: { readonly of: Int32Array; readonly count: number; readonly nameOf: (task: number) => string }
}

const factsBy = new WeakMap<DumpRows, RowFacts>()

/** What is told of each row beside its group. O(rows) once. */
function rowFactsOf(trace: Trace, rows: DumpRows): RowFacts {
  const known = factsBy.get(rows)
  if (known !== undefined) return known
  const isRecord = rows.dump.kind === 'records'
  const misplaced = new Uint8Array(rows.length)
  if (isRecord) {
    for (let at = 0; at < rows.length; at++) {
      const place = placeOfOwner(trace, rows.row[at])
      if (place === 'cma' || place === 'movable') misplaced[at] = 1
    }
  }
  const facts = { misplaced, task: tasksOf(trace, rows) }
  factsBy.set(rows, facts)
  return facts
}

function tasksOf(trace: Trace, rows: DumpRows): RowFacts['task'] {
  const { keyOf, count, nameOf } = ownerKeysOf(trace, rows, 'task')
  return { of: keyOf, count, nameOf }
}

/** The task of a record, as `rowFactsOf` names it. */
export function taskOfRecord(trace: Trace, row: number): string {
  return taskName(trace, trace.owners.shape[row])
}
