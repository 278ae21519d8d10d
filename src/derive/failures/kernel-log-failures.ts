import { isNamed } from '../../model/cma-areas.ts'
import { type LineId } from '../../model/ids.ts'
import { type KernelNote, type PageDump } from '../../model/kernel-note.ts'
import { type Trace } from '../../model/trace.ts'
import { type TimeNs } from '../../base/clock.ts'
import { traceTimeOf } from '../log-clock.ts'
import { type FailedRange, type Trigger } from './failed-range.ts'
import { failureId } from './isolation-failures.ts'
import { episodeAt } from './isolation-looks.ts'
import { type Mark } from './marks.ts'
import { memoryBlockOf, numberedBlock } from './memory-block.ts'
import { offlineTries, type OfflineTry } from './offline-tries.ts'

/** A page that the kernel log names as being in the way, with when and where. */
interface NamedPage {
  readonly pfn: number
  readonly timeNs?: number
  readonly line: LineId
}

/**
 * Failures that only the kernel log tells: `[a, b) PFNs busy`, failed memory offlining (per memory block), failed
 * migrations outside any known range, and CMA failure lines with no other trace of them. Ranges that the trace
 * already has get the log's pages and lines instead; see `mergeLog`.
 */
export function kernelLogFailures(trace: Trace, marks: readonly Mark[], known: readonly FailedRange[]): FailedRange[] {
  const busy = contigBusy(trace, known)
  const offline = offlineFailures(trace, marks, known)
  const soFar = [...known, ...busy, ...offline]
  return [...busy, ...offline, ...migrationDumps(trace, soFar), ...silentCma(trace, soFar)]
}

function contigBusy(trace: Trace, known: readonly FailedRange[]): FailedRange[] {
  const found = new Map<string, FailedRange>()
  for (const note of trace.notes) {
    if (note.kind !== 'contig_busy') continue
    if (known.some((range) => range.startPfn <= note.startPfn && range.endPfn >= note.endPfn)) continue
    const key = `${note.startPfn}-${note.endPfn}`
    const before = found.get(key)
    found.set(
      key,
      before === undefined
        ? rangeOf(
            trace,
            'contig',
            note.startPfn,
            note.endPfn,
            [],
            [note.line],
            note.timeNs,
            'alloc_contig_range: PFNs busy (dmesg)',
          )
        : { ...before, lines: [...before.lines, note.line], attempts: before.attempts + 1 },
    )
  }
  return [...found.values()]
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

function offlineFailures(trace: Trace, marks: readonly Mark[], known: readonly FailedRange[]): FailedRange[] {
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
    const range = rangeOf(
      trace,
      'offline',
      block.startPfn,
      block.endPfn,
      [...new Set(block.pages.map((page) => page.pfn))],
      [...block.lines, ...block.pages.map((page) => page.line)],
      times.at(-1) ?? block.timeNs,
      block.basis,
    )
    return withTries(trace, { ...range, attempts: Math.max(1, block.pages.length) }, tries.get(block) ?? [])
  })
}

function overlaps(
  one: { readonly startPfn: number; readonly endPfn: number },
  startPfn: number,
  endPfn: number,
): boolean {
  return one.startPfn < endPfn && startPfn < one.endPfn
}

