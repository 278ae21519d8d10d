import { formatDuration } from '../../base/clock.ts'
import { type OwnerDump, ownerDumpsOf } from '../../derive/owner-dumps.ts'
import { timeOfOwner } from '../../derive/owner-clock.ts'
import { type Trace } from '../../model/trace.ts'
import { placeOf } from '../place.ts'
import { type PlaceAnswer } from '../wire.ts'

/** What ages of a dump's allocations are measured against. */
export interface AgeEnd {
  /** Absolute local_clock ns; -1 when the dump prints no time: all ages are unknown then. */
  readonly ts: number
  /** In words. */
  readonly text: string
  /** The line that tells it; absent for the end of the trace. */
  readonly place?: PlaceAnswer
}

/**
 * Ages are measured to the newest allocation of the dump, which was taken no earlier; to the end of the trace where that
 * is later, the clocks compare, and the dump is the only one.
 */
export function ageEndOf(trace: Trace, dump: OwnerDump): AgeEnd {
  if (dump.newestRow < 0) return { ts: -1, text: 'this kernel prints no time of allocation' }
  const place = placeOf(trace, trace.owners.line[dump.newestRow])
  const ofTrace = isOnlyDump(trace) ? endOfTrace(trace, dump.newestTs) : -1
  if (ofTrace > dump.newestTs) return { ts: ofTrace, text: 'the end of the trace' }
  return { ts: dump.newestTs, text: `the newest allocation in ${dump.id}, ts ${dump.newestTs} ns`, place }
}

function isOnlyDump(trace: Trace): boolean {
  return ownerDumpsOf(trace).dumps.filter(({ kind }) => kind === 'records').length === 1
}

/** The last event's time on page_owner's clock, by how a time of page_owner stands to the trace's; -1 where they do not compare. */
function endOfTrace(trace: Trace, ts: number): number {
  const { events } = trace
  const time = timeOfOwner(trace, ts)
  return time === undefined ? -1 : ts + (events.time[events.length - 1] - time)
}

const MS = 1_000_000
const SECOND = 1000 * MS
/** Where one bucket of ages ends and the next begins, ns; half-open. */
const STEPS: readonly { readonly ns: number; readonly text: string }[] = [
  { ns: MS, text: '1 ms' },
  { ns: 10 * MS, text: '10 ms' },
  { ns: 100 * MS, text: '100 ms' },
  { ns: SECOND, text: '1 s' },
  { ns: 10 * SECOND, text: '10 s' },
  { ns: 60 * SECOND, text: '1 min' },
  { ns: 600 * SECOND, text: '10 min' },
  { ns: 3600 * SECOND, text: '1 h' },
  { ns: 86_400 * SECOND, text: '1 day' },
]

/** Names of the buckets of ages, youngest first. */
export const AGE_NAMES: readonly string[] = [
  `under ${STEPS[0].text}`,
  ...STEPS.slice(1).map(({ text }, at) => `${STEPS[at].text} to ${text}`),
  `${STEPS[STEPS.length - 1].text} and over`,
]

/** Bucket of an allocation's age: an index of `AGE_NAMES`, -1 when it is unknown. Hot. */
export function ageBucket(ts: number, endTs: number): number {
  if (ts < 0 || endTs < 0) return -1
  const age = endTs - ts
  let bucket = 0
  while (bucket < STEPS.length && age >= STEPS[bucket].ns) bucket++
  return bucket
}

/** An age in words; empty when it is unknown. */
export function ageText(ts: number, endTs: number): string {
  return ts < 0 || endTs < 0 ? '' : formatDuration(endTs - ts)
}
