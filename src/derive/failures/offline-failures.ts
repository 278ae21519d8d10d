import { type TimeNs } from '../../base/clock.ts'
import { type LineId } from '../../model/ids.ts'
import { type KernelNote } from '../../model/kernel-note.ts'
import { type Trace } from '../../model/trace.ts'
import { contains, type FailedRange } from './failed-range.ts'
import { episodeAt } from './isolation-looks.ts'
import { logRange } from './log-range.ts'
import { type Mark } from './marks.ts'
import { memoryBlockOf, numberedBlock } from './memory-block.ts'
import { offlineTries, type OfflineTry } from './offline-tries.ts'

/** A page that the kernel log names as being in the way, with when and where. */
interface NamedPage {
  readonly pfn: number
  readonly timeNs?: number
  readonly line: LineId
}

/** A memory block of which the log says that it could not go offline. */
interface LoggedBlock {
  readonly startPfn: number
  readonly endPfn: number
  readonly pages: NamedPage[]
  readonly lines: LineId[]
  readonly basis: string
  /** When the log says that it failed; undefined when it names pages only. */
  timeNs: number | undefined
}

/**
 * Memory blocks that the log says did not go offline, or whose pages it names as being in the way; with the tries that the
 * trace has of them. Blocks that are known already are left out.
 */
export function offlineFailures(trace: Trace, marks: readonly Mark[], known: readonly FailedRange[]): FailedRange[] {
  const blocks = new Map<string, LoggedBlock>()
  const blockAt = (startPfn: number, endPfn: number, basis: string): LoggedBlock => {
    const key = `${startPfn}-${endPfn}`
    const block = blocks.get(key) ?? { startPfn, endPfn, pages: [], lines: [], basis, timeNs: undefined }
    blocks.set(key, block)
    return block
  }
  const told = trace.notes.filter((note) => note.kind === 'offline_failed')
  for (const note of told) {
    const block = blockAt(note.startPfn, note.endPfn, `memory offlining failed due to ${note.reason} (dmesg)`)
    block.lines.push(note.line)
    block.timeNs = note.timeNs
  }
  for (const page of offlinePages(trace)) {
    if (known.some((range) => range.trigger === 'offline' && contains(range, page.pfn))) continue
    const note = told.find((other) => page.pfn >= other.startPfn && page.pfn < other.endPfn)
    const { startPfn, endPfn, basis } = note ? { ...note, basis: '' } : memoryBlockOf(trace, page.pfn)
    blockAt(startPfn, endPfn, `dmesg names ${page.what}; ${basis}`).pages.push(page)
  }
  for (const note of trace.notes) {
    if (note.kind !== 'block_failed') continue
    const { startPfn, endPfn, basis } = numberedBlock(trace, note.block)
    if (known.some((range) => range.trigger === 'offline' && overlaps(range, startPfn, endPfn))) continue
    const whole = [...blocks.values()].find((block) => overlaps(block, startPfn, endPfn))
    const block = whole ?? blockAt(startPfn, endPfn, `dmesg says that memory${note.block} did not go offline; ${basis}`)
    block.lines.push(note.line)
    block.timeNs ??= note.timeNs
  }
  const tries = offlineTries(trace, marks, [...blocks.values()])
  return [...blocks.values()].map((block) => {
    const times = block.pages.map((page) => page.timeNs).filter((time) => time !== undefined)
    const range = logRange(
      trace,
      'offline',
      block.startPfn,
      block.endPfn,
      [...new Set(block.pages.map((page) => page.pfn))],
      [...block.lines, ...block.pages.map((page) => page.line)],
      times.at(-1) ?? block.timeNs,
      block.basis,
    )
    return withTries(trace, { ...range, attempts: attemptsByLog(block.pages) }, tries.get(block) ?? [])
  })
}

/** Tries that the log alone tells of: a try names each page once at most (do_migrate_range()), so the most of any PFN. */
function attemptsByLog(pages: readonly NamedPage[]): number {
  const linesOf = new Map<number, number>()
  for (const { pfn } of pages) linesOf.set(pfn, (linesOf.get(pfn) ?? 0) + 1)
  return Math.max(1, ...linesOf.values())
}

function overlaps(
  one: { readonly startPfn: number; readonly endPfn: number },
  startPfn: number,
  endPfn: number,
): boolean {
  return one.startPfn < endPfn && startPfn < one.endPfn
}

/**
 * The tries in the trace's own clock, when it has them: better than the log's time, and with the line. They are counted
 * by the trace then: what the log prints of one is limited in rate, and tells of tries before the trace as well.
 */
function withTries(trace: Trace, range: FailedRange, tries: readonly OfflineTry[]): FailedRange {
  const last = tries.at(-1)
  if (last === undefined) return range
  const { placedBy: _, ...placed } = range
  const line = trace.events.line[last.row]
  const task = trace.contexts.task[trace.events.context[tries[0].row]]
  const attemptFrom = Math.min(tries[0].time, episodeAt(trace, task, tries[0].time)?.from ?? tries[0].time) as TimeNs
  return { ...placed, time: last.time, attemptFrom, attempts: tries.length, lines: [...range.lines, line] }
}

/** `migrating pfn`, `failed to isolate pfn` and `unmovable page` dumps come from memory offlining (mm/memory_hotplug.c, mm/page_isolation.c). */
function offlinePages(trace: Trace): readonly (NamedPage & { readonly what: string })[] {
  const fromNotes = trace.notes.flatMap((note) => {
    if (note.kind === 'migrate_failed') return [{ ...named(note), what: 'pages whose migration failed' }]
    if (note.kind === 'isolate_failed') return [{ ...named(note), what: 'pages that could not be isolated' }]
    return []
  })
  const fromDumps = trace.dumps.flatMap((dump) =>
    dump.reason === 'unmovable page' && dump.pfn !== undefined
      ? [{ pfn: dump.pfn, line: dump.line, what: 'an unmovable page', ...timeOf(dump) }]
      : [],
  )
  return [...fromNotes, ...fromDumps].sort((a, b) => a.line - b.line)
}

function named(note: Extract<KernelNote, { pfn: number }>): NamedPage {
  return { pfn: note.pfn, line: note.line, ...timeOf(note) }
}

function timeOf(source: { readonly timeNs?: number }): { readonly timeNs?: number } {
  return source.timeNs === undefined ? {} : { timeNs: source.timeNs }
}
