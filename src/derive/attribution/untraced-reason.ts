import { type Trace } from '../../model/trace.ts'
import { hasRefEvents } from '../has-ref-events.ts'

/** What it means that no page_ref event of a page that blocked is in the trace, and what to do about it. */
export function untracedReason(trace: Trace): string {
  if (!hasRefEvents(trace)) {
    return 'no page_ref event of this page was traced: record page_ref with stacks for this pfn to see who holds it'
  }
  const none = 'no page_ref event of this page is in the trace, though page_ref was recorded'
  const lost = lostEvents(trace)
  if (lost !== undefined) {
    return `${none}: ${lost}, the get of its holder may be among them; record again with a larger buffer_size_kb, or from nearer to the failure`
  }
  if (trace.losses.length > 0) return `${none}: the file does not have all of it, the get of its holder may be left out`
  return `${none}: its holder took it before the trace began, or the recording left this pfn out; begin to record before the page is taken`
}

/** What the kernel says it lost for want of buffer: how many where it says so. */
function lostEvents({ losses }: Trace): string | undefined {
  const ofBuffer = losses.filter(({ kind }) => kind === 'overrun' || kind === 'lost' || kind === 'start')
  if (ofBuffer.length === 0) return undefined
  // The header counts all CPUs; the markers tell of the same events once more, where they fell out.
  const told = ofBuffer.filter(({ kind, count }) => kind === 'overrun' && count > 0)
  const sum = told.reduce((total, { count }) => total + count, 0)
  return `the ring buffer overran and lost ${sum > 0 ? `${sum} events` : 'events'}`
}
