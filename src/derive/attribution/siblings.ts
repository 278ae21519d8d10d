import { findAtLeastIn } from '../../base/bisect.ts'
import { type Column, column } from '../../base/column.ts'
import { buildGroupIndex, type GroupIndex, rowsOf } from '../../base/group-index.ts'
import { type Derived } from '../derived.ts'
import { type HoldRow, type HoldTable } from '../holds/hold-table.ts'
import { NONE, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { REFERENCE_CLASSES } from './reference-class.ts'

/** Gets of one burst lie closer than this, ns: a buffer of some thousand pages is taken within it. */
const BURST_NS = 2_000_000_000

const withStack = new WeakMap<HoldTable, Map<TaskId, Column<HoldRow>>>()

/**
 * The hold that tells best what a hold without a stack is: of the same task, by the same operation and amount, held
 * over the same moment, with a stack; the one whose get is nearest in time. A program pins its buffers page by page in
 * one go. Undefined when there is none, or when the nearest is a reference that migration expects. O(log of the task's
 * holds, and those of the burst that are nearer and do not fit), once O(holds of the task).
 */
export function siblingOf(trace: Trace, { holds }: Derived, hold: HoldRow, moment: number): HoldRow | undefined {
  const get = holds.getRow[hold]
  if (get === NONE) return undefined
  const fits = (other: HoldRow): boolean =>
    other !== hold &&
    holds.units[other] === holds.units[hold] &&
    holds.from[other] <= moment &&
    holds.to[other] >= moment &&
    trace.events.kind[holds.getRow[other]] === trace.events.kind[get]
  const best = nearestOf(holds, withStackOf(trace, holds, holds.task[hold]), holds.from[hold], fits)
  return best !== undefined && REFERENCE_CLASSES[holds.class[best]].isExpected ? undefined : best
}

/** The hold that fits and begins nearest to a time, less than a burst away; of two that are as near the one of the lower row. */
function nearestOf(
  { from }: HoldTable,
  rows: Column<HoldRow>,
  time: number,
  fits: (hold: HoldRow) => boolean,
): HoldRow | undefined {
  const start = findAtLeastIn(rows, from, time)
  let best: HoldRow | undefined
  let nearest = BURST_NS
  for (let at = start; best === undefined && at < rows.length && from[rows[at]] - time < nearest; at++) {
    if (fits(rows[at])) best = rows[at]
  }
  if (best !== undefined) nearest = from[best] - time
  for (let at = start - 1; at >= 0; at--) {
    const distance = time - from[rows[at]]
    if (distance >= BURST_NS || distance > nearest) break
    if (!fits(rows[at]) || (distance === nearest && best !== undefined && best < rows[at])) continue
    nearest = distance
    best = rows[at]
  }
  return best
}

/** The holds of a task whose gets have stacks, by the time of their gets, then by row. */
function withStackOf(trace: Trace, holds: HoldTable, task: TaskId): Column<HoldRow> {
  const known = withStack.get(holds) ?? new Map<TaskId, Column<HoldRow>>()
  withStack.set(holds, known)
  const rows = known.get(task) ?? sortedWithStack(trace, holds, rowsOf(tasksOf(trace, holds), task))
  known.set(task, rows)
  return rows
}

function sortedWithStack(trace: Trace, { getRow, from }: HoldTable, ofTask: Column<HoldRow>): Column<HoldRow> {
  const hasStack = (hold: HoldRow): boolean => getRow[hold] !== NONE && trace.events.stack[getRow[hold]] >= 0
  const rows = Uint32Array.from(ofTask).filter((row) => hasStack(row))
  return column<HoldRow>(rows.sort((a, b) => from[a] - from[b] || a - b))
}

const byTask = new WeakMap<HoldTable, GroupIndex<TaskId, HoldRow>>()

function tasksOf(trace: Trace, holds: HoldTable): GroupIndex<TaskId, HoldRow> {
  const index = byTask.get(holds) ?? buildGroupIndex<TaskId, HoldRow>(holds.task, trace.tasks.length)
  byTask.set(holds, index)
  return index
}
