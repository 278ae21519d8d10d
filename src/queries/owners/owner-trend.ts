import { type OwnerDump, ownerDumpsOf } from '../../derive/owner-dumps.ts'
import { type Trace } from '../../model/trace.ts'
import { placeOf } from '../place.ts'
import { NO_STACK, holderText, stackAnswer } from '../stack-answer.ts'
import { type PlaceAnswer, type StackAnswer } from '../wire.ts'
import { notesOf } from './compare-owners.ts'
import { type OwnerDumpAnswer, ownerDumpAnswers, pageSizeOf } from './dump-answers.ts'
import { ownerStacksOf, placeOfStack } from './dump-rows.ts'
import { stacksWithText } from './owner-filter.ts'
import { type Compare, compareText, oneAfterAnother } from './owner-sort.ts'
import { firstLineOf, kernelsDiffer, type KernelsDiffer, type StackSums, stackSumsOf } from './stack-sums.ts'

/** What stacks of a trend are ranked by: pages more in the last dump than in the first, the change either way, or the most pages. */
const TREND_SORTS = ['growth', 'change', 'pages', 'name'] as const
export type TrendSort = (typeof TREND_SORTS)[number]

/** One column to sort stacks of a trend by. */
export interface TrendOrder {
  readonly sort: TrendSort
  readonly isDescending: boolean
}

/** A series of dumps by stack. */
export interface OwnerTrendQuestion extends TrendOrder {
  /** `id`s of the dumps in the order of the series; absent: all of one kind in their own order. */
  readonly series?: readonly string[]
  /** Text in a frame of the stack; empty: all. */
  readonly filter: string
  /** Further columns to sort by, where those before are equal. */
  readonly thenBy?: readonly TrendOrder[]
  /** Name of a stack whose place is asked for. */
  readonly find?: string
  readonly offset: number
  readonly limit: number
}

/** One stack over all dumps of the series. */
export interface TrendStack {
  readonly name: string
  readonly title: string
  readonly missing: string
  /** One a dump, oldest first; 0 where a dump does not have the stack. */
  readonly pages: readonly number[]
  readonly growthPages: number
  readonly growthBytes: number
  /** It has more pages in each dump than in the one before. */
  readonly grewInEach: boolean
  readonly stack: StackAnswer
  /** First line that tells, in the last dump that has it. */
  readonly place: PlaceAnswer
}

/** Answer to `ownerTrend`. */
export interface OwnerTrendAnswer {
  /** The series, oldest first: all dumps of one kind. */
  readonly dumps: readonly OwnerDumpAnswer[]
  readonly orderedBy: 'time' | 'name' | 'given'
  /** Pages in each dump of the stacks that pass. */
  readonly totals: readonly number[]
  /** Stacks that grew in each dump, of those that pass. */
  readonly grewInEach: number
  readonly kernels?: KernelsDiffer
  readonly notes: readonly string[]
  readonly total: number
  readonly offset: number
  readonly rows: readonly TrendStack[]
  /** Position of the row that `find` names; -1 when it is not listed. */
  readonly foundAt: number
  readonly pageBytes: number
  readonly isPageSizeAssumed: boolean
}

/** A series of dumps by stack, one window. O(stacks · dumps). */
export function findOwnerTrend(trace: Trace, question: OwnerTrendQuestion): OwnerTrendAnswer {
  const { pageBytes, isAssumed } = pageSizeOf(trace)
  const series = seriesOf(trace, question.series)
  const sums = series.map((dump) => stackSumsOf(trace, dump))
  const list = ownerDumpAnswers(trace)
  const dumps = series.flatMap((dump) => list.dumps.find(({ id }) => id === dump.id) ?? [])
  const keys = keysOf(trace, sums, question.filter)
  sortKeys(trace, keys, sums, question)
  const [first, last] = [series.at(0), series.at(-1)]
  const kernels = first === undefined || last === undefined ? undefined : kernelsDiffer(trace, first, last)
  const window = keys.slice(question.offset, question.offset + question.limit)
  return {
    dumps,
    orderedBy: question.series === undefined ? orderOf(series, list.orderedBy) : 'given',
    totals: sums.map(({ pages }) => keys.reduce((total, key) => total + pages[key], 0)),
    grewInEach: keys.filter((key) => grewInEach(sums, key)).length,
    ...(kernels === undefined ? {} : { kernels }),
    notes: [...new Set(dumps.slice(1).flatMap((dump, at) => notesOf(dumps[at], dump)))],
    total: keys.length,
    offset: question.offset,
    rows: window.map((key) => trendStack(trace, sums, key, pageBytes)),
    foundAt: placeOfStack(trace, keys, question.find),
    pageBytes,
    isPageSizeAssumed: isAssumed,
  }
}

