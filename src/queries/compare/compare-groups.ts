import { type ReferenceClassId } from '../../derive/attribution/reference-class.ts'
import {
  type ApartCounts,
  type ApartMeasure,
  type CompareCounts,
  type CompareDigest,
  type CompareGroup,
  NO_COUNTS,
  NO_EVENTS,
} from './compare-digest.ts'
import { type Exposures, rateOf } from './compare-exposure.ts'
import { COMPARE_MEASURES, type CompareGrouping, type CompareMeasure, type CompareSort } from './compare-question.ts'
import { compareTitle } from './compare-keys.ts'
import { compareRates, type Tells } from './rate-test.ts'

/** What became of a group from A to B. `same`: no difference that says anything. */
export type CompareChange = 'new' | 'gone' | 'more' | 'less' | 'same'

/** A group of holds in both captures. */
export interface ComparedGroup {
  /** The name in each capture; they differ only where one file prints modules. Absent on the side that has none of it. */
  readonly names: { readonly a?: string; readonly b?: string }
  /** In words; empty for what was not recorded. */
  readonly title: string
  readonly class: ReferenceClassId
  /** Of a stack: its hash as links of each capture have it. */
  readonly stacks: { readonly a?: string; readonly b?: string }
  readonly a: CompareCounts
  readonly b: CompareCounts
  readonly change: CompareChange
  /** What the change is known by: the first measure that tells, else the first that differs. */
  readonly by: CompareMeasure
  readonly tells: Tells
  /** By measure, of those that are counts of events. */
  readonly told: Readonly<Record<CountedMeasure, Tells>>
  /** The other digest left its least groups out: this one may be among them. */
  readonly isMissingUnsure: boolean
}

/** Measures that are counts of events in time. Pages and durations are not: nothing says how they vary. */
const COUNTED_MEASURES = ['ranges', 'longTerm', 'open', 'holds'] as const satisfies readonly ApartMeasure[]
export type CountedMeasure = (typeof COUNTED_MEASURES)[number]

/** Joins the groups of two captures by name, what changed most that matters first. O(groups log groups). */
export function compareGroups(
  a: CompareDigest,
  b: CompareDigest,
  exposures: Exposures,
  grouping: CompareGrouping,
): readonly ComparedGroup[] {
  const joined = joinGroups(a.groups, b.groups, grouping)
  const compared = joined.map((pair) => compareGroup(pair, { a, b, exposures, grouping }))
  return compared.toSorted((one, other) => byRank(one, other, exposures))
}

interface Pair {
  readonly a?: CompareGroup
  readonly b?: CompareGroup
}

function joinGroups(
  a: readonly CompareGroup[],
  b: readonly CompareGroup[],
  grouping: CompareGrouping,
): readonly Pair[] {
  const byName = new Map(b.map((group) => [group.name, group]))
  const pairs: Pair[] = []
  const alone: CompareGroup[] = []
  for (const group of a) {
    const other = byName.get(group.name)
    if (other === undefined) alone.push(group)
    else pairs.push({ a: group, b: other })
    byName.delete(group.name)
  }
  const rest = [...byName.values()]
  const partners = grouping === 'holder' ? withoutModules(alone, rest) : new Map<CompareGroup, CompareGroup>()
  const taken = new Set(partners.values())
  return [
    ...pairs,
    ...alone.map((group) => ({ a: group, b: partners.get(group) })),
    ...rest.filter((group) => !taken.has(group)).map((group) => ({ b: group })),
  ]
}

/**
 * Frames that differ in nothing but a module that one of the files does not print: `leaky_ioctl` and `leaky_ioctl
 * [leaky]`. Where a function is in several modules nothing tells which is meant, and they stay apart.
 */
function withoutModules(
  a: readonly CompareGroup[],
  b: readonly CompareGroup[],
): ReadonlyMap<CompareGroup, CompareGroup> {
  const partners = new Map<CompareGroup, CompareGroup>()
  for (const group of a) {
    const isAlike = (other: CompareGroup): boolean =>
      symbolOf(other) === symbolOf(group) && hasModule(other) !== hasModule(group)
    const found = b.filter(isAlike)
    const back = a.filter((other) => found.length === 1 && symbolOf(other) === symbolOf(group))
    if (found.length === 1 && back.length === 1) partners.set(group, found[0])
  }
  return partners
}

function symbolOf({ name }: CompareGroup): string {
  return name.split(' ')[0]
}

function hasModule({ name }: CompareGroup): boolean {
  return name.includes(' [')
}

interface Context {
  readonly a: CompareDigest
  readonly b: CompareDigest
  readonly exposures: Exposures
  readonly grouping: CompareGrouping
}

