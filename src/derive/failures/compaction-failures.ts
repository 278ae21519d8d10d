import { absoluteNs, type TimeNs } from '../../base/clock.ts'
import { MAX_ORDER } from '../../model/owner-table.ts'
import { type Trace } from '../../model/trace.ts'
import { type FailedRange } from './failed-range.ts'
import { failureId } from './isolation-failures.ts'
import { lastOfTask, type Mark, type MarkKinds, nextOfTask, numberArg } from './marks.ts'
import { symbolsOf } from './trigger-of-stack.ts'

/**
 * Outcomes of a compaction run that made the wanted block, or stopped for another reason than pages in the way
 * (COMPACTION_STATUS in include/trace/events/mmflags.h; `partial` is the success of kernels up to 4.7).
 */
const NOT_FAILED = new Set(['success', 'partial', 'contended', 'continue', 'skipped', 'deferred'])
/** The others of its words. */
const FAILED = new Set(['complete', 'partial_skipped', 'no_suitable_page', 'not_suitable_zone'])
const MODES = new Set(['sync', 'async'])

/** Where an allocation asks for compaction. */
export const REQUESTS: MarkKinds = new Set(['mm_compaction_try_to_compact_pages'])
const EDGES: MarkKinds = new Set(['mm_compaction_try_to_compact_pages', 'mm_compaction_deferred', 'mm_compaction_end'])
const RUN_EDGES: MarkKinds = new Set(['mm_compaction_begin', 'mm_compaction_end'])

/** Callers of compact_zone() that want no block for an allocation: whole zones and nodes, kcompactd (mm/compaction.c). */
const UNASKED = /^(?:compact_nodes?|compact_store|sysctl_compaction_handler|proactive_compact_node|kcompactd\w*)$/

/**
 * Zones in which compaction for a wanted order failed (mm/compaction.c): a synchronous run on behalf of an allocation
 * that ended without the block, or that the kernel answered with `mm_compaction_defer_compaction`. A run for order -1
 * (/proc/sys/vm/compact_memory, kcompactd's proactive work) always ends `complete` and is no failure; an asynchronous
 * run gives up early by design. All failed runs of one zone are one range.
 *
 * The range is the zone, narrowed to the PFN window that the capture says it covers; a page blocks its pageblock of it.
 */
export function compactionFailures(trace: Trace, marks: readonly Mark[]): FailedRange[] {
  const byZone = new Map<string, FailedRange[]>()
  for (const end of marks) {
    if (end.kind !== 'mm_compaction_end' || !isFailedRun(trace, marks, end)) continue
    const range = rangeOf(trace, marks, end)
    if (!(range.startPfn < range.endPfn)) continue // garbled numbers are no range
    const key = `${range.startPfn}-${range.endPfn}`
    const runs = byZone.get(key)
    if (runs === undefined) byZone.set(key, [range])
    else runs.push(range)
  }
  return Array.from(byZone.values(), foldRuns)
}

/** True for a run that ended without the block it was wanted for. */
export function isFailedRun(trace: Trace, marks: readonly Mark[], end: Mark): boolean {
  if (!mayHaveFailed(end)) return false
  const isDeferred = nextOfTask(marks, end)?.kind === 'mm_compaction_defer_compaction'
  return isDeferred || (end.args.get('mode') === 'sync' && wasAskedFor(trace, marks, end))
}

/** Raw fields (trace-cmd -R) have a number for the word. */
function mayHaveFailed({ args }: Mark): boolean {
  const status = args.get('status') ?? ''
  return FAILED.has(status) || isRaw(status)
}

/** True of a run whose outcome is no word of the kernel's, or that may have failed in a mode or a zone that is none. */
export function isRunUnread(trace: Trace, marks: readonly Mark[], end: Mark): boolean {
  const status = end.args.get('status') ?? ''
  if (!NOT_FAILED.has(status) && !mayHaveFailed(end)) return true
  if (!mayHaveFailed(end)) return false
  const mode = end.args.get('mode') ?? end.args.get('sync') ?? ''
  if (!MODES.has(mode) && !isRaw(mode)) return true
  return isFailedRun(trace, marks, end) && !(numberArg(end, 'zone_start') < numberArg(end, 'zone_end'))
}

