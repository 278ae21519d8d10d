import { counted } from '../base/counted.ts'
import { formatPfn } from '../base/pfn.ts'
import { type LineId } from '../model/ids.ts'
import { type KernelNote, type PageDump } from '../model/kernel-note.ts'
import { type Trace } from '../model/trace.ts'
import { dumpStacks } from './dump-answer.ts'
import { noteFact, printkTime } from './note-answer.ts'
import { type DumpStackAnswer } from './page-facts.ts'
import { placeOf } from './place.ts'
import { stackAnswer } from './stack-answer.ts'
import { type PlaceAnswer } from './wire.ts'

/** What the kernel log states, by the message that states it; a dump_page block is one too. */
export type KernelNoteKind = KernelNote['kind'] | 'page_dump'

/** Messages of the kernel log that say something of pages, in the order of the files. */
export interface KernelNotesQuestion {
  /** Of this kind only; empty = all. */
  readonly kind: KernelNoteKind | ''
  /** Substring of what is shown, or of a frame of its call traces, as little case as in grep -i; empty = all. */
  readonly filter: string
  readonly offset: number
  readonly limit: number
}

/** One message. */
export interface KernelNoteAnswer {
  /** Unique and stable: `dmesg.txt:812`. */
  readonly id: string
  readonly kind: KernelNoteKind
  /** The kind in words: `huge pages missing`. */
  readonly label: string
  /** As printk prints it; empty when the log has no times. */
  readonly timeText: string
  /** The page that it names; absent when it names none, or a range. */
  readonly pfn?: number
  readonly text: string
  readonly place: PlaceAnswer
  /** Call traces that the kernel printed with it: who asked or who met the page, never who holds. No frame is marked. */
  readonly stacks: readonly DumpStackAnswer[]
}

/** How many messages there are of a kind. */
export interface KernelNoteCount {
  readonly kind: KernelNoteKind
  readonly label: string
  readonly count: number
}

/** Answer to `kernelNotes`. */
export interface KernelNotesAnswer {
  /** Over all messages, whatever is filtered; most first. */
  readonly kinds: readonly KernelNoteCount[]
  /** The kernel printed call traces with some of all messages. */
  readonly hasStacks: boolean
  readonly total: number
  readonly offset: number
  readonly rows: readonly KernelNoteAnswer[]
}

const LABELS: Readonly<Record<KernelNoteKind, string>> = {
  contig_busy: 'range busy',
  cma_failed: 'CMA allocation failed',
  cma_reserved: 'CMA area reserved',
  offline_failed: 'offlining failed',
  block_failed: 'offlining failed',
  migrate_failed: 'migration failed',
  isolate_failed: 'isolation failed',
  alloc_failed: 'page allocation failed',
  alloc_stalled: 'page allocation stalled',
  hugetlb_failed: 'huge pages missing',
  offlined: 'memory offlined',
  owner_early: 'page_owner began late',
  owner_off: 'page_owner disabled',
  page_dump: 'page dump',
}

/** The messages that pass the filter, one window. O(messages). */
export function findKernelNotes(trace: Trace, question: KernelNotesQuestion): KernelNotesAnswer {
  const { kind, offset, limit } = question
  const wanted = question.filter.trim().toLowerCase()
  const all = messagesOf(trace)
  const found = all.filter(
    (message) => (kind === '' || message.kind === kind) && (wanted === '' || isWanted(trace, message, wanted)),
  )
  const rows = found.slice(offset, offset + limit).map((message) => answerOf(trace, message))
  return { kinds: countKernelNotes(trace), hasStacks: all.some(hasStack), total: found.length, offset, rows }
}

/** How many messages there are of each kind, most first. O(messages). */
export function countKernelNotes(trace: Trace): readonly KernelNoteCount[] {
  const counts = new Map<KernelNoteKind, number>()
  for (const { kind } of messagesOf(trace)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts]
    .map(([kind, count]) => ({ kind, label: LABELS[kind], count }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
}

type Message =
  | { readonly kind: KernelNote['kind']; readonly line: LineId; readonly note: KernelNote }
  | { readonly kind: 'page_dump'; readonly line: LineId; readonly dump: PageDump }

function messagesOf({ notes, dumps }: Trace): readonly Message[] {
  const messages: Message[] = [
    ...notes.map((note) => ({ kind: note.kind, line: note.line, note })),
    ...dumps.map((dump) => ({ kind: 'page_dump' as const, line: dump.line, dump })),
  ]
  return messages.sort((a, b) => a.line - b.line)
}

function hasStack(message: Message): boolean {
  if ('dump' in message) return message.dump.report !== undefined || message.dump.pinned !== undefined
  return 'trace' in message.note && message.note.trace !== undefined
}

function isWanted(trace: Trace, message: Message, wanted: string): boolean {
  const { label, timeText, text, stacks } = answerOf(trace, message)
  const frames = stacks.flatMap(({ stack }) => stack.frames.map((frame) => `${frame.text} ${frame.resolved ?? ''}`))
  return [label, timeText, text, ...frames].some((shown) => shown.toLowerCase().includes(wanted))
}

function answerOf(trace: Trace, message: Message): KernelNoteAnswer {
  const place = placeOf(trace, message.line)
  const fact = 'dump' in message ? message.dump : message.note
  const pfn = 'pfn' in fact ? fact.pfn : undefined
  return {
    id: `${place.fileName}:${place.line}`,
    kind: message.kind,
    label: LABELS[message.kind],
    timeText: fact.timeNs === undefined ? '' : printkTime(fact.timeNs),
    ...(pfn === undefined ? {} : { pfn }),
    text: 'dump' in message ? dumpText(message.dump) : noteFact(message.note),
    place,
    stacks: 'dump' in message ? dumpStacks(trace, message.dump).map(unmarked) : askedStacks(trace, message.note),
  }
}

/** A frame of these stacks is that of a holder no more than any other. */
function unmarked({ stack, ...told }: DumpStackAnswer): DumpStackAnswer {
  return { ...told, stack: { ...stack, frames: stack.frames.map((frame) => ({ ...frame, isHolder: false })) } }
}

function askedStacks(trace: Trace, note: KernelNote): readonly DumpStackAnswer[] {
  const asked = 'trace' in note ? note.trace : undefined
  if (asked === undefined || asked.stack < 0) return []
  const words = 'call trace: who asked for the pages'
  return [unmarked({ words, stack: stackAnswer(trace, asked.stack), place: placeOf(trace, asked.line) })]
}

function dumpText({ pfn, refcount, mapcount, reason, report }: PageDump): string {
  const page = pfn === undefined ? 'a page without pfn' : `pfn ${formatPfn(pfn)}`
  const why = reason === '' ? '' : `: ${reason}`
  const check = report?.at === undefined ? '' : `, check failed at ${report.at}`
  return `${page} has ${counted(refcount, 'reference')} and ${counted(mapcount, 'mapping')}${why}${check}`
}
