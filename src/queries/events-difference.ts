import { findAbove, findAtLeast } from '../base/bisect.ts'
import { chanceOf, leastExpected, logLikelihoodRatio } from '../base/log-likelihood.ts'
import { formatPfn } from '../base/pfn.ts'
import { REFERENCE_CLASSES } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { migratetypeName } from '../derive/migratetype-names.ts'
import { stackHashesOf } from '../derive/stack-hash.ts'
import { type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { chooseEvents, type ChosenEvents, type EventChoice } from './event-filter.ts'
import { DifferenceRun, OUTSIDE, type SetOf } from './filter/difference-run.ts'
import { type FilterError } from './filter/filter-node.ts'
import { filterTermText } from './filter/print-filter.ts'
import { NO_STACK, holderText, stackAnswer } from './stack-answer.ts'
import { taskAnswer, taskText } from './task-answer.ts'
import { type StackAnswer } from './wire.ts'

/** What events are compared by. */
export const DIFFERENCE_DIMENSIONS = ['stack', 'task', 'class', 'cpu', 'migratetype', 'op', 'pfn'] as const
export type DifferenceDimension = (typeof DIFFERENCE_DIMENSIONS)[number]

/**
 * What differs: `interval` the events of the choice from `from` to `to` against its events outside; `matches` the events
 * of the choice against all others, both within the interval where there is one.
 */
export interface EventsDifferenceQuestion extends EventChoice {
  readonly versus: 'interval' | 'matches'
  /** Window in `TimeNs`, both ends included. */
  readonly from?: number
  readonly to?: number
  readonly dimension: DifferenceDimension
  readonly limit: number
}

/** One value, how often it comes in both sets, and what that says. */
export interface DifferenceRow {
  /** `ts-mux-64`, `3`, `page_ref_mod`: as the table of events shows it. */
  readonly text: string
  /** A term of the filter language that asks for just these events. */
  readonly term: string
  readonly stack?: StackAnswer
  readonly inside: number
  readonly rest: number
  /** Percentage points by which the share in the first set is greater. */
  readonly points: number
  /** G², the log-likelihood ratio: the greater, the less likely chance alone. */
  readonly ratio: number
  /**
   * `more` and `less` in the first set than in the rest; `chance` where so many values compared would by chance alone show
   * one like it (p times the number of values at least 0.01); `few` where fewer than 5 would be expected in a cell.
   */
  readonly verdict: 'more' | 'less' | 'chance' | 'few'
}

/** Answer to `eventsDifference`. */
export interface EventsDifferenceAnswer {
  readonly errors: readonly FilterError[]
  /** Events in both sets. */
  readonly inside: number
  readonly rest: number
  /** By how much they differ, most first; those that tell nothing last. */
  readonly rows: readonly DifferenceRow[]
  /** Values compared in all. */
  readonly values: number
  readonly lookedAt: number
  readonly toLookAt: number
}

/** A run and what it was made for. */
export interface EventsDifference {
  readonly chosen: ChosenEvents
  readonly run: DifferenceRun
}

const MOST_KEPT = 3
const kept = new WeakMap<Derived, Map<string, EventsDifference>>()

/** What counts the two sets of a question: it is driven on by whoever asks, its filter first. */
export function eventsDifferenceOf(
  trace: Trace,
  derived: Derived,
  question: EventsDifferenceQuestion,
): EventsDifference {
  const { dimension: _dimension, limit: _limit, round: _round, ...sets } = question
  const runs = kept.get(derived) ?? new Map<string, EventsDifference>()
  kept.set(derived, runs)
  const key = JSON.stringify(sets)
  const chosen = chooseEvents(trace, derived, question)
  const found = runs.get(key) ?? { chosen, run: new DifferenceRun(trace, derived, setsOf(trace, chosen, question)) }
  runs.delete(key)
  runs.set(key, found) // used last
  const [oldest] = runs.keys()
  if (runs.size > MOST_KEPT) runs.delete(oldest)
  return found
}

function setsOf(trace: Trace, chosen: ChosenEvents, { versus, from, to }: EventsDifferenceQuestion): SetOf {
  const start = from === undefined ? 0 : findAtLeast(trace.events.time, from)
  const end = to === undefined ? trace.events.length : findAbove(trace.events.time, to)
  if (chosen.kind === 'wrong') return () => OUTSIDE
  const run = chosen.kind === 'run' ? chosen.run : undefined
  // What is unknown is in neither set.
  if (versus === 'interval')
    return (row) => (run?.matches.has(row) === false ? OUTSIDE : row >= start && row < end ? 0 : 1)
  return (row) => {
    if (row < start || row >= end || run?.unknown.has(row) === true) return OUTSIDE
    return run?.matches.has(row) === false ? 1 : 0
  }
}

/** Ranks what differs. O(events) when first asked, then O(distinct values). */
export function findEventsDifference(
  trace: Trace,
  derived: Derived,
  question: EventsDifferenceQuestion,
): EventsDifferenceAnswer {
  const { chosen, run } = eventsDifferenceOf(trace, derived, question)
  if (chosen.kind === 'run') chosen.run.finish()
  while (!run.isDone) run.step()
  return differenceSoFar(trace, derived, question)
}

/** The same without driving on: no rows until both sets are counted. */
export function differenceSoFar(
  trace: Trace,
  derived: Derived,
  question: EventsDifferenceQuestion,
): EventsDifferenceAnswer {
  const { chosen, run } = eventsDifferenceOf(trace, derived, question)
  const [inside, rest] = run.totals
  const filter = chosen.kind === 'run' ? chosen.run : undefined
  const lookedAt = run.lookedAt + (filter?.lookedAt ?? 0)
  const toLookAt = trace.events.length + (filter?.toLookAt ?? 0)
  const errors = chosen.kind === 'wrong' ? chosen.errors : []
  const nothing = { errors, inside, rest, rows: [], values: 0, lookedAt, toLookAt }
  if (!run.isDone || errors.length > 0 || inside === 0 || rest === 0) return nothing
  const values = valuesOf(trace, run, question.dimension).filter((value) => value.inside + value.rest > 0)
  const ranked = values
    .map((value) => ({ value, ...judged(value, inside, rest, values.length) }))
    .toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict] || byRatio(a, b))
  const rows = ranked.slice(0, question.limit).map(({ value, ...judgment }) => ({
    ...value.describe(),
    inside: value.inside,
    rest: value.rest,
    ...judgment,
  }))
  return { ...nothing, rows, values: values.length }
}

