import { formatPfnRange } from '../../base/pfn.ts'
import { type OwnerDump, ownerDumpsOf } from '../../derive/owner-dumps.ts'
import { type Trace } from '../../model/trace.ts'
import { placeOf } from '../place.ts'
import { NO_STACK, holderText, stackAnswer } from '../stack-answer.ts'
import { type PlaceAnswer, type StackAnswer } from '../wire.ts'
import { type OwnerDumpAnswer, ownerDumpAnswers, pageSizeOf } from './dump-answers.ts'
import { ownerStacksOf, placeOfStack } from './dump-rows.ts'
import { type Compare, compareText, oneAfterAnother } from './owner-sort.ts'
import { stacksWithText } from './owner-filter.ts'
import { firstLineOf, kernelsDiffer, type KernelsDiffer, type StackSums, stackSumsOf } from './stack-sums.ts'

/** How a stack stands in the later dump to how it stood in the earlier one. */
export const OWNER_CHANGES = ['new', 'grown', 'shrunk', 'gone', 'same'] as const
export type OwnerChange = (typeof OWNER_CHANGES)[number]

/** Columns that compared stacks can be sorted by; `delta` by its size, whichever way it goes. */
export const COMPARE_SORTS = ['delta', 'before', 'after', 'name'] as const
export type CompareSort = (typeof COMPARE_SORTS)[number]

/** One column to sort compared stacks by. */
export interface CompareOrder {
  readonly sort: CompareSort
  readonly isDescending: boolean
}

/** Two dumps by stack. */
export interface CompareOwnersQuestion extends CompareOrder {
  /** `id`s of dumps; one that is not there stands for the last but one and the last. */
  readonly base: string
  readonly other: string
  /** Text in a frame of the stack; empty: all. */
  readonly filter: string
  /** Only these changes; all but `same` when empty. */
  readonly changes: readonly OwnerChange[]
  /** Further columns to sort by, where those before are equal. */
  readonly thenBy?: readonly CompareOrder[]
  /** Name of a stack whose place is asked for. */
  readonly find?: string
  readonly offset: number
  readonly limit: number
}

/** One stack in both dumps. */
export interface ComparedStack {
  /** Stable name, see `OwnerGroupAnswer.stackName`. */
  readonly name: string
  readonly change: OwnerChange
  /** The allocating frame; empty when nobody is named, and `missing` says why. */
  readonly title: string
  readonly missing: string
  readonly pagesBefore: number
  readonly pagesAfter: number
  readonly deltaPages: number
  readonly deltaBytes: number
  /** -1 where the file counts none. */
  readonly allocationsBefore: number
  readonly allocationsAfter: number
  readonly stack: StackAnswer
  /** First line that tells, in each dump that has it. */
  readonly placeBefore?: PlaceAnswer
  readonly placeAfter?: PlaceAnswer
}

/** Stacks of one change, with how much they changed. */
export interface ChangeSum {
  readonly change: OwnerChange
  readonly stacks: number
  readonly deltaPages: number
}

/** Answer to `compareOwners`. */
export interface CompareOwnersAnswer {
  readonly dumps: readonly OwnerDumpAnswer[]
  readonly orderedBy: 'time' | 'name'
  /** The two that are compared; absent when there are not two. */
  readonly base?: OwnerDumpAnswer
  readonly other?: OwnerDumpAnswer
  /** Of all stacks that pass the filter. */
  readonly sums: readonly ChangeSum[]
  readonly deltaPages: number
  readonly deltaBytes: number
  /** Stacks are matched by function names, without offsets. Where the dumps are of two kernels this says so. */
  readonly kernels?: KernelsDiffer
  /** What makes the comparison less than it seems, in words: parts of memory, kinds of file. */
  readonly notes: readonly string[]
  readonly total: number
  readonly offset: number
  readonly rows: readonly ComparedStack[]
  /** Position of the row that `find` names; -1 when it is not listed. */
  readonly foundAt: number
  readonly pageBytes: number
  readonly isPageSizeAssumed: boolean
}

