import { type Trace } from '../../model/trace.ts'

/**
 * True when events may have been lost in `[from, to]`: a lost-events marker whose gap overlaps, or a truncated file
 * that ends inside. What crosses a loss is unknown, not leaked.
 */
export function hasLossBetween(trace: Trace, from: number, to: number): boolean {
  return trace.losses.some((loss) => {
    if (loss.kind === 'start' || loss.kind === 'overrun') return false
    const begin = loss.from ?? Number.NEGATIVE_INFINITY
    const end = loss.to ?? Number.POSITIVE_INFINITY
    return begin <= to && end >= from
  })
}
