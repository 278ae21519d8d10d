import { FREEZE, MOD_AND_RETURN, MOD_AND_TEST, SET, UNFREEZE } from '../../model/event-kind.ts'
import { type EventRow } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'

/**
 * The count that an operation states by itself, whatever another CPU does meanwhile; undefined for sampled ones.
 * Source: include/linux/page_ref.h.
 */
export function statedCount(trace: Trace, row: EventRow): number | undefined {
  const kind = trace.events.kind[row]
  const shape = trace.events.shape[row]
  const val = trace.shapes.val[shape]
  const ret = trace.shapes.ret[shape]
  if (kind === SET || kind === UNFREEZE) return val
  if (kind === FREEZE && ret !== 0) return 0
  if (kind === MOD_AND_TEST && ret === 1) return 0
  if (kind === MOD_AND_RETURN && ret >= 0) return ret
  return undefined
}