/** Two dumps by stack, one window. O(stacks). */
export function compareOwners(trace: Trace, question: CompareOwnersQuestion): CompareOwnersAnswer {
  const { pageBytes, isAssumed } = pageSizeOf(trace)
  const list = ownerDumpAnswers(trace)
  const shared = { ...list, pageBytes, isPageSizeAssumed: isAssumed, offset: question.offset }
  const pair = pairOf(trace, question)
  if (pair === undefined) {
    return { ...shared, sums: [], deltaPages: 0, deltaBytes: 0, notes: [], total: 0, rows: [], foundAt: -1 }
  }
  const [before, after] = pair.map((dump) => stackSumsOf(trace, dump))
  const passing = passingKeys(trace, before, after, question.filter)
  const sums = OWNER_CHANGES.map((change) => sumOf(change, before, after, passing))
  const wanted = question.changes.length === 0 ? OWNER_CHANGES.filter((change) => change !== 'same') : question.changes
  const keys = passing.filter((key) => wanted.includes(changeOf(before, after, key)))
  sortKeys(trace, keys, before, after, question)
  const window = keys.slice(question.offset, question.offset + question.limit)
  const deltaPages = sums.reduce((total, sum) => total + sum.deltaPages, 0)
  const base = list.dumps.find(({ id }) => id === before.dump.id)
  const other = list.dumps.find(({ id }) => id === after.dump.id)
  const kernels = kernelsDiffer(trace, before.dump, after.dump)
  return {
    ...shared,
    ...(base === undefined ? {} : { base }),
    ...(other === undefined ? {} : { other }),
    sums,
    deltaPages,
    deltaBytes: deltaPages * pageBytes,
    ...(kernels === undefined ? {} : { kernels }),
    notes: base === undefined || other === undefined ? [] : notesOf(base, other),
    total: keys.length,
    rows: window.map((key) => comparedStack(trace, before, after, key, pageBytes)),
    foundAt: placeOfStack(trace, keys, question.find),
  }
}

/** What the first of two dumps does not have in common with the second, beside its stacks. */
export function notesOf(base: OwnerDumpAnswer, other: OwnerDumpAnswer): readonly string[] {
  const notes: string[] = []
  if (base.kind !== other.kind || base.label !== other.label) {
    notes.push(`${base.id} is a ${base.label}, ${other.id} a ${other.label}: they may not count the same pages`)
  }
  const { span } = base
  if (span !== undefined && other.span !== undefined && areApart(span, other.span)) {
    notes.push(
      `${base.id} lists pages in ${formatPfnRange(span.startPfn, span.endPfn)}, ${other.id} in ${formatPfnRange(other.span.startPfn, other.span.endPfn)}: a stack may be new or gone only because its pages were not read`,
    )
  }
  return notes
}

/** The dumps list parts of memory that overlap by less than this are of different parts. */
const SAME_PART = 0.8

type Span = NonNullable<OwnerDumpAnswer['span']>

function areApart(one: Span, other: Span): boolean {
  const both = Math.min(one.endPfn, other.endPfn) - Math.max(one.startPfn, other.startPfn)
  const larger = Math.max(one.endPfn - one.startPfn, other.endPfn - other.startPfn)
  return both < larger * SAME_PART
}

function pairOf(trace: Trace, { base, other }: CompareOwnersQuestion): readonly [OwnerDump, OwnerDump] | undefined {
  const { dumps } = ownerDumpsOf(trace)
  if (dumps.length < 2) return undefined
  const records = dumps.filter(({ kind }) => kind === 'records')
  const usual = records.length < 2 ? dumps.slice(-2) : records.slice(-2)
  const after = dumps.find(({ id }) => id === other) ?? usual[1]
  const before = dumps.find(({ id }) => id === base) ?? usual.find((dump) => dump !== after) ?? usual[0]
  return [before, after]
}