function compareGroup({ a, b }: Pair, context: Context): ComparedGroup {
  const counts = { a: a ?? NO_COUNTS, b: b ?? NO_COUNTS }
  const apart = { a: a?.apart ?? NO_EVENTS, b: b?.apart ?? NO_EVENTS }
  const isMissingUnsure = (a === undefined && context.a.groupsLeft > 0) || (b === undefined && context.b.groupsLeft > 0)
  const told = isMissingUnsure ? NOTHING_TOLD : toldOf(apart, context.exposures)
  const by = decisive(counts, told, context.exposures)
  const named = b !== undefined && hasModule(b) ? b : (a ?? b)
  return {
    names: { ...(a === undefined ? {} : { a: a.name }), ...(b === undefined ? {} : { b: b.name }) },
    title: named?.title ?? compareTitle(context.grouping, named?.name ?? ''),
    class: (a ?? b)?.class ?? 'unknown',
    stacks: { ...(a?.stack === undefined ? {} : { a: a.stack }), ...(b?.stack === undefined ? {} : { b: b.stack }) },
    a: onlyCounts(counts.a),
    b: onlyCounts(counts.b),
    change: changeOf(counts, by, told[by], context.exposures),
    by,
    tells: told[by],
    told,
    isMissingUnsure,
  }
}

/** What is missing may be among what was left out. */
const NOTHING_TOLD: ComparedGroup['told'] = {
  ranges: 'unknown',
  longTerm: 'unknown',
  open: 'unknown',
  holds: 'unknown',
}

interface TwoCounts {
  readonly a: CompareCounts
  readonly b: CompareCounts
}

function onlyCounts(counts: CompareCounts): CompareCounts {
  const { ranges, longTerm, open, holds, totalNs, pages } = counts
  return { ranges, longTerm, open, holds, totalNs, pages }
}

function toldOf({ a, b }: Readonly<Record<'a' | 'b', ApartCounts>>, exposures: Exposures): ComparedGroup['told'] {
  const tell = (measure: CountedMeasure): Tells => {
    const { a: exposureA, b: exposureB } = exposures[measure]
    return compareRates({ count: a[measure], exposure: exposureA }, { count: b[measure], exposure: exposureB })
  }
  return { ranges: tell('ranges'), longTerm: tell('longTerm'), open: tell('open'), holds: tell('holds') }
}

/** The first measure that tells; else the first whose counts leave a difference open; else the first there is any of. */
function decisive(counts: TwoCounts, told: ComparedGroup['told'], exposures: Exposures): CountedMeasure {
  const differs = (measure: CountedMeasure): boolean => rateDifference(counts, measure, exposures) !== 0
  return (
    COUNTED_MEASURES.find((measure) => told[measure] === 'told') ??
    COUNTED_MEASURES.find((measure) => differs(measure) && told[measure] !== 'chance') ??
    COUNTED_MEASURES.find(differs) ??
    COUNTED_MEASURES.find((measure) => counts.a[measure] + counts.b[measure] > 0) ??
    'holds'
  )
}

/** B's rate less A's. */
export function rateDifference({ a, b }: TwoCounts, measure: CompareMeasure, exposures: Exposures): number {
  const exposure = exposures[measure]
  return rateOf(b[measure], exposure, exposure.b) - rateOf(a[measure], exposure, exposure.a)
}

function changeOf(counts: TwoCounts, by: CompareMeasure, tells: Tells, exposures: Exposures): CompareChange {
  if (isNone(counts.a)) return 'new'
  if (isNone(counts.b)) return 'gone'
  const difference = rateDifference(counts, by, exposures)
  if (difference === 0 || tells === 'chance') return 'same'
  // Where so few tell nothing, the same number in a trace of another length is no more and no less.
  if (tells !== 'told' && counts.a[by] === counts.b[by]) return 'same'
  return difference > 0 ? 'more' : 'less'
}

function isNone({ holds, ranges }: CompareCounts): boolean {
  return holds === 0 && ranges === 0
}

/** Ranges blocked first, then long-term holds, open ones, all: at each, what tells before what does not, then the larger difference. */
function byRank(one: ComparedGroup, other: ComparedGroup, exposures: Exposures): number {
  for (const measure of COUNTED_MEASURES) {
    const told = Number(other.told[measure] === 'told') - Number(one.told[measure] === 'told')
    if (told !== 0) return told
    const size = Math.abs(rateDifference(other, measure, exposures)) - Math.abs(rateDifference(one, measure, exposures))
    if (size !== 0) return size
  }
  return compareText(keyOfGroup(one), keyOfGroup(other))
}

/** One name for a group of both captures. */
export function keyOfGroup({ names }: Pick<ComparedGroup, 'names'>): string {
  return names.a ?? names.b ?? ''
}

/** Sorted as asked; equal ones as they are ranked. */
export function sortCompared(
  ranked: readonly ComparedGroup[],
  sort: CompareSort,
  isDescending: boolean,
): readonly ComparedGroup[] {
  const sign = isDescending ? -1 : 1
  if (sort === 'rank') return isDescending ? ranked : ranked.toReversed()
  if (sort === 'name') return ranked.toSorted((one, other) => sign * compareText(one.title, other.title))
  const side = sort.startsWith('a-') ? 'a' : 'b'
  const measure = COMPARE_MEASURES.find((name) => sort.endsWith(`-${name}`)) ?? 'holds'
  return ranked.toSorted((one, other) => sign * (one[side][measure] - other[side][measure]))
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
