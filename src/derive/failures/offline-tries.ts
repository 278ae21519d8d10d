import { type TimeNs } from '../../base/clock.ts'
import { type EventRow, NONE, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { traceTimeOf } from '../log-clock.ts'
import { type Mark } from './marks.ts'

/** A try to move the pages of a memory block that failed: `mm_migrate_pages … reason=memory_hotplug`. */
export interface OfflineTry {
  readonly row: EventRow
  readonly time: TimeNs
}

/** A memory block with what the kernel log says of its pages. */
export interface OfflineBlock {
  readonly startPfn: number
  readonly endPfn: number
  readonly pages: readonly { readonly timeNs?: number }[]
}

/** printk follows mm_migrate_pages at once, by the same task (mm/memory_hotplug.c do_migrate_range()). */
const SAME_TRY_NS = 1_000_000_000

/**
 * The failed tries of each block, in time order. A try is of the block whose page its task touched last before it; where
 * no such event was traced, of the block whose page the log names next to it; else of the only block there is. A try
 * that may be of several blocks is nobody's. O(events).
 */
export function offlineTries<Block extends OfflineBlock>(
  trace: Trace,
  marks: readonly Mark[],
  blocks: readonly Block[],
): ReadonlyMap<Block, readonly OfflineTry[]> {
  const failed = marks.filter(isFailedTry)
  const touched = failed.length === 0 || blocks.length < 2 ? new Map() : blocksTouched(trace, marks, blocks)
  const tries = new Map<Block, OfflineTry[]>()
  for (const mark of failed) {
    const only = blocks.length === 1 ? blocks[0] : undefined
    const block: Block | undefined = only ?? touched.get(mark.row) ?? namedNextTo(trace, blocks, mark)
    if (block !== undefined)
      tries.set(block, [...(tries.get(block) ?? []), { row: mark.row, time: mark.time as TimeNs }])
  }
  return tries
}

function isHotplug(mark: Mark): boolean {
  return mark.kind === 'mm_migrate_pages' && mark.args.get('reason') === 'memory_hotplug'
}

function isFailedTry(mark: Mark): boolean {
  return isHotplug(mark) && mark.args.get('nr_failed') !== '0'
}

/** By row of each try: the block whose page its task touched last, since its try before. */
function blocksTouched<Block extends OfflineBlock>(
  trace: Trace,
  marks: readonly Mark[],
  blocks: readonly Block[],
): Map<EventRow, Block> {
  const found = new Map<EventRow, Block>()
  const last = new Map<TaskId, Block>()
  const tries = marks.filter(isHotplug)
  let next = 0
  for (let at = 0; at < trace.events.length && next < tries.length; at++) {
    const row = at as EventRow
    const task = trace.contexts.task[trace.events.context[row]]
    if (row === tries[next].row) {
      next++
      const block = last.get(task)
      if (block !== undefined) found.set(row, block)
      last.delete(task)
      continue
    }
    const block = blockOf(trace, blocks, row)
    if (block !== undefined) last.set(task, block)
  }
  return found
}

function blockOf<Block extends OfflineBlock>(trace: Trace, blocks: readonly Block[], row: EventRow): Block | undefined {
  const page = trace.events.page[row]
  if (page === NONE) return undefined
  const pfn = trace.pages.pfn[page]
  return blocks.find(({ startPfn, endPfn }) => startPfn <= pfn && pfn < endPfn)
}

/** The block of which the log names a page right after the try. */
function namedNextTo<Block extends OfflineBlock>(
  trace: Trace,
  blocks: readonly Block[],
  mark: Mark,
): Block | undefined {
  const near = blocks.flatMap((block) => {
    const times = block.pages.flatMap((page) => traceTimeOf(trace, page.timeNs) ?? [])
    const distance = Math.min(...times.map((time) => Math.abs(time - mark.time)))
    return distance <= SAME_TRY_NS ? [{ block, distance }] : []
  })
  return near.toSorted((a, b) => a.distance - b.distance).at(0)?.block
}
