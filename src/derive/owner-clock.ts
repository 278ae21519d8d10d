import { type TimeNs } from '../base/clock.ts'
import { clockWords, matchLocalClock } from '../base/clock-match.ts'
import { rowsOf } from '../base/group-index.ts'
import { SET } from '../model/event-kind.ts'
import { type Trace } from '../model/trace.ts'
import { type ActOffsets, agreementByActs, aheadText, MOST_ACTS } from './clock-agreement.ts'

/**
 * How the times of page_owner (local_clock ns) stand to the clock of the trace, in words; empty when the clocks are one.
 * Where allocations are in both, they say it: neither a name nor an assumption is needed.
 */
export function ownerClockNote(trace: Trace): string {
  const agreement = ownerClockOf(trace)
  if (agreement.kind === 'agrees') return ''
  if (agreement.kind === 'untold') return untoldText(trace)
  const { byNs, acts } = agreement
  return `local_clock, ${aheadText(byNs)} the trace’s clock by ${acts} allocations in both`
}

/**
 * A time of page_owner (absolute ns) on the clock of the trace; undefined where the two do not compare. Right within
 * some milliseconds where allocations in both files tell the difference.
 */
export function timeOfOwner(trace: Trace, ts: number): TimeNs | undefined {
  if (ts < 0 || trace.events.length === 0) return undefined
  const agreement = ownerClockOf(trace)
  const ownTime = ts - Number(trace.clock.originNs)
  if (agreement.kind === 'differs') return (ownTime - agreement.byNs) as TimeNs
  return agreement.kind === 'agrees' || matchLocalClock(trace.clock) !== 'different' ? (ownTime as TimeNs) : undefined
}

function untoldText({ events, clock }: Trace): string {
  if (events.length === 0) return ''
  switch (matchLocalClock(clock)) {
    case 'same':
      return ''
    case 'assumed':
      return 'local_clock, taken for the trace’s clock, which no file names'
    default:
      return `local_clock, which does not compare with the trace’s ${clockWords(clock)}`
  }
}

const ownerClockOf = agreementByActs(actsOf)

function actsOf(trace: Trace): readonly ActOffsets[] {
  const acts: ActOffsets[] = []
  if (trace.events.length === 0 || trace.clock.style.unit === 'counts') return acts
  for (let row = 0; row < trace.owners.length && acts.length < MOST_ACTS; row++) {
    const offsets = trace.owners.ts[row] < 0 ? [] : offsetsOf(trace, row)
    if (offsets.length > 0) acts.push(offsets)
  }
  return acts
}

/** The events that set the page's first reference, by the same task: post_alloc_hook() does both. */
function offsetsOf(trace: Trace, row: number): ActOffsets {
  const { owners, events, contexts, tasks } = trace
  const page = trace.pages.find(owners.pfn[row])
  if (page < 0) return []
  const pid = owners.shapes.pid[owners.shape[row]]
  const found: number[] = []
  const rows = rowsOf(trace.indexes.byPage, page)
  for (let at = 0; at < rows.length; at++) {
    const event = rows[at]
    if (events.kind[event] !== SET || tasks.pid[contexts.task[events.context[event]]] !== pid) continue
    found.push(owners.ts[row] - Number(trace.clock.originNs) - events.time[event])
  }
  return found
}
