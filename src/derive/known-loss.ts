import { findAbove } from '../base/bisect.ts'
import { column } from '../base/column.ts'
import { oncePer } from '../base/once-per.ts'
import { type Loss } from '../model/loss-table.ts'
import { type Trace } from '../model/trace.ts'

/** True when the span `[from, to]` touches a stretch in which events are known to be lost. O(log losses). */
export type KnownLoss = (from: number, to: number) => boolean

/**
 * What the files themselves say was lost, with a place in time: markers of lost events, a file that ends early, lines
 * left out, and what a CPU did before its buffer starts: the kernel says so only after an overrun (kernel/trace/trace.c
 * test_cpu_buff_start()). An overrun that only the header tells has no place.
 */
export const knownLossIn: (trace: Trace) => KnownLoss = oncePer(({ losses }) => {
  const merged = mergedStretches(losses)
  const begins = column<number>(Float64Array.from(merged, ({ begin }) => begin))
  return (from, to) => {
    const last = findAbove(begins, to) - 1
    return last >= 0 && merged[last].end >= from
  }
})

interface Stretch {
  readonly begin: number
  readonly end: number
}

/** Stretches by begin, none inside or over another: so the last one that begins before a time ends last. */
function mergedStretches(losses: readonly Loss[]): readonly Stretch[] {
  const stretches = losses
    .filter(({ kind }) => kind !== 'overrun')
    .map(({ from, to }) => ({ begin: from ?? Number.NEGATIVE_INFINITY, end: to ?? Number.POSITIVE_INFINITY }))
    .toSorted((a, b) => a.begin - b.begin)
  const merged: Stretch[] = []
  for (const stretch of stretches) {
    const before = merged.at(-1)
    if (before !== undefined && stretch.begin <= before.end)
      merged[merged.length - 1] = { begin: before.begin, end: Math.max(before.end, stretch.end) }
    else merged.push(stretch)
  }
  return merged
}
