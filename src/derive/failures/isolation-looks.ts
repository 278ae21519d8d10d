import { findAbove } from '../../base/bisect.ts'
import { type Column, column } from '../../base/column.ts'
import { oncePer } from '../../base/once-per.ts'
import { type StackId, type EventRow, type PageId, type TaskId } from '../../model/ids.ts'
import { isRefKind, kindOf, SET } from '../../model/event-kind.ts'
import { type Trace } from '../../model/trace.ts'
import { deltaOf } from '../operation.ts'
import { type Trigger } from './failed-range.ts'
import { symbolsOf, triggerOfStack } from './trigger-of-stack.ts'

/** What one task did for one range: from its first isolating look at a page to the last thing it did to one. */
export interface Episode {
  readonly task: TaskId
  readonly trigger: Trigger
  readonly from: number
  readonly firstRow: EventRow
  readonly lastRow: EventRow
  readonly to: number
  /** The `cma_alloc_start` it belongs to. */
  readonly start?: EventRow
}

/** Pages that somebody wanted out of a range, by position of the episode that looked at them last. */
export interface Looks {
  readonly episodes: readonly Episode[]
  /** For each page: position of its last episode, or -1; and the last row of that on the page. */
  readonly episodeOf: Int32Array
  readonly lastRow: Int32Array
}

/** A task that does nothing for a range this long has ended that attempt. */
const LONGEST_PAUSE_NS = 2_000_000_000

const CMA_START = kindOf('cma_alloc_start')
const WANTS_RANGE = /^(?:_*alloc_contig_\w+|do_migrate_range|__?offline_pages)$/
const ISOLATES =
  /^(?:isolate_migratepages_\w+|(?:folio_)?isolate_lru(?:_page|_folio)?|isolate_folio_to_list|do_migrate_range)$/

/** What a stack says: 0 nothing of the kind, 1 work for a range, 2 an isolating look for a range. */
type StackSays = 0 | 1 | 2

/**
 * Collects which pages alloc_contig_range() and offline_pages() isolated, and until when (mm/page_alloc.c
 * __alloc_contig_migrate_range(), mm/memory_hotplug.c do_migrate_range()). Pages that others are moved to are none of
 * them: they are born in the attempt. O(events), each distinct stack read once.
 */
export const isolationLooks: (trace: Trace) => Looks = oncePer(collectLooks)

/** The work for a range that a task was at, at a time; undefined when it did none, or without stacks. */
export function episodeAt(trace: Trace, task: TaskId, time: number): Episode | undefined {
  const own = episodesByTask(isolationLooks(trace)).get(task)
  if (own === undefined) return undefined
  // A task works for one range after the other: none that began before the last of them ended after it.
  const last = own.episodes[findAbove(own.from, time) - 1]
  return last !== undefined && time <= last.to + LONGEST_PAUSE_NS ? last : undefined
}

/** Episodes of one task, in time order, and when each began. */
interface OwnEpisodes {
  readonly episodes: readonly Episode[]
  readonly from: Column<number>
}

const episodesByTask = oncePer(({ episodes }: Looks): ReadonlyMap<TaskId, OwnEpisodes> => {
  const found = new Map<TaskId, Episode[]>()
  for (const episode of episodes) {
    const own = found.get(episode.task)
    if (own === undefined) found.set(episode.task, [episode])
    else own.push(episode)
  }
  return new Map(
    Array.from(found, ([task, own]) => [
      task,
      { episodes: own, from: column<number>(Float64Array.from(own, ({ from }) => from)) },
    ]),
  )
})

function collectLooks(trace: Trace): Looks {
  const { events, contexts } = trace
  const says = stackReader(trace)
  const episodes: Mutable<Episode>[] = []
  const running = new Map<TaskId, number>()
  const starts = new Map<TaskId, EventRow>()
  const episodeOf = new Int32Array(trace.pages.length).fill(-1)
  const lastRow = new Int32Array(trace.pages.length).fill(-1)
  const isBornSince = new Uint8Array(trace.pages.length)
  for (let at = 0; at < events.length; at++) {
    const row = at as EventRow
    const kind = events.kind[row]
    if (kind === CMA_START) {
      starts.set(contexts.task[events.context[row]], row)
      running.delete(contexts.task[events.context[row]])
      continue
    }
    if (!isRefKind(kind)) continue
    const page: PageId = events.page[row]
    if (kind === SET) isBornSince[page] = 1
    const said = events.stack[row] < 0 ? 0 : says(events.stack[row])
    if (said === 0) continue
    const task = contexts.task[events.context[row]]
    const isLook = said === 2 && deltaOf(trace, row) > 0
    let current = running.get(task) ?? -1
    if (current >= 0 && events.time[row] - episodes[current].to > LONGEST_PAUSE_NS) current = -1
    if (current < 0 && isLook) {
      const start = starts.get(task)
      const trigger = triggerOfStack(trace, events.stack[row]) ?? (start === undefined ? 'contig' : 'cma')
      current = episodes.length
      episodes.push({
        task,
        trigger,
        from: events.time[row],
        firstRow: row,
        lastRow: row,
        to: events.time[row],
        ...(start === undefined ? {} : { start }),
      })
      running.set(task, current)
    }
    if (current < 0) continue
    episodes[current].to = events.time[row]
    episodes[current].lastRow = row
    if (isLook) {
      episodeOf[page] = current
      isBornSince[page] = 0
    }
    if (episodeOf[page] === current && isBornSince[page] === 0) lastRow[page] = row
  }
  return { episodes, episodeOf, lastRow }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

function stackReader(trace: Trace): (stack: StackId) => StackSays {
  const known = new Int8Array(trace.stacks.length).fill(-1)
  return (stack) => {
    if (known[stack] < 0) known[stack] = readStack(trace, stack)
    // Filled with what `readStack` gave.
    return known[stack] as StackSays
  }
}

function readStack(trace: Trace, stack: StackId): StackSays {
  const symbols = symbolsOf(trace, stack)
  if (!symbols.some((symbol) => WANTS_RANGE.test(symbol))) return 0
  return symbols.some((symbol) => ISOLATES.test(symbol)) ? 2 : 1
}
