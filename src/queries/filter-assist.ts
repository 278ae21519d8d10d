import { FILTER_FIELDS, type FilterFieldDoc, type FilterFieldId } from '../base/filter-docs.ts'
import { counted } from '../base/counted.ts'
import { oncePer } from '../base/once-per.ts'
import { migratetypeName } from '../derive/migratetype-names.ts'
import { namesOfHexFlags } from '../derive/page-flag-names.ts'
import { plainSymbol } from '../derive/stack-hash.ts'
import { framesOf } from '../model/stack-depot.ts'
import { type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type FilterError, type FilterSpan } from './filter/filter-node.ts'
import { filterFieldOf } from './filter/judge-term.ts'
import { judgeNames } from './filter/judge-names.ts'
import { printFilter } from './filter/print-filter.ts'
import { readFilter } from './filter/read-filter.ts'

/** What is typed into a filter, and where the caret is. */
export interface FilterAssistQuestion {
  readonly text: string
  readonly caret: number
}

/** Something to write where the caret is. */
export interface FilterCompletion {
  readonly text: string
  /** What it is: the field's description, or how many events say so. */
  readonly detail: string
}

/** Answer to `filterAssist`. */
export interface FilterAssistAnswer {
  readonly errors: readonly FilterError[]
  /** The filter as it is understood; empty when it is not. */
  readonly understood: string
  /** The part of the text that a completion replaces. */
  readonly replaced: FilterSpan
  /** At most 20, best first. */
  readonly completions: readonly FilterCompletion[]
}

const MOST_COMPLETIONS = 20

/** Judges a filter and completes it at the caret. O(distinct values), kept between calls. */
export function assistFilter(trace: Trace, { text, caret }: FilterAssistQuestion): FilterAssistAnswer {
  const { node, errors: readErrors } = readFilter(text)
  const errors = [...readErrors, ...judgeNames(trace, node)]
  const at = Math.max(0, Math.min(caret, text.length))
  const { field, typed, replaced } = placeAt(text, at)
  const completions = field === undefined ? fieldCompletions(typed) : valueCompletions(trace, field, typed)
  return {
    errors,
    understood: node === undefined || errors.length > 0 ? '' : printFilter(node),
    replaced,
    completions: completions.slice(0, MOST_COMPLETIONS),
  }
}

/** What is being typed: a value of a field, or a word that may become a field. */
interface Place {
  readonly field: FilterFieldDoc | undefined
  readonly typed: string
  readonly replaced: FilterSpan
}