function passingKeys(trace: Trace, before: StackSums, after: StackSums, filter: string): number[] {
  const passes = stacksWithText(trace, filter)
  const { stackOf, nameOf } = ownerStacksOf(trace)
  const keys: number[] = []
  for (let key = 0; key < before.pages.length; key++) {
    if (before.line[key] < 0 && after.line[key] < 0) continue
    const stack = stackOf(key)
    if (passes === undefined || (stack >= 0 ? passes[stack] === 1 : nameOf(key) === filter.trim())) keys.push(key)
  }
  return keys
}

function changeOf(before: StackSums, after: StackSums, key: number): OwnerChange {
  if (before.line[key] < 0) return 'new'
  if (after.line[key] < 0) return 'gone'
  const delta = after.pages[key] - before.pages[key]
  if (delta === 0) return 'same'
  return delta > 0 ? 'grown' : 'shrunk'
}

function sumOf(change: OwnerChange, before: StackSums, after: StackSums, keys: readonly number[]): ChangeSum {
  let stacks = 0
  let deltaPages = 0
  for (const key of keys) {
    if (changeOf(before, after, key) !== change) continue
    stacks++
    deltaPages += after.pages[key] - before.pages[key]
  }
  return { change, stacks, deltaPages }
}

function sortKeys(
  trace: Trace,
  keys: number[],
  before: StackSums,
  after: StackSums,
  { sort, isDescending, thenBy = [] }: CompareOwnersQuestion,
): void {
  const stacks = ownerStacksOf(trace)
  const titles = new Map(keys.map((key) => [key, holderText(trace, stacks.stackOf(key))] as const))
  const byTitle = (a: number, b: number): number => compareText(titles.get(a) ?? '', titles.get(b) ?? '')
  const delta = (key: number): number => after.pages[key] - before.pages[key]
  const compares: Readonly<Record<CompareSort, Compare>> = {
    name: byTitle,
    delta: (a, b) => Math.abs(delta(a)) - Math.abs(delta(b)),
    before: (a, b) => before.pages[a] - before.pages[b],
    after: (a, b) => after.pages[a] - after.pages[b],
  }
  const inTurn = oneAfterAnother([{ sort, isDescending }, ...thenBy], compares)
  keys.sort((a, b) => inTurn(a, b) || delta(b) - delta(a) || byTitle(a, b) || a - b)
}

function comparedStack(
  trace: Trace,
  before: StackSums,
  after: StackSums,
  key: number,
  pageBytes: number,
): ComparedStack {
  const { stackOf, nameOf, whyNobody } = ownerStacksOf(trace)
  const stack = stackOf(key)
  const why = whyNobody(key)
  const deltaPages = after.pages[key] - before.pages[key]
  const lineBefore = firstLineOf(before, key)
  const lineAfter = firstLineOf(after, key)
  return {
    name: nameOf(key),
    change: changeOf(before, after, key),
    title: why === '' ? holderText(trace, stack) : '',
    missing: why,
    pagesBefore: before.pages[key],
    pagesAfter: after.pages[key],
    deltaPages,
    deltaBytes: deltaPages * pageBytes,
    allocationsBefore: blocksOf(before, key),
    allocationsAfter: blocksOf(after, key),
    stack: stack < 0 ? NO_STACK : stackAnswer(trace, stack),
    ...(lineBefore === undefined ? {} : { placeBefore: placeOf(trace, lineBefore) }),
    ...(lineAfter === undefined ? {} : { placeAfter: placeOf(trace, lineAfter) }),
  }
}

/** Allocations that a dump counts for a stack: -1 where it has the stack and counts pages alone. */
function blocksOf({ blocks, line }: StackSums, key: number): number {
  return blocks[key] === 0 && line[key] >= 0 ? -1 : blocks[key]
}
