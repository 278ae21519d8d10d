import { FREEZE, isRefKind, MOD_UNLESS, SET, UNFREEZE } from '../model/event-kind.ts'
import { type EventRow } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'

/**
 * What a page_ref event did, as a person reads it: `+1`, `-1024`, `set 1`, `freeze 2`, `freeze 2 refused`,
 * `unfreeze 2`, `+1 refused`. Empty for other events. `val` is a new or expected count for set, freeze and unfreeze and
 * a difference for the rest (include/trace/events/page_ref.h).
 */
export function operationText(trace: Trace, row: EventRow): string {
  const kind = trace.events.kind[row]
  if (!isRefKind(kind)) return ''
  const val = trace.shapes.val[trace.events.shape[row]]
  const refused = isRefused(trace, row) ? ' refused' : ''
  if (kind === SET) return `set ${val}`
  if (kind === UNFREEZE) return `unfreeze ${val}`
  if (kind === FREEZE) return `freeze ${val}${refused}`
  return `${val < 0 ? '' : '+'}${val}${refused}`
}

/**
 * References that a page_ref event added (dropped when negative); 0 when it was refused, and for other events.
 * A set and an unfreeze count from zero, where the kernel uses them: on a page that nobody can reach.
 */
export function deltaOf(trace: Trace, row: EventRow): number {
  const kind = trace.events.kind[row]
  if (!isRefKind(kind) || isRefused(trace, row)) return 0
  const val = trace.shapes.val[trace.events.shape[row]]
  return kind === FREEZE ? -val : val
}

/** True when the operation changed nothing: page_ref_mod_unless or page_ref_freeze with ret=0. */
export function isRefused(trace: Trace, row: EventRow): boolean {
  const kind = trace.events.kind[row]
  return (kind === MOD_UNLESS || kind === FREEZE) && trace.shapes.ret[trace.events.shape[row]] === 0
}
