import { REFERENCE_CLASSES, type ReferenceClassId } from '../../derive/attribution/reference-class.ts'
import { type Derived } from '../../derive/derived.ts'
import { blockedPart } from '../../derive/failures/blocked-part.ts'
import { HOLD_CLOSED, type HoldTable } from '../../derive/holds/hold-table.ts'
import { type Trace } from '../../model/trace.ts'
import { likeliest } from '../holders-across.ts'
import { COUNTED, hasDurations, judgeHolds } from '../pinner-choice.ts'
import { type AttemptCount, countAttempts } from './attempt-counts.ts'
import { type CompareKeys, compareKeysOf } from './compare-keys.ts'
import { type CompareChoice, type CompareMeasure } from './compare-question.ts'
import { compareSide, type CompareSide } from './compare-side.ts'
import { type FailureKind, failureKinds } from './failure-kinds.ts'

/** What is counted of one group of holds in one capture. Times in ns, or counts where the clock counts. */
export type CompareCounts = Readonly<Record<CompareMeasure, number>>

/**
 * Events that came apart from each other. One call takes references to many pages, and one compaction fails in many
 * pageblocks: they are one event each when it is asked whether two counts differ by chance.
 */
export type ApartCounts = Readonly<Record<ApartMeasure, number>>
export type ApartMeasure = 'ranges' | 'longTerm' | 'open' | 'holds'

/** One group of one capture, by a name that the other one has too. */
export interface CompareGroup extends CompareCounts {
  readonly name: string
  /** Class of most holds. */
  readonly class: ReferenceClassId
  /** How many of each happened by themselves: what a test may count. See `addUp`. */
  readonly apart: ApartCounts
  /** Of a stack, its hash as links of its own capture have it, and its holder's frame; absent for other groups. */
  readonly stack?: string
  readonly title?: string
}

/** What of a capture is compared: bounded, plain JSON, the same whichever way its files were read. */
export interface CompareDigest {
  readonly side: CompareSide
  readonly attempts: readonly AttemptCount[]
  readonly failures: readonly FailureKind[]
  readonly failedRanges: number
  readonly blockingPages: number
  readonly groups: readonly CompareGroup[]
  /** Groups that are left out of `groups`: the least of them. */
  readonly groupsLeft: number
  /** Over all groups. */
  readonly sums: CompareCounts
  /** Ranges blocked by each holder's frame, those with any, whatever `groups` are. */
  readonly blockers: readonly Blocker[]
}

/** A holder's frame that blocked ranges; `apart`: failures, of which one compaction's many pageblocks are one. */
export interface Blocker {
  readonly name: string
  readonly ranges: number
  readonly apart: number
}

/** More than a person reads, and little enough to cross from one worker to another with each question. */
const MOST_GROUPS = 2000

/** What of a capture is compared, all of its groups. O(events + holds), free when asked again with the same choice. */
export function wholeDigest(trace: Trace, derived: Derived, choice: CompareChoice): CompareDigest {
  const key = JSON.stringify(choice)
  const ofDerived = kept.get(derived) ?? new Map<string, CompareDigest>()
  kept.set(derived, ofDerived)
  const digest = ofDerived.get(key) ?? buildDigest(trace, derived, choice)
  if (!ofDerived.has(key) && ofDerived.size >= MOST_KEPT) ofDerived.clear()
  ofDerived.set(key, digest)
  return digest
}

/** One for each grouping, and those of the threshold before. */
const MOST_KEPT = 8

const kept = new WeakMap<Derived, Map<string, CompareDigest>>()

/** The same, with so many groups at most as may cross to another worker: those that block most, then hold longest. */
export function findCompareDigest(
  trace: Trace,
  derived: Derived,
  choice: CompareChoice,
  mostGroups = MOST_GROUPS,
): CompareDigest {
  const digest = wholeDigest(trace, derived, choice)
  const left = digest.groups.length - mostGroups
  return left <= 0 ? digest : { ...digest, groups: digest.groups.slice(0, mostGroups), groupsLeft: left }
}

function buildDigest(trace: Trace, derived: Derived, choice: CompareChoice): CompareDigest {
  const keys = compareKeysOf(trace, derived, choice.grouping)
  const columns = addUp(trace, derived, choice, keys)
  const groups = keys.names
    .flatMap((name, key) => {
      const counts = countsAt(columns, key)
      if (counts.holds === 0 && counts.ranges === 0) return []
      const stack = keys.stacks[key]
      return [
        {
          name,
          class: classAt(columns, key),
          apart: apartAt(columns, key),
          ...(stack === '' ? {} : stackOf(keys, key)),
          ...counts,
        },
      ]
    })
    .toSorted(
      (a, b) => b.ranges - a.ranges || b.longTerm - a.longTerm || b.holds - a.holds || (a.name < b.name ? -1 : 1),
    )
  const holders = choice.grouping === 'holder' ? keys : compareKeysOf(trace, derived, 'holder')
  const { parts, ranges } = rangesOf(derived, holders)
  return {
    side: compareSide(trace, derived),
    attempts: countAttempts(trace),
    failures: failureKinds(trace, derived),
    failedRanges: derived.findings.length,
    blockingPages: derived.findings.reduce((sum, { pages }) => sum + pages.length, 0),
    groups,
    groupsLeft: 0,
    sums: sumOf(groups),
    blockers: holders.names.flatMap((name, key) =>
      parts[key] > 0 ? [{ name, ranges: parts[key], apart: ranges[key] }] : [],
    ),
  }
}

function stackOf({ stacks, titles }: CompareKeys, key: number): Pick<CompareGroup, 'stack' | 'title'> {
  return { stack: stacks[key], title: titles[key] }
}