/** The tries in the trace's own clock, when it has them: better than the log's time, and with the line. */
function withTries(trace: Trace, range: FailedRange, tries: readonly OfflineTry[]): FailedRange {
  const last = tries.at(-1)
  if (last === undefined) return range
  const { placedBy: _, ...placed } = range
  const line = trace.events.line[last.row]
  const task = trace.contexts.task[trace.events.context[tries[0].row]]
  const attemptFrom = Math.min(tries[0].time, episodeAt(trace, task, tries[0].time)?.from ?? tries[0].time) as TimeNs
  return { ...placed, time: last.time, attemptFrom, lines: [...range.lines, line] }
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

/** Dumps of `migration failure` outside every known range (alloc_contig's dynamic debug prints no range). */
function migrationDumps(trace: Trace, known: readonly FailedRange[]): FailedRange[] {
  const found = new Map<number, FailedRange>()
  for (const dump of trace.dumps) {
    const { pfn } = dump
    if (dump.reason !== 'migration failure' || pfn === undefined || found.has(pfn)) continue
    if (known.some((range) => contains(range, pfn))) continue
    found.set(
      pfn,
      rangeOf(
        trace,
        'migration',
        pfn,
        pfn + 2 ** dump.order,
        [pfn],
        [dump.line],
        dump.timeNs,
        'dump_page: migration failure (dmesg); no range was printed',
      ),
    )
  }
  return [...found.values()]
}

/** `cma: … alloc failed` with no failed range near it: the area where it is known, else no range at all. */
function silentCma(trace: Trace, known: readonly FailedRange[]): FailedRange[] {
  if (known.some((range) => range.trigger === 'cma' || range.trigger === 'contig' || range.trigger === 'hugetlb'))
    return []
  const failed = trace.notes.filter((note) => note.kind === 'cma_failed')
  const areas = failed.map((note) => areaOf(trace, note.area))
  const keys = areas.map(areaKey)
  return [...new Set(keys)].map((key) => {
    const notes = failed.filter((_, at) => keys[at] === key)
    return silentRange(trace, notes, areas[keys.indexOf(key)])
  })
}

function silentRange(
  trace: Trace,
  notes: readonly Extract<KernelNote, { kind: 'cma_failed' }>[],
  area: KnownArea | undefined,
): FailedRange {
  const lines = notes.map((note) => note.line)
  const basis =
    area === undefined
      ? 'dmesg says only that a CMA allocation failed; no range was printed'
      : `dmesg says that a CMA allocation failed; the range is ${area.words}`
  return {
    ...rangeOf(trace, 'cma', area?.startPfn ?? 0, area?.endPfn ?? 0, [], lines, notes.at(-1)?.timeNs, basis),
    attempts: notes.length,
  }
}

/** A CMA area that a failure line can be about, with how it is known. */
interface KnownArea {
  readonly startPfn: number
  readonly endPfn: number
  readonly words: string
}

/** The area that debugfs gives the name, when it is one range; else the only one that was reserved at boot. */
function areaOf(trace: Trace, name: string): KnownArea | undefined {
  const alike = name === '' ? [] : (trace.machine.cmaAreas ?? []).filter((area) => isNamed(area, name))
  if (alike.length === 1) return { ...alike[0], words: `all of CMA area ${name} (debugfs)` }
  const reserved = trace.notes.filter((note) => note.kind === 'cma_reserved')
  return alike.length === 0 && reserved.length === 1 ? { ...reserved[0], words: 'the only CMA area' } : undefined
}

function areaKey(area: KnownArea | undefined): string {
  return area === undefined ? '' : `${area.startPfn}-${area.endPfn}`
}

function rangeOf(
  trace: Trace,
  trigger: Trigger,
  startPfn: number,
  endPfn: number,
  namedPfns: readonly number[],
  lines: readonly LineId[],
  timeNs: number | undefined,
  basis: string,
): FailedRange {
  const time = traceTimeOf(trace, timeNs)
  const printedNs = timeNs === undefined ? undefined : String(timeNs)
  return {
    id: failureId(trigger, startPfn, endPfn, printedNs ?? 'untimed'),
    trigger,
    startPfn,
    endPfn,
    ...(time === undefined ? {} : { time, placedBy: 'kernel log' }),
    ...(printedNs === undefined ? {} : { printedNs }),
    namedPfns,
    lines,
    basis,
    attempts: 1,
  }
}

/** True when a PFN lies in the range. */
export function contains(range: FailedRange, pfn: number): boolean {
  return pfn >= range.startPfn && pfn < range.endPfn
}

/**
 * Adds what the log says of a range that is already known: pages dumped in its attempt become named pages, `PFNs busy`
 * and CMA failure lines become its evidence. `traced` are all ranges that the trace tells.
 */
export function mergeLog(trace: Trace, range: FailedRange, traced: readonly FailedRange[]): FailedRange {
  const isTraced = range.time !== undefined && range.trigger !== 'offline' && range.trigger !== 'compaction'
  if (!isTraced) return range
  const dumps = trace.dumps.filter((dump) => isBlockingDump(dump) && attemptOfDump(trace, dump, traced).includes(range))
  const busy = trace.notes.filter(
    (note) => note.kind === 'contig_busy' && note.startPfn >= range.startPfn && note.endPfn <= range.endPfn,
  )
  const cma =
    range.trigger === 'cma'
      ? trace.notes.filter((note) => note.kind === 'cma_failed' && note.pages <= range.endPfn - range.startPfn)
      : []
  return {
    ...range,
    namedPfns: [
      ...new Set([...range.namedPfns, ...dumps.flatMap((dump) => (dump.pfn === undefined ? [] : [dump.pfn]))]),
    ],
    lines: [...range.lines, ...busy.map((note) => note.line), ...cma.map((note) => note.line)],
  }
}

/** The failure nearest in time to a dump, of those whose range has the page; all of them when the times do not compare. */
function attemptOfDump(trace: Trace, dump: PageDump, traced: readonly FailedRange[]): readonly FailedRange[] {
  const { pfn } = dump
  const around = pfn === undefined ? [] : traced.filter((range) => contains(range, pfn))
  const time = traceTimeOf(trace, dump.timeNs)
  if (time === undefined) return around
  const distanceOf = (range: FailedRange): number => Math.abs((range.time ?? Number.POSITIVE_INFINITY) - time)
  const nearest = Math.min(...around.map(distanceOf))
  return around.filter((range) => distanceOf(range) === nearest)
}

function isBlockingDump(dump: PageDump): boolean {
  return dump.reason === 'migration failure' || dump.reason === 'isolation failed' || dump.reason === 'unmovable page'
}
