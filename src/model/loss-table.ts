import { type TimeNs } from '../base/clock.ts'
import { type LineId } from './ids.ts'

/**
 * What the kernel or the tool says was not recorded.
 * `lost` events overwritten or dropped on a CPU before this point; `start` the first event of a CPU's buffer
 * (`##### CPU 2 buffer started ####`): earlier history of that CPU is missing; `overrun` the header's
 * entries-written minus entries-in-buffer: lost before the file begins; `truncated` the file ends early; `cut` whoever
 * quoted the trace left lines out (`[snip]`): nothing was lost by the kernel, but what happened there is as unknown.
 */
export interface Loss {
  readonly kind: 'lost' | 'start' | 'overrun' | 'truncated' | 'cut'
  /** CPU it is about; -1 for all. */
  readonly cpu: number
  /** Events lost; -1 when the kernel does not know. 0 for `start` and `cut`. */
  readonly count: number
  /** Time of the last event of that CPU (or file) before the loss; absent when there is none. */
  readonly from?: TimeNs
  /** Time of the first event of that CPU (or file) after the loss; absent when the file ends before one. */
  readonly to?: TimeNs
  readonly line: LineId
}