function isRaw(text: string): boolean {
  return /^(?:0x[0-9a-f]+|\d+)$/.test(text)
}

/**
 * True when the run came from an allocation: its stack says so; without a stack, `try_to_compact_pages` of the same
 * task came after its last run and was not put off. `mm_compaction_deferred` means that the zone was passed over, so a
 * run that begins later is another's, such as a write to compact_memory.
 */
export function wasAskedFor(trace: Trace, marks: readonly Mark[], end: Mark): boolean {
  const begin = beginOf(marks, end)
  const said = saysAsked(trace, end) ?? (begin === undefined ? undefined : saysAsked(trace, begin))
  return said ?? lastOfTask(marks, end, EDGES)?.kind === 'mm_compaction_try_to_compact_pages'
}

/** Whether the stack names the allocation or another caller of compact_zone(); undefined when it shows neither. */
function saysAsked(trace: Trace, mark: Mark): boolean | undefined {
  const stack = trace.events.stack[mark.row]
  if (stack < 0) return undefined
  const symbols = symbolsOf(trace, stack)
  // compact_zone_order() has no other caller than try_to_compact_pages().
  if (symbols.includes('try_to_compact_pages') || symbols.includes('compact_zone_order')) return true
  return symbols.some((symbol) => UNASKED.test(symbol)) ? false : undefined
}

/** The begin of the run; undefined when the trace lost it. */
function beginOf(marks: readonly Mark[], end: Mark): Mark | undefined {
  const edge = lastOfTask(marks, end, RUN_EDGES)
  return edge?.kind === 'mm_compaction_begin' ? edge : undefined
}

function rangeOf(trace: Trace, marks: readonly Mark[], end: Mark): FailedRange {
  const zone = { start: numberArg(end, 'zone_start'), end: numberArg(end, 'zone_end') }
  const window = trace.windows.find((note) => note.startPfn < zone.end && note.endPfn > zone.start)
  const startPfn = Math.max(zone.start, window?.startPfn ?? zone.start)
  const endPfn = Math.min(zone.end, window?.endPfn ?? zone.end)
  const begin = beginOf(marks, end)
  const asked = lastOfTask(marks, end, REQUESTS)
  const printedNs = absoluteNs(end.time, trace.clock)
  const order = asked?.args.get('order')
  return {
    id: failureId('compaction', startPfn, endPfn, printedNs),
    trigger: 'compaction',
    startPfn,
    endPfn,
    time: end.time as TimeNs,
    attemptFrom: (begin?.time ?? end.time) as TimeNs,
    runFrom: (begin?.time ?? end.time) as TimeNs,
    ...blockOf(trace, Number(order)),
    printedNs,
    namedPfns: [],
    lines: [end.row, ...(asked === undefined ? [] : [asked.row])].map((row) => trace.events.line[row]),
    basis:
      `compaction${order === undefined ? '' : ` for order ${order}`} ended ${end.args.get('status') ?? ''}; ` +
      (window === undefined ? 'the range is the zone' : 'the range is the part of the zone that the capture covers'),
    attempts: 1,
  }
}

/** The pageblock, which compaction empties one by one; where no file tells its order, the block that was wanted. */
function blockOf(trace: Trace, wanted: number): Pick<FailedRange, 'block'> {
  const { pageblockOrder } = trace.machine
  if (pageblockOrder !== undefined) return { block: { order: pageblockOrder, isPageblock: true } }
  return wanted > 0 && wanted <= MAX_ORDER ? { block: { order: wanted, isPageblock: false } } : {}
}

/** Failed runs of one zone, in time order: the last is told, with its lines; the line of the first comes behind. */
function foldRuns(runs: readonly FailedRange[]): FailedRange {
  const [first] = runs
  const last = runs[runs.length - 1]
  if (runs.length === 1) return first
  const { attemptFrom, lines } = first
  return { ...last, attemptFrom, lines: [...last.lines, lines[0]], attempts: runs.length }
}