function placeAt(text: string, caret: number): Place {
  const before = text.slice(0, caret)
  const value = /([A-Za-z_]\w*)(?::|!=|[<>=]=?)\s*(?:(?:"[^"]*"|[^\s,()|"]*),)*(~?"?[^\s,()|"]*)$/.exec(before)
  const field = value === null ? undefined : filterFieldOf(value[1])
  const word = value !== null && field !== undefined ? value[2] : (/[^\s,()|"]*$/.exec(before)?.[0] ?? '')
  const marks = /^[-!~"]*/.exec(word)?.[0].length ?? 0
  const typed = word.slice(field === undefined ? marks : (/^~?"?/.exec(word)?.[0].length ?? 0))
  const rest = /^[^\s,()|":=<>!]*/.exec(text.slice(caret))?.[0].length ?? 0
  const start = field === undefined ? caret - typed.length : caret - word.length
  return { field, typed, replaced: { start, end: caret + rest } }
}

function fieldCompletions(typed: string): readonly FilterCompletion[] {
  const wanted = typed.toLowerCase()
  const fields: readonly FilterFieldDoc[] = FILTER_FIELDS
  return fields
    .filter(({ id, aliases }) => [id, ...aliases].some((name) => name.startsWith(wanted)))
    .map(({ id, type, about }) => ({ text: `${id}${OPENS_WITH[type] ?? ':'}`, detail: about }))
}

const OPENS_WITH: Readonly<Record<string, string>> = { duration: '<' }

function valueCompletions(trace: Trace, field: FilterFieldDoc, typed: string): readonly FilterCompletion[] {
  if (field.words !== undefined)
    return field.words.filter((word) => word.startsWith(typed.toLowerCase())).map((text) => ({ text, detail: '' }))
  const known = valuesOf(trace).get(filterFieldOf(field.id)?.id ?? 'any')
  if (known === undefined) return []
  const wanted = typed.toLowerCase()
  const ranked = known().flatMap(({ text, events }) => {
    const found = text.toLowerCase().indexOf(wanted)
    return found < 0 ? [] : [{ text, events, isStart: found === 0 }]
  })
  return ranked
    .sort((a, b) => Number(b.isStart) - Number(a.isStart) || b.events - a.events || (a.text < b.text ? -1 : 1))
    .slice(0, MOST_COMPLETIONS)
    .map(({ text, events }) => ({ text: quotedText(text), detail: events === 0 ? '' : counted(events, 'event') }))
}

function quotedText(text: string): string {
  return /^[\w.+:@%-][\w.+:@%/-]*$/.test(text) ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`
}

/** A value of the capture, with the events that say so. */
interface KnownValue {
  readonly text: string
  readonly events: number
}

/** Values by field, each list made when it is first asked for. */
const valuesOf = oncePer((trace: Trace): ReadonlyMap<FilterFieldId, () => readonly KnownValue[]> => {
  const { shapes, contexts, tasks, strings } = trace
  const byShape = lazily(() => countsBy(trace, trace.events.shape, shapes.length))
  const byContext = lazily(() => trace.indexes.ofContext)
  const byStack = lazily(() => countsBy(trace, trace.events.stack, trace.stacks.length))
  const ofShapes = (textOf: (shape: number) => string | readonly string[]) =>
    lazily(() => summed(byShape(), shapes.length, textOf))
  const ofContexts = (textOf: (context: number) => string) => lazily(() => summed(byContext(), contexts.length, textOf))
  const ofFrames = (textOf: (frame: number) => string) =>
    lazily(() => summed(byStack(), trace.stacks.length, (stack) => framesOfStack(trace, stack).map(textOf)))
  const symbols = ofFrames((frame) => plainSymbol(strings.text(trace.frames.symbol[frame])))
  return new Map<FilterFieldId, () => readonly KnownValue[]>([
    ['op', ofShapes((shape) => strings.text(shapes.name[shape]).replace(/^page_ref_/, ''))],
    ['flags', ofShapes((shape) => flagNames(trace, strings.text(shapes.flags[shape])))],
    ['ret', ofShapes((shape) => numberText(shapes.ret[shape]))],
    ['order', ofShapes((shape) => numberText(shapes.order[shape]))],
    ['mt', ofShapes((shape) => migratetypeNames(trace, shapes.mt[shape]))],
    ['comm', ofContexts((at) => (contexts.task[at] < 0 ? '' : strings.text(tasks.comm[contexts.task[at]])))],
    ['pid', ofContexts((at) => (contexts.task[at] < 0 ? '' : numberText(tasks.pid[contexts.task[at]])))],
    ['cpu', ofContexts((at) => numberText(contexts.cpu[at]))],
    ['stack', symbols],
    ['leaf', symbols],
    ['holder', symbols],
    ['module', ofFrames((frame) => strings.text(trace.frames.module[frame]))],
    ['file', () => trace.files.map(({ name }) => ({ text: name, events: 0 }))],
    ['pfn', () => mostSeenPages(trace)],
  ])
})

function flagNames(trace: Trace, flags: string): readonly string[] {
  const names = namesOfHexFlags(trace, flags)
  return (names === '' ? flags : names).split('|').filter((name) => !name.startsWith('0x'))
}

function migratetypeNames(trace: Trace, mt: number): string {
  const name = migratetypeName(trace, mt)
  return name === '' || name.includes(' or ') ? numberText(mt) : name
}

function mostSeenPages({ pages, indexes }: Trace): readonly KnownValue[] {
  const { offsets } = indexes.byPage
  const eventsOf = (page: number): number => offsets[page + 1] - offsets[page]
  const best: number[] = []
  for (let page = 0; page < pages.length; page++) {
    if (best.length === MOST_PAGES && eventsOf(page) <= eventsOf(best[best.length - 1])) continue
    best.push(page)
    best.sort((a, b) => eventsOf(b) - eventsOf(a))
    if (best.length > MOST_PAGES) best.pop()
  }
  return best.map((page) => ({ text: `0x${pages.pfn[page].toString(16)}`, events: eventsOf(page) }))
}

const MOST_PAGES = 200

function framesOfStack(trace: Trace, stack: number): readonly number[] {
  const frames = framesOf(trace.stacks, stack as StackId) // ids are dense
  return Array.from({ length: frames.length }, (_, at) => frames[at])
}

function countsBy({ events }: Trace, ids: { readonly [row: number]: number }, length: number): Float64Array {
  const counts = new Float64Array(length)
  for (let row = 0; row < events.length; row++) if (ids[row] >= 0) counts[ids[row]]++
  return counts
}

function summed(
  counts: { readonly [id: number]: number },
  length: number,
  textOf: (id: number) => string | readonly string[],
): readonly KnownValue[] {
  const sums = new Map<string, number>()
  for (let id = 0; id < length; id++) {
    const texts = textOf(id)
    for (const text of typeof texts === 'string' ? [texts] : new Set(texts))
      if (text !== '' && counts[id] > 0) sums.set(text, (sums.get(text) ?? 0) + counts[id])
  }
  return [...sums].map(([text, events]) => ({ text, events }))
}

function numberText(value: number): string {
  return value < 0 ? '' : String(value)
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