/** Of two that say the same, as two values always do, what there is more of comes first. */
function byRatio(a: Pick<DifferenceRow, 'ratio' | 'points'>, b: Pick<DifferenceRow, 'ratio' | 'points'>): number {
  return inMillionths(b.ratio) - inMillionths(a.ratio) || b.points - a.points
}

/** Whole steps: of three that are each near the next, the ends may be far apart, and such an order goes round. */
function inMillionths(ratio: number): number {
  return Math.round(ratio * 1e6)
}

const RANK: Readonly<Record<DifferenceRow['verdict'], number>> = { more: 0, less: 0, chance: 1, few: 2 }

/** One value with its two counts. Words are made for those that are shown. */
interface CountedValue {
  readonly inside: number
  readonly rest: number
  readonly describe: () => Pick<DifferenceRow, 'text' | 'term' | 'stack'>
}

/** Expected counts below this say too little (Cochran's rule). */
const LEAST_EXPECTED = 5
/** Of all values compared, so often at most one is to be told apart that is not (Bonferroni). */
const MOST_CHANCE = 0.01

function judged(
  { inside: a, rest: b }: CountedValue,
  n: number,
  m: number,
  values: number,
): Pick<DifferenceRow, 'points' | 'ratio' | 'verdict'> {
  const points = n === 0 || m === 0 ? 0 : 100 * (a / n - b / m)
  const ratio = logLikelihoodRatio(a, n, b, m)
  if (leastExpected(a, n, b, m) < LEAST_EXPECTED) return { points, ratio, verdict: 'few' }
  if (chanceOf(ratio) * values >= MOST_CHANCE) return { points, ratio, verdict: 'chance' }
  return { points, ratio, verdict: points >= 0 ? 'more' : 'less' }
}

