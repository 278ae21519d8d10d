import { counted } from '../base/counted.ts'
import { stackHashesOf } from '../derive/stack-hash.ts'
import { type FrameId, type TaskId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type SearchHit } from './search.ts'
import { taskAnswer, taskText } from './task-answer.ts'

interface Ranked {
  readonly hit: SearchHit
  readonly match: number
  readonly weight: number
}

/**
 * Functions whose name has the text in it, with the number of distinct stacks they are in; of one module alone when the
 * text ends with `[module]`.
 */
export function searchSymbols(trace: Trace, typed: string, limit: number): readonly SearchHit[] {
  const [, text = typed, module = ''] = /^([^\s[]*)\s*\[([\w-]+)\]$/.exec(typed) ?? []
  const stacks = stacksBySymbol(trace, text, module)
  const ranked = [...stacks].map(([symbol, count]): Ranked => {
    const detail = `in ${counted(count, 'stack')}`
    return {
      hit: { kind: 'symbol', label: symbol, detail, symbol },
      match: text === '' ? 1 : matchRank(symbol, text),
      weight: count,
    }
  })
  return best(ranked, limit)
}

function isOfModule({ frames, strings }: Trace, frame: number, module: string): boolean {
  return frames.module[frame] >= 0 && strings.text(frames.module[frame]) === module
}

function has(symbol: string, text: string): boolean {
  return symbol.toLowerCase().includes(text.toLowerCase())
}

/** An empty text is in every name; it is given with a module. */
function stacksBySymbol(trace: Trace, text: string, module: string): ReadonlyMap<string, number> {
  const symbolOf = new Map<number, string>()
  for (let frame = 0; frame < trace.frames.length; frame++) {
    const symbol = trace.strings.text(trace.frames.symbol[frame as FrameId])
    if (module === '' ? matchRank(symbol, text) > 0 : isOfModule(trace, frame, module) && has(symbol, text))
      symbolOf.set(frame, symbol)
  }
  const counts = new Map<string, number>()
  if (symbolOf.size === 0) return counts
  for (const [stack] of stackHashesOf(trace).stacks) {
    const seen = new Set<string>()
    for (let at = trace.stacks.offsets[stack]; at < trace.stacks.offsets[stack + 1]; at++) {
      const symbol = symbolOf.get(trace.stacks.frames[at])
      if (symbol !== undefined) seen.add(symbol)
    }
    for (const symbol of seen) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  }
  return counts
}

/** Tasks whose comm has the text in it, or whose pid or `comm-pid` it is. */
export function searchTasks(trace: Trace, text: string, limit: number): readonly SearchHit[] {
  const found: { task: TaskId; match: number }[] = []
  for (let task = 0; task < trace.tasks.length; task++) {
    const answer = taskAnswer(trace, task as TaskId)
    const isPid = String(answer.pid) === text || taskText(answer).toLowerCase() === text.toLowerCase()
    const match = isPid ? 3 : matchRank(answer.comm, text)
    if (match > 0) found.push({ task: task as TaskId, match })
  }
  const events = found.length === 0 ? [] : eventsByTask(trace)
  return best(
    found.map(({ task, match }): Ranked => {
      const answer = taskAnswer(trace, task)
      const isAlone = match === 3 && answer.comm.toLowerCase() !== text.toLowerCase()
      const how = String(answer.pid) === text ? 'as pid' : `pid ${answer.pid}`
      const detail = `${how}, ${counted(events[task], 'event')}`
      return {
        hit: { kind: 'task', label: taskText(answer), detail, ...answer, ...(isAlone ? { isAlone } : {}) },
        match,
        weight: events[task],
      }
    }),
    limit,
  )
}

function eventsByTask(trace: Trace): readonly number[] {
  const counts: number[] = Array.from({ length: trace.tasks.length }, () => 0)
  for (let context = 0; context < trace.contexts.length; context++) {
    counts[trace.contexts.task[context]] += trace.indexes.ofContext[context]
  }
  return counts
}

/** Event names that have the text in them; `page_ref:page_ref_mod`, as perf prints them, is without its system. */
export function searchEvents(trace: Trace, typed: string, limit: number): readonly SearchHit[] {
  const text = /^[a-z]\w*:([a-z_]\w*):?$/i.exec(typed)?.[1] ?? typed
  const names = new Set<string>()
  for (let shape = 0; shape < trace.shapes.length; shape++) names.add(trace.strings.text(trace.shapes.name[shape]))
  const ranked = [...names].map((name): Ranked => {
    return { hit: { kind: 'event', label: name, detail: 'event', name }, match: matchRank(name, text), weight: 0 }
  })
  return best(ranked, limit)
}

/** 3 the same text, 2 begins with it, 1 has it, 0 does not; letters' case does not matter. */
function matchRank(text: string, wanted: string): number {
  const at = text.toLowerCase().indexOf(wanted.toLowerCase())
  if (at < 0 || wanted === '') return 0
  if (text.length === wanted.length) return 3
  return at === 0 ? 2 : 1
}

function best(ranked: readonly Ranked[], limit: number): readonly SearchHit[] {
  return ranked
    .filter(({ match }) => match > 0)
    .sort((a, b) => b.match - a.match || b.weight - a.weight || (a.hit.label < b.hit.label ? -1 : 1))
    .slice(0, limit)
    .map(({ hit }) => hit)
}
