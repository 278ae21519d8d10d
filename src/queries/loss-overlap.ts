import { type Loss } from '../model/loss-table.ts'

/**
 * True when events were lost between two moments. A loss without a beginning reaches back before the trace, one without
 * an end to its end; touching ends do not count.
 */
export function overlaps(loss: Loss, from: number, to: number): boolean {
  return (loss.from ?? -Infinity) < to && (loss.to ?? Infinity) > from
}