function valuesOf(trace: Trace, { counts }: DifferenceRun, dimension: DifferenceDimension): readonly CountedValue[] {
  const { shapes, contexts, strings } = trace
  switch (dimension) {
    case 'stack':
      return stackValues(trace, counts.stack)
    case 'class':
      return REFERENCE_CLASSES.map(({ id, label }, at) => ({
        ...countsAt(counts.class, at),
        describe: () => ({ text: label, term: filterTermText('class', id) }),
      }))
    case 'pfn':
      return Array.from({ length: trace.pages.length }, (_, page) => ({
        ...countsAt(counts.page, page),
        describe: () => {
          const text = formatPfn(trace.pages.pfn[page])
          return { text, term: filterTermText('pfn', text) }
        },
      }))
    case 'op':
      return grouped(
        counts.shape,
        (shape) => strings.text(shapes.name[shape]),
        (text) => ({
          text,
          term: filterTermText('op', text),
        }),
      )
    case 'migratetype':
      return grouped(
        counts.shape,
        (shape) => (shapes.mt[shape] < 0 ? undefined : String(shapes.mt[shape])),
        (mt) => ({
          text: `${mt} ${migratetypeName(trace, Number(mt))}`.trimEnd(),
          term: filterTermText('mt', mt),
        }),
      )
    case 'cpu':
      return grouped(
        counts.context,
        (at) => (contexts.cpu[at] < 0 ? undefined : String(contexts.cpu[at])),
        (cpu) => ({
          text: cpu,
          term: filterTermText('cpu', cpu),
        }),
      )
    default:
      return taskValues(trace, counts.context)
  }
}

function stackValues(trace: Trace, counts: Float64Array): readonly CountedValue[] {
  const { hashes, stacks } = stackHashesOf(trace)
  return hashes.map((hash, group) => ({
    ...countsAt(counts, group),
    describe: () => {
      const stack: StackId | undefined = stacks[group].at(0)
      const text = stack === undefined ? '' : holderText(trace, stack)
      const answer = stack === undefined ? NO_STACK : stackAnswer(trace, stack)
      return { text, term: filterTermText('hash', hash), stack: answer }
    },
  }))
}

function taskValues(trace: Trace, counts: Float64Array): readonly CountedValue[] {
  const { contexts } = trace
  return grouped(
    counts,
    (context) => (contexts.task[context] < 0 ? undefined : contexts.task[context]),
    (id) => {
      const task = taskAnswer(trace, id)
      const comm = task.comm === '' ? '' : `${filterTermText('comm', task.comm)} `
      return { text: taskText(task), term: `${comm}${filterTermText('pid', String(task.pid))}` }
    },
  )
}

/** Counts of what several ids say alike; ids that say nothing are left out. */
function grouped<Key>(
  counts: Float64Array,
  keyOf: (id: number) => Key | undefined,
  describe: (key: Key) => Pick<DifferenceRow, 'text' | 'term'>,
): readonly CountedValue[] {
  const sums = new Map<Key, { inside: number; rest: number }>()
  for (let id = 0; id < counts.length / 2; id++) {
    const key = keyOf(id)
    if (key === undefined) continue
    const sum = sums.get(key) ?? { inside: 0, rest: 0 }
    sum.inside += counts[2 * id]
    sum.rest += counts[2 * id + 1]
    sums.set(key, sum)
  }
  return [...sums].map(([key, sum]) => ({ ...sum, describe: () => describe(key) }))
}

function countsAt(counts: Float64Array, at: number): { readonly inside: number; readonly rest: number } {
  return { inside: counts[2 * at], rest: counts[2 * at + 1] }
}
