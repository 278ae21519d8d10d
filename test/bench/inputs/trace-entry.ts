import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const EXAMPLE = fileURLToPath(new URL('../../../public/example/trace.gzip', import.meta.url))

/** An event of a real trace with its stack, cut where numbers change so that it can be told again of another page. */
export interface TraceEntry {
  readonly name: string
  readonly comm: string
  readonly pid: number
  readonly cpu: number
  /** Task, CPU and flags as printed, up to the time. */
  readonly head: string
  readonly timeUs: number
  /** Text around `slots`: one more than there are of them. The first begins behind the time. */
  readonly pieces: readonly string[]
  readonly slots: readonly Slot[]
  /** First PFN; -1 when it names none. */
  readonly pfn: number
  /** Change of the count, `val=`; 0 when it tells none. */
  readonly change: number
  /** Count after it; 0 when it tells none. */
  readonly count: number
  /** Functions, leaf first; empty without a stack. */
  readonly stack: readonly string[]
  /** From the event to the printing of its stack. */
  readonly stackAfterUs: number
}

/** A number within an entry that changes when it is told of another page. */
export interface Slot {
  readonly kind: 'pfn' | 'count'
  readonly value: number
}

/** The bundled example, a real capture: its header lines, and its events in order. */
export interface TraceShapes {
  readonly header: readonly string[]
  readonly entries: readonly TraceEntry[]
}

/** How an entry is told. */
export interface Told {
  readonly timeUs: number
  /** Added to each PFN that is not 0. */
  readonly shift: number
  /** Instead of the count; absent leaves it as it is. */
  readonly count?: number
  readonly hasStack: boolean
}

/** Reads the example. */
export function readTraceShapes(): TraceShapes {
  const lines = gunzipSync(readFileSync(EXAMPLE)).toString('latin1').trimEnd().split('\n')
  const header = lines.filter((line) => line.startsWith('#') && !line.startsWith('##'))
  const entries: TraceEntry[] = []
  let at = 0
  while (at < lines.length) {
    const match = EVENT.exec(lines[at])
    at++
    if (match === null || match[5].startsWith(': <stack trace>')) continue
    const stackMatch = EVENT.exec(lines[at] ?? '')
    const hasStack = stackMatch?.[5].startsWith(': <stack trace>') === true
    const stack: string[] = []
    if (hasStack) while (lines[++at]?.startsWith(' => ')) stack.push(lines[at].slice(4))
    const stackUs = hasStack ? microseconds(stackMatch[4]) : 0
    entries.push(entryOf(match, stack, stackUs))
  }
  return { header, entries }
}

/** The entry as lines of ftrace text. */
export function entryText(entry: TraceEntry, told: Told): string {
  const event = `${entry.head}${timeText(told.timeUs)}${argumentText(entry, told)}\n`
  if (!told.hasStack || entry.stack.length === 0) return event
  const frames = entry.stack.join('\n => ')
  return `${event}${entry.head}${timeText(told.timeUs + entry.stackAfterUs)}: <stack trace>\n => ${frames}\n`
}

/** Lines of `entryText`. */
export function entryLines(entry: TraceEntry, hasStack: boolean): number {
  return hasStack && entry.stack.length > 0 ? 2 + entry.stack.length : 1
}

/** What follows the time: `: page_ref_set: pfn=0x…`. */
export function argumentText(entry: TraceEntry, told: Pick<Told, 'shift' | 'count'>): string {
  let text = entry.pieces[0]
  for (let slot = 0; slot < entry.slots.length; slot++) {
    text += slotText(entry.slots[slot], told) + entry.pieces[slot + 1]
  }
  return text
}

function slotText({ kind, value }: Slot, { shift, count }: Pick<Told, 'shift' | 'count'>): string {
  if (kind === 'count') return String(count ?? value)
  return `0x${(value === 0 ? 0 : value + shift).toString(16)}`
}

/** `12.345678` */
export function timeText(timeUs: number): string {
  return `${Math.floor(timeUs / 1e6)}.${String(timeUs % 1e6).padStart(6, '0')}`
}

/**
 * `            init-1       [000] .....     3.614272: page_ref_mod: pfn=0x1fb59 …`: head with comm, pid and cpu, time, rest.
 */
const EVENT = /^( *(\S.*)-(\d+) +\[\d+\] \S+ +)(\d+\.\d{6})(: .*)$/
/** `cma_alloc_finish: … pfn=0xdc00 … count=73728` counts pages: only counts of page_ref are told anew. */
const NUMBERS = /pfn=0x([0-9a-f]+)/g
const REFERENCE_NUMBERS = /pfn=0x([0-9a-f]+)|(?<= count=)(-?\d+)/g

function entryOf(match: RegExpExecArray, stack: readonly string[], stackUs: number): TraceEntry {
  const [, head, comm, pid, time, rest] = match
  const timeUs = microseconds(time)
  const { pieces, slots } = cut(rest)
  return {
    name: /^: (\w+):/.exec(rest)?.[1] ?? '',
    comm,
    pid: Number(pid),
    cpu: Number(/\[(\d+)\]/.exec(head)?.[1]),
    head,
    timeUs,
    pieces,
    slots,
    pfn: slots.find(({ kind }) => kind === 'pfn')?.value ?? -1,
    count: slots.find(({ kind }) => kind === 'count')?.value ?? 0,
    change: Number(/ val=(-?\d+)/.exec(rest)?.[1] ?? 0),
    stack,
    stackAfterUs: stack.length === 0 ? 0 : Math.max(0, stackUs - timeUs),
  }
}

function cut(rest: string): { readonly pieces: readonly string[]; readonly slots: readonly Slot[] } {
  const pieces: string[] = []
  const slots: Slot[] = []
  let from = 0
  for (const match of rest.matchAll(rest.startsWith(': page_ref_') ? REFERENCE_NUMBERS : NUMBERS)) {
    const isPfn = match[2] === undefined
    const start = match.index + (isPfn ? 'pfn='.length : 0)
    pieces.push(rest.slice(from, start))
    slots.push(
      isPfn ? { kind: 'pfn', value: Number.parseInt(match[1], 16) } : { kind: 'count', value: Number(match[2]) },
    )
    from = match.index + match[0].length
  }
  return { pieces: [...pieces, rest.slice(from)], slots }
}

function microseconds(time: string): number {
  return Math.round(Number(time) * 1e6)
}
