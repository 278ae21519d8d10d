import { type TimeNs } from '../base/clock.ts'
import { rowsOf } from '../base/group-index.ts'
import { type StackId } from '../model/ids.ts'
import { framesOf } from '../model/stack-depot.ts'
import { type Trace } from '../model/trace.ts'
import { type ActOffsets, agreementByActs, aheadText, MOST_ACTS } from './clock-agreement.ts'
import { bareSymbol, holderFrameOf } from './holder-frame.ts'
import { notRecorded } from './special-stacks.ts'

/** International atomic time: seconds since 1970 (kernel/trace/trace.c trace_clocks). */
const WALL_CLOCK = 'tai'
/** No machine has been up for 30 years: a trace that counts more counts from 1970. */
const LONGEST_UPTIME_NS = 30 * 365 * 86_400 * 1e9

/**
 * A page_pinner time (CLOCK_BOOTTIME us) in the clock of the trace, as far as the two may be compared: both count
 * seconds since boot, and differ by what the machine slept, which puts that both recorded tell. Undefined when the trace
 * counts, tells the time of day or prints microseconds since its buffer was reset (latency-format), has no events, or the
 * time is not told. Whoever uses it says `pinnerClockNote`.
 */
export function traceTimeOfPinner(trace: Trace, tsUs: number): TimeNs | undefined {
  if (tsUs < 0 || trace.events.length === 0 || !isComparable(trace)) return undefined
  const agreement = pinnerClockOf(trace)
  const ahead = agreement.kind === 'differs' ? agreement.byNs : 0
  return (tsUs * 1000 - Number(trace.clock.originNs) - ahead) as TimeNs
}

function isComparable({ clock: { name, style, originNs } }: Trace): boolean {
  return style.unit === 'seconds' && name !== WALL_CLOCK && Number(originNs) < LONGEST_UPTIME_NS
}

/** The assumption behind `traceTimeOfPinner`, where no record is in the trace too. */
const ASSUMED_CLOCK =
  'page_pinner prints CLOCK_BOOTTIME, taken to run with the clock of the trace: true as long as the machine did not suspend'

/** What a reader must know before a page_pinner time is compared with the trace's; empty when the clocks agree. */
export function pinnerClockNote(trace: Trace): string {
  if (trace.events.length === 0 || trace.clock.name === 'boot') return ''
  if (!isComparable(trace))
    return `page_pinner prints CLOCK_BOOTTIME, the trace prints ${otherTimes(trace)}: the two do not compare`
  const agreement = pinnerClockOf(trace)
  if (agreement.kind === 'agrees') return ''
  return agreement.kind === 'untold' ? ASSUMED_CLOCK : differenceText(agreement)
}

function otherTimes({ clock }: Trace): string {
  if (clock.style.unit === 'seconds') return 'seconds since 1970'
  return clock.style.unit === 'counts' ? 'counts' : 'microseconds since its buffer was reset'
}

function differenceText({ byNs, acts }: { readonly byNs: number; readonly acts: number }): string {
  return `page_pinner prints CLOCK_BOOTTIME, which is ${aheadText(byNs)} the clock of the trace by ${acts} records that the trace has too: its times are moved by that`
}

const pinnerClockOf = agreementByActs(actsOf)

function actsOf(trace: Trace): readonly ActOffsets[] {
  const acts: ActOffsets[] = []
  const places = new Map<StackId, string>()
  const placeOf = (stack: StackId): string => {
    const place = places.get(stack) ?? placeText(trace, stack)
    places.set(stack, place)
    return place
  }
  const { pinners } = trace
  for (let row = 0; row < pinners.length && acts.length < MOST_ACTS; row++) {
    if (pinners.tsUs[row] < 0 || notRecorded(trace, pinners.stack[row]) !== '') continue
    const offsets = offsetsOf(trace, row, placeOf)
    if (offsets.length > 0) acts.push(offsets)
  }
  return acts
}

/** Events of the record's page that were made in the same place. */
function offsetsOf(trace: Trace, row: number, placeOf: (stack: StackId) => string): ActOffsets {
  const { pinners, events } = trace
  const page = trace.pages.find(pinners.pfn[row])
  const place = placeOf(pinners.stack[row])
  if (page < 0 || place === '') return []
  const found: number[] = []
  const rows = rowsOf(trace.indexes.byPage, page)
  for (let at = 0; at < rows.length; at++) {
    if (placeOf(events.stack[rows[at]]) !== place) continue
    found.push(pinners.tsUs[row] * 1000 - Number(trace.clock.originNs) - events.time[rows[at]])
  }
  return found
}

const FRAMES_COMPARED = 3

/** The holder's frame and those that called it: the frames nearer the leaf are those of the one that watched. */
function placeText(trace: Trace, stack: StackId): string {
  if (stack < 0) return ''
  const { index } = holderFrameOf(trace, stack)
  const frames = framesOf(trace.stacks, stack)
  const names: string[] = []
  for (let at = Math.max(0, index); at < frames.length && names.length < FRAMES_COMPARED; at++) {
    names.push(bareSymbol(trace.strings.text(trace.frames.symbol[frames[at]])))
  }
  return index < 0 ? '' : names.join(' ')
}

/** `3.230417`: seconds as the other page_pinner files print them. */
export function pinnerTimeText(tsUs: number): string {
  return `${Math.floor(tsUs / 1_000_000)}.${String(tsUs % 1_000_000).padStart(6, '0')}`
}