type Columns = Readonly<Record<CompareMeasure | 'byClass', Float64Array>> & {
  readonly apart: Readonly<Record<ApartMeasure, Float64Array>>
}

/** Gets of one task this close are taken for those of one call. ns. */
const ONE_CALL_NS = 1_000_000

/**
 * Adds up the holds that count in one pass. Holds ascend by page: of a group, one that its task took within a millisecond of
 * the one before is no event of its own. Calls that take turns on the same pages are not joined so.
 */
function addUp(trace: Trace, derived: Derived, choice: CompareChoice, keys: CompareKeys): Columns {
  const { holds } = derived
  // Short holds count as holds: what the threshold tells is which of them are long-term.
  const verdicts = judgeHolds(trace, derived, { ...choice, thresholdNs: 0 })
  const make = (width = 1): Float64Array => new Float64Array(keys.names.length * width)
  const blocked = rangesOf(derived, keys)
  const columns = {
    ranges: blocked.parts,
    longTerm: make(),
    open: make(),
    holds: make(),
    totalNs: make(),
    pages: make(),
    byClass: make(REFERENCE_CLASSES.length),
    apart: { ranges: blocked.ranges, longTerm: make(), open: make(), holds: make() },
  }
  const ofHolds = apartCounter(derived.holds, keys.keyOf, columns.apart.holds)
  const ofLong = apartCounter(derived.holds, keys.keyOf, columns.apart.longTerm)
  const ofOpen = apartCounter(derived.holds, keys.keyOf, columns.apart.open)
  const isTimed = hasDurations(trace)
  const lastPage = new Int32Array(keys.names.length).fill(-1)
  for (let hold = 0; hold < holds.length; hold++) {
    if (verdicts[hold] !== COUNTED) continue
    const key = keys.keyOf[hold]
    const durationNs = holds.to[hold] - holds.from[hold]
    columns.holds[key]++
    columns.totalNs[key] += durationNs
    columns.byClass[key * REFERENCE_CLASSES.length + holds.class[hold]]++
    ofHolds(hold)
    if (isTimed && durationNs >= choice.thresholdNs) {
      columns.longTerm[key]++
      ofLong(hold)
    }
    if (holds.kind[hold] !== HOLD_CLOSED) {
      columns.open[key]++
      ofOpen(hold)
    }
    // Holds ascend by page, so a page is new to a group when it differs from the group's last one.
    if (lastPage[key] === holds.page[hold]) continue
    lastPage[key] = holds.page[hold]
    columns.pages[key]++
  }
  return columns
}

/** Counts into `into` the holds of each group that no call took together with the one before. */
function apartCounter({ from, task }: HoldTable, keyOf: Int32Array, into: Float64Array): (hold: number) => void {
  const lastFrom = new Float64Array(into.length).fill(Number.NEGATIVE_INFINITY)
  const lastTask = new Int32Array(into.length).fill(-2)
  return (hold) => {
    const key = keyOf[hold]
    if (lastTask[key] !== task[hold] || Math.abs(from[hold] - lastFrom[key]) > ONE_CALL_NS) into[key]++
    lastFrom[key] = from[hold]
    lastTask[key] = task[hold]
  }
}

function apartAt({ apart }: Columns, key: number): ApartCounts {
  return {
    ranges: apart.ranges[key],
    longTerm: apart.longTerm[key],
    open: apart.open[key],
    holds: apart.holds[key],
  }
}

/** Failed ranges by their likeliest holders, as Triage counts them: of a compaction each pageblock. O(blocking pages). */
function rangesOf(derived: Derived, { keyOf, keyOfCulprit, names }: CompareKeys): Blocked {
  const counts = { parts: new Float64Array(names.length), ranges: new Float64Array(names.length) }
  for (const { range, pages } of derived.findings) {
    const parts = new Map<number, Set<number>>()
    for (const page of pages) {
      for (const culprit of likeliest(page)) {
        const key = culprit.hold === undefined ? keyOfCulprit(culprit) : keyOf[culprit.hold]
        parts.set(key, (parts.get(key) ?? new Set()).add(blockedPart(range, page.pfn).startPfn))
      }
    }
    for (const [key, starts] of parts) {
      if (key < 0) continue
      counts.parts[key] += starts.size
      counts.ranges[key]++
    }
  }
  return counts
}

/** What each group blocked: failed ranges, and parts of them that count as ranges. */
interface Blocked {
  readonly parts: Float64Array
  readonly ranges: Float64Array
}

function countsAt(columns: Columns, key: number): CompareCounts {
  return {
    ranges: columns.ranges[key],
    longTerm: columns.longTerm[key],
    open: columns.open[key],
    holds: columns.holds[key],
    totalNs: columns.totalNs[key],
    pages: columns.pages[key],
  }
}

function classAt({ byClass }: Columns, key: number): ReferenceClassId {
  const start = key * REFERENCE_CLASSES.length
  const own = byClass.subarray(start, start + REFERENCE_CLASSES.length)
  return own.every((holds) => holds === 0) ? 'unknown' : REFERENCE_CLASSES[own.indexOf(Math.max(...own))].id
}

function sumOf(groups: readonly CompareCounts[]): CompareCounts {
  const sum = (measure: CompareMeasure): number => groups.reduce((total, group) => total + group[measure], 0)
  return {
    ranges: sum('ranges'),
    longTerm: sum('longTerm'),
    open: sum('open'),
    holds: sum('holds'),
    totalNs: sum('totalNs'),
    pages: sum('pages'),
  }
}

/** Nothing happened. */
export const NO_EVENTS: ApartCounts = { ranges: 0, longTerm: 0, open: 0, holds: 0 }
/** What a group without holds counts. */
export const NO_COUNTS: CompareCounts = { ranges: 0, longTerm: 0, open: 0, holds: 0, totalNs: 0, pages: 0 }
