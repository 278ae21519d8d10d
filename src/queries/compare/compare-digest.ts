import { REFERENCE_CLASSES, type ReferenceClassId } from '../../derive/attribution/reference-class.ts'
import { type Derived } from '../../derive/derived.ts'
import { blockedPart } from '../../derive/failures/blocked-part.ts'
import { HOLD_CLOSED } from '../../derive/holds/hold-table.ts'
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

/** One group of one capture, by a name that the other one has too. */
export interface CompareGroup extends CompareCounts {
  readonly name: string
  /** Class of most holds. */
  readonly class: ReferenceClassId
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
  readonly blockers: readonly { readonly name: string; readonly ranges: number }[]
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
      return [{ name, class: classAt(columns, key), ...(stack === '' ? {} : stackOf(keys, key)), ...counts }]
    })
    .toSorted(
      (a, b) => b.ranges - a.ranges || b.longTerm - a.longTerm || b.holds - a.holds || (a.name < b.name ? -1 : 1),
    )
  const holders = choice.grouping === 'holder' ? keys : compareKeysOf(trace, derived, 'holder')
  const blocked = rangesOf(derived, holders)
  return {
    side: compareSide(trace, derived),
    attempts: countAttempts(trace),
    failures: failureKinds(trace, derived),
    failedRanges: derived.findings.length,
    blockingPages: derived.findings.reduce((sum, { pages }) => sum + pages.length, 0),
    groups,
    groupsLeft: 0,
    sums: sumOf(groups),
    blockers: holders.names.flatMap((name, key) => (blocked[key] > 0 ? [{ name, ranges: blocked[key] }] : [])),
  }
}

function stackOf({ stacks, titles }: CompareKeys, key: number): Pick<CompareGroup, 'stack' | 'title'> {
  return { stack: stacks[key], title: titles[key] }
}

type Columns = Readonly<Record<CompareMeasure | 'byClass', Float64Array>>

/** Adds up the holds that count in one pass. */
function addUp(trace: Trace, derived: Derived, choice: CompareChoice, keys: CompareKeys): Columns {
  const { holds } = derived
  // Short holds count as holds: what the threshold tells is which of them are long-term.
  const verdicts = judgeHolds(trace, derived, { ...choice, thresholdNs: 0 })
  const make = (width = 1): Float64Array => new Float64Array(keys.names.length * width)
  const columns = {
    ranges: rangesOf(derived, keys),
    longTerm: make(),
    open: make(),
    holds: make(),
    totalNs: make(),
    pages: make(),
    byClass: make(REFERENCE_CLASSES.length),
  }
  const isTimed = hasDurations(trace)
  const lastPage = new Int32Array(keys.names.length).fill(-1)
  for (let hold = 0; hold < holds.length; hold++) {
    if (verdicts[hold] !== COUNTED) continue
    const key = keys.keyOf[hold]
    const durationNs = holds.to[hold] - holds.from[hold]
    columns.holds[key]++
    columns.totalNs[key] += durationNs
    columns.byClass[key * REFERENCE_CLASSES.length + holds.class[hold]]++
    if (isTimed && durationNs >= choice.thresholdNs) columns.longTerm[key]++
    if (holds.kind[hold] !== HOLD_CLOSED) columns.open[key]++
    // Holds ascend by page, so a page is new to a group when it differs from the group's last one.
    if (lastPage[key] === holds.page[hold]) continue
    lastPage[key] = holds.page[hold]
    columns.pages[key]++
  }
  return columns
}

/** Failed ranges by their likeliest holders, as Triage counts them: of a compaction each pageblock. O(blocking pages). */
function rangesOf(derived: Derived, { keyOf, keyOfCulprit, names }: CompareKeys): Float64Array {
  const counts = new Float64Array(names.length)
  for (const { range, pages } of derived.findings) {
    const parts = new Map<number, Set<number>>()
    for (const page of pages) {
      for (const culprit of likeliest(page)) {
        const key = culprit.hold === undefined ? keyOfCulprit(culprit) : keyOf[culprit.hold]
        parts.set(key, (parts.get(key) ?? new Set()).add(blockedPart(range, page.pfn).startPfn))
      }
    }
    for (const [key, starts] of parts) if (key >= 0) counts[key] += starts.size
  }
  return counts
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

/** What a group without holds counts. */
export const NO_COUNTS: CompareCounts = { ranges: 0, longTerm: 0, open: 0, holds: 0, totalNs: 0, pages: 0 }