/** Dumps of records where there are two or more, else the totals: the two kinds do not count the same. */
function seriesOf(trace: Trace, given: readonly string[] | undefined): readonly OwnerDump[] {
  const { dumps } = ownerDumpsOf(trace)
  if (given !== undefined) return given.flatMap((id) => dumps.find((dump) => dump.id === id) ?? [])
  const records = dumps.filter(({ kind }) => kind === 'records')
  const totals = dumps.filter(({ kind }) => kind === 'totals')
  return records.length >= 2 || totals.length < 2 ? records : totals
}

/** Totals tell no time. */
function orderOf(series: readonly OwnerDump[], ofRecords: 'time' | 'name'): 'time' | 'name' {
  return series.at(0)?.kind === 'totals' ? 'name' : ofRecords
}

function keysOf(trace: Trace, sums: readonly StackSums[], filter: string): number[] {
  const passes = stacksWithText(trace, filter)
  const { stackOf, count, nameOf } = ownerStacksOf(trace)
  const keys: number[] = []
  for (let key = 0; key < count; key++) {
    if (sums.every(({ line }) => line[key] < 0)) continue
    const stack = stackOf(key)
    if (passes === undefined || (stack >= 0 ? passes[stack] === 1 : nameOf(key) === filter.trim())) keys.push(key)
  }
  return keys
}

function growthOf(sums: readonly StackSums[], key: number): number {
  return (sums.at(-1)?.pages[key] ?? 0) - (sums.at(0)?.pages[key] ?? 0)
}

function grewInEach(sums: readonly StackSums[], key: number): boolean {
  return sums.length > 1 && sums.every(({ pages }, at) => at === 0 || pages[key] > sums[at - 1].pages[key])
}

function sortKeys(
  trace: Trace,
  keys: number[],
  sums: readonly StackSums[],
  { sort, isDescending, thenBy = [] }: OwnerTrendQuestion,
): void {
  const { stackOf } = ownerStacksOf(trace)
  const titles = new Map(keys.map((key) => [key, holderText(trace, stackOf(key))] as const))
  const byTitle = (a: number, b: number): number => compareText(titles.get(a) ?? '', titles.get(b) ?? '')
  const most = (key: number): number => sums.reduce((pages, sum) => Math.max(pages, sum.pages[key]), 0)
  const growth = (key: number): number => growthOf(sums, key)
  const compares: Readonly<Record<TrendSort, Compare>> = {
    name: byTitle,
    growth: (a, b) => growth(a) - growth(b),
    change: (a, b) => Math.abs(growth(a)) - Math.abs(growth(b)),
    pages: (a, b) => most(a) - most(b),
  }
  const inTurn = oneAfterAnother([{ sort, isDescending }, ...thenBy], compares)
  keys.sort((a, b) => inTurn(a, b) || most(b) - most(a) || byTitle(a, b) || a - b)
}

function trendStack(trace: Trace, sums: readonly StackSums[], key: number, pageBytes: number): TrendStack {
  const { stackOf, nameOf, whyNobody } = ownerStacksOf(trace)
  const stack = stackOf(key)
  const why = whyNobody(key)
  const growthPages = growthOf(sums, key)
  const lines = sums.flatMap((sum) => firstLineOf(sum, key) ?? [])
  return {
    name: nameOf(key),
    title: why === '' ? holderText(trace, stack) : '',
    missing: why,
    pages: sums.map(({ pages }) => pages[key]),
    growthPages,
    growthBytes: growthPages * pageBytes,
    grewInEach: grewInEach(sums, key),
    stack: stack < 0 ? NO_STACK : stackAnswer(trace, stack),
    place: placeOf(trace, lines[lines.length - 1]),
  }
}
