import { absoluteNs, type TimeNs } from '../../base/clock.ts'
import { type Trace } from '../../model/trace.ts'
import { type FailedRange } from './failed-range.ts'
import { failureId } from './isolation-failures.ts'
import { lastOfTask, type Mark, nextOfTask, numberArg } from './marks.ts'

/** Outcomes of a compaction run that made the wanted block, or stopped for another reason than pages in the way. */
const NOT_FAILED = new Set(['success', 'partial', 'contended', 'continue', 'skipped', 'deferred'])

/**
 * Zones in which compaction for a wanted order failed (mm/compaction.c): a synchronous run on behalf of an allocation
 * that ended without the block, or that the kernel answered with `mm_compaction_defer_compaction`. A run for order -1
 * (/proc/sys/vm/compact_memory, kcompactd's proactive work) always ends `complete` and is no failure; an asynchronous
 * run gives up early by design. All failed runs of one zone are one range.
 *
 * The range is the zone, narrowed to the PFN window that the capture says it covers; a page blocks its pageblock of it.
 */
export function compactionFailures(trace: Trace, marks: readonly Mark[]): FailedRange[] {
  const byZone = new Map<string, FailedRange>()
  for (const end of marks) {
    if (end.kind !== 'mm_compaction_end' || !isFailedRun(marks, end)) continue
    const range = rangeOf(trace, marks, end)
    const key = `${range.startPfn}-${range.endPfn}`
    const before = byZone.get(key)
    byZone.set(key, before === undefined ? range : merge(before, range))
  }
  return [...byZone.values()]
}

/** True for a run that ended without the block it was wanted for. */
export function isFailedRun(marks: readonly Mark[], end: Mark): boolean {
  if (NOT_FAILED.has(end.args.get('status') ?? 'success')) return false
  const isDeferred = nextOfTask(marks, end)?.kind === 'mm_compaction_defer_compaction'
  return isDeferred || (end.args.get('mode') === 'sync' && wasAskedFor(marks, end))
}

/** True when the run came from an allocation: `try_to_compact_pages` of the same task came after its last run. */
export function wasAskedFor(marks: readonly Mark[], end: Mark): boolean {
  const isEdge = ({ kind }: Mark): boolean =>
    kind === 'mm_compaction_try_to_compact_pages' || kind === 'mm_compaction_end'
  return lastOfTask(marks, end, isEdge)?.kind === 'mm_compaction_try_to_compact_pages'
}

function rangeOf(trace: Trace, marks: readonly Mark[], end: Mark): FailedRange {
  const zone = { start: numberArg(end, 'zone_start'), end: numberArg(end, 'zone_end') }
  const window = trace.windows.find((note) => note.startPfn < zone.end && note.endPfn > zone.start)
  const startPfn = Math.max(zone.start, window?.startPfn ?? zone.start)
  const endPfn = Math.min(zone.end, window?.endPfn ?? zone.end)
  const begin = lastOfTask(marks, end, ({ kind }) => kind === 'mm_compaction_begin')
  const asked = lastOfTask(marks, end, ({ kind }) => kind === 'mm_compaction_try_to_compact_pages')
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
  return wanted > 0 ? { block: { order: wanted, isPageblock: false } } : {}
}

function merge(a: FailedRange, b: FailedRange): FailedRange {
  const run = b.time === undefined || b.runFrom === undefined ? {} : { time: b.time, runFrom: b.runFrom }
  return { ...a, ...run, attempts: a.attempts + 1 }
}
