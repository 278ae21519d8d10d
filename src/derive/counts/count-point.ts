import { type TimeNs } from '../../base/clock.ts'
import { type EventRow } from '../../model/ids.ts'

/**
 * The reference count of a page after one event. `exact` points are stated by the operation itself (set, unfreeze,
 * freeze ret=1, mod_and_test ret=1, mod_and_return); `sampled` ones are `count=` re-read after the atomic operation,
 * which another CPU may have changed (include/trace/events/page_ref.h).
 */
export interface CountPoint {
  readonly row: EventRow
  readonly time: TimeNs
  readonly count: number
  readonly isExact: boolean
  /** References the operation added or dropped; 0 when it was refused (mod_unless ret=0, freeze ret=0). */
  readonly delta: number
  /** Mappings (0 = unmapped) whatever the kernel's way to print mapcount; absent for typed pages. */
  readonly mapcount?: number
  /**
   * What is missing between the point before and this one: `count - (previous + delta)`. 0 when the points agree;
   * anything else is an untraced or lost operation, or a race of the sampled count (see `gapKind`).
   */
  readonly gap: number
  readonly gapKind: 'none' | 'race' | 'missing'
}
