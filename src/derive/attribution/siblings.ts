import { buildGroupIndex, type GroupIndex, rowsOf } from '../../base/group-index.ts'
import { type Derived } from '../derived.ts'
import { type HoldRow, type HoldTable } from '../holds/hold-table.ts'
import { NONE, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { REFERENCE_CLASSES } from './reference-class.ts'

/** Gets of one burst lie closer than this, ns: a buffer of some thousand pages is taken within it. */
const BURST_NS = 2_000_000_000

const byTask = new WeakMap<HoldTable, GroupIndex<TaskId, HoldRow>>()

/**
 * The hold that tells best what a hold without a stack is: of the same task, by the same operation and amount, held
 * over the same moment, with a stack; the one whose get is nearest in time. A program pins its buffers page by page in
 * one go. Undefined when there is none, or when the nearest is a reference that migration expects. O(holds of the task).
 */
export function siblingOf(trace: Trace, { holds }: Derived, hold: HoldRow, moment: number): HoldRow | undefined {
  const get = holds.getRow[hold]
  if (get === NONE) return undefined
  let best: HoldRow | undefined
  let nearest = BURST_NS
  const rows = rowsOf(tasksOf(trace, holds), holds.task[hold])
  for (let at = 0; at < rows.length; at++) {
    const other = rows[at]
    if (other === hold || holds.units[other] !== holds.units[hold]) continue
    const distance = Math.abs(holds.from[other] - holds.from[hold])
    if (distance >= nearest || !isOpenWithStack(trace, holds, other, moment)) continue
    if (trace.events.kind[holds.getRow[other]] !== trace.events.kind[get]) continue
    nearest = distance
    best = other
  }
  return best !== undefined && REFERENCE_CLASSES[holds.class[best]].isExpected ? undefined : best
}

function isOpenWithStack(trace: Trace, holds: HoldTable, hold: HoldRow, moment: number): boolean {
  const get = holds.getRow[hold]
  return get !== NONE && trace.events.stack[get] >= 0 && holds.from[hold] <= moment && holds.to[hold] >= moment
}

function tasksOf(trace: Trace, holds: HoldTable): GroupIndex<TaskId, HoldRow> {
  const index = byTask.get(holds) ?? buildGroupIndex<TaskId, HoldRow>(holds.task, trace.tasks.length)
  byTask.set(holds, index)
  return index
}
