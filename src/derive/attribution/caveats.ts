import { formatTime, type TimeNs } from '../../base/clock.ts'
import { matchLocalClock } from '../../base/clock-match.ts'
import { type Trace } from '../../model/trace.ts'
import { hasRefEvents } from '../has-ref-events.ts'
import { logClockNote } from '../log-clock.ts'
import { pinnerClockNote } from '../pinner-clock.ts'
import { pinnerRingNote } from '../pinner-rings.ts'
import { untoldShareOf } from '../counts/untold-share.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { type BlockingPage } from './finding.ts'
import { isIncomplete } from './loss.ts'

/** What weakens an answer, in words. */
export function caveatsOf(trace: Trace, range: FailedRange, pages: readonly BlockingPage[]): readonly string[] {
  const caveats: string[] = []
  if (range.isInferred)
    caveats.push(
      'that this range failed is inferred from pages that stayed in it: the event that says so is not in the files',
    )
  const lost = trace.losses.filter((loss) => loss.kind === 'lost' || loss.kind === 'truncated')
  if (lost.length > 0)
    caveats.push(
      `events were lost (${lost.length} ${lost.length === 1 ? 'marker' : 'markers'}): a hold that crosses a loss is unknown, not leaked`,
    )
  if (new Set(trace.files.flatMap((file) => file.timeStyle?.unit ?? [])).size > 1)
    caveats.push('the files print times of different kinds, which do not compare: read each of them alone')
  for (const { cpu, to } of startsOf(trace)) {
    caveats.push(
      `the buffer of CPU ${cpu} overran: what that CPU did before ${formatTime(to, trace.clock)} is not in the trace`,
    )
  }
  if (trace.losses.some((loss) => loss.kind === 'cut')) {
    caveats.push('the trace is an excerpt with lines left out: what happened there is unknown')
  }
  if (trace.losses.some((loss) => loss.kind === 'overrun'))
    caveats.push('the ring buffer overran before the file begins: gets before its first event are not in it')
  if (isIncomplete(trace)) {
    const percent = Math.round(untoldShareOf(trace) * 100)
    caveats.push(
      `the counts of pages changed before ${percent} % of the events with no event to show it: events are missing, marked or not`,
    )
  }
  if (!hasRefEvents(trace)) caveats.push('no page_ref events in these files: who took a reference is not recorded')
  if (range.time === undefined && trace.events.length > 0)
    caveats.push(`${whyUnplaced(trace, range)}: all holds of the trace are considered`)
  const isOfLog = range.time === undefined ? range.printedNs !== undefined : range.placedBy === 'kernel log'
  const clocks = isOfLog ? logClockNote(trace, "the failure's time is dmesg's:") : ''
  if (clocks !== '') caveats.push(clocks)
  caveats.push(...pinnerCaveats(trace, range, pages))
  if (pages.some((page) => page.culprits.some((culprit) => culprit.anyOf > 1)))
    caveats.push('the evidence does not separate all holders: they are listed as one of N, or any of N')
  return caveats
}

/** A time of the log that compares with the trace's is placed wherever the trace has events (`traceTimeOf`). */
function whyUnplaced(trace: Trace, range: FailedRange): string {
  const isOutside = range.printedNs !== undefined && matchLocalClock(trace.clock) !== 'different'
  return isOutside
    ? 'the failure lies outside the time that the trace covers'
    : 'the failure is not placed in the clock of the trace'
}

/** What holds of holders that page_pinner alone knows of. */
function pinnerCaveats(trace: Trace, range: FailedRange, pages: readonly BlockingPage[]): readonly string[] {
  const records = pages.flatMap((page) => page.culprits.flatMap((culprit) => culprit.record ?? []))
  const hasHolders = pages.some((page) => page.culprits.length > 0)
  if (records.length === 0) return hasHolders ? [] : [pinnerRingNote(trace)].filter((note) => note !== '')
  const isCompared = range.time !== undefined && records.some((row) => trace.pinners.tsUs[row] >= 0)
  const notes = [PINNER_LIMITS, isCompared ? pinnerClockNote(trace) : '', pinnerRingNote(trace)]
  return notes.filter((note) => note !== '')
}

const PINNER_LIMITS =
  'page_pinner tells of gets that lasted and of puts after a failure, by stack and without a task: its get may be put by ' +
  'another way and so seem to last, and its put says who let go, which need not be who held the page then'

/** CPUs whose buffer starts behind the trace's own beginning. */
function startsOf(trace: Trace): readonly { readonly cpu: number; readonly to: TimeNs }[] {
  return trace.losses.flatMap(({ kind, cpu, to }) => (kind === 'start' && to !== undefined ? [{ cpu, to }] : []))
}
