import { findAbove } from '../../base/bisect.ts'
import { type Trace } from '../../model/trace.ts'
import { folioPlaceOf } from '../compound.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { type HoldRow } from '../holds/hold-table.ts'
import { judgedHolds } from '../holds/judged-holds.ts'
import { judgeNamed, judgeUnnamed } from './blocking-page.ts'
import { type BlockingPage, type Finding, type ToldCulprit, type ToldPage, type Verdict } from './finding.ts'
import { type Judging } from './judging.ts'
import { moversOf } from './movers.ts'
import { type Attempt } from './page-state.ts'
import { declaredCaveat } from './declared-caveat.ts'
import { caveatsOf } from './caveats.ts'

/** An attempt whose start nothing tells is taken to have begun this long before the failure, ns. */
const ASSUMED_ATTEMPT_NS = 1_000_000_000

/** What `findingsFor` needs of the derived tables. */
export type FindingInput = Pick<Derived, 'lifetimes' | 'holds' | 'ranges' | 'rules'>

/**
 * Names the holders behind every failed range: the pages that the kernel itself named first, then every other page of
 * the range that an open, unexpected reference would have blocked (the kernel names only the first bad one).
 * `thresholdNs` tells long-term from transient. Pages are ranked here and told by `tellPage`, one at a time: what proves
 * an answer is put into words for those that are looked at. O(pages of the ranges × their events).
 */
export function findingsFor(trace: Trace, input: FindingInput, thresholdNs: number): readonly Finding[] {
  const derived: Derived = { ...input, findings: [], thresholdNs }
  return input.ranges.map((range) => findingOf(trace, derived, range))
}

function findingOf(trace: Trace, derived: Derived, range: FailedRange): Finding {
  const attempt = attemptOf(trace, derived, range)
  const judging = { trace, derived, range, isTold: false, ...(attempt === undefined ? {} : { attempt }) }
  const named = range.namedPfns.map((pfn) => judgeNamed(judging, pfn))
  const heads = new Set(named.map((page) => page.headPfn))
  const others = attempt === undefined ? [] : unnamedPages({ ...judging, attempt }, heads)
  const pages = [...named, ...others]
  return {
    range,
    verdict: verdictOf(pages),
    pages,
    caveats: [...declaredCaveat(trace, derived, range, attempt), ...caveatsOf(trace, range, pages)],
  }
}

/**
 * Tells one page of a finding whole: what proves the answer, in words, with the lines to cite. The page is judged once more
 * by what the finding was judged by, so it says what the finding says. `derived` is the tables that have the finding.
 * O(events of the page); what is learned over the whole trace is learned once.
 */
export function tellPage(trace: Trace, derived: Derived, finding: Finding, page: BlockingPage): ToldPage {
  const judging = judgings.get(finding) ?? tellingOf(trace, derived, finding)
  judgings.set(finding, judging)
  const { attempt } = judging
  const told =
    page.isNamed || attempt === undefined
      ? judgeNamed(judging, page.pfn)
      : judgeUnnamed({ ...judging, attempt }, trace.pages.find(page.headPfn))
  if (told?.culprits.length !== page.culprits.length)
    throw new Error(`pfn ${page.pfn} was judged twice, and not alike: ${finding.range.id}`)
  return { ...told, culprits: told.culprits.map((culprit, at) => withHold(culprit, page.culprits[at].hold)) }
}

/** What the pages of a finding are told by: the attempt has tables of its own. */
const judgings = new WeakMap<Finding, Telling>()

type Telling = Omit<Judging, 'attempt'> & Partial<Judging>

function tellingOf(trace: Trace, given: Derived, { range }: Finding): Telling {
  const derived = { ...given, holds: judgedHolds(trace, given) }
  const attempt = attemptOf(trace, derived, range)
  return { trace, derived, range, isTold: true, ...(attempt === undefined ? {} : { attempt }) }
}

/** A finding's holds may have been brought to another table since: see `rebased`. */
function withHold(culprit: ToldCulprit, hold: HoldRow | undefined): ToldCulprit {
  return hold === undefined ? culprit : { ...culprit, hold }
}

/** The attempt in the trace's clock; the whole trace when only dmesg told and nothing places it. */
function attemptOf(trace: Trace, derived: Derived, range: FailedRange): Attempt | undefined {
  const { time } = trace.events
  if (time.length === 0) return undefined
  const window =
    range.time === undefined
      ? { from: time[0], at: time[time.length - 1] }
      : { from: range.attemptFrom ?? range.time - ASSUMED_ATTEMPT_NS, at: range.time }
  return { ...window, endRow: findAbove(time, window.at), movers: moversOf(trace, derived, range, window) }
}

function unnamedPages(judging: Judging, known: ReadonlySet<number>): readonly BlockingPage[] {
  const { trace, range, attempt } = judging
  const found: BlockingPage[] = []
  const end = trace.pages.positionAtLeast(range.endPfn)
  for (let at = trace.pages.positionAtLeast(folioPlaceOf(trace, range.startPfn, attempt.at).headPfn); at < end; at++) {
    const page = trace.pages.byPfn[at]
    if (known.has(trace.pages.pfn[page])) continue
    const blocking = judgeUnnamed(judging, page)
    if (blocking !== undefined) found.push(blocking)
  }
  return found.sort((a, b) => topConfidence(b) - topConfidence(a) || goneness(b) - goneness(a) || a.pfn - b.pfn)
}

/** A leak that has outlived its task comes before one as sure whose task may still let go. */
function goneness(page: BlockingPage): number {
  return Number(page.culprits.at(0)?.taskGone ?? false)
}

function topConfidence(page: BlockingPage): number {
  return page.culprits.at(0)?.confidence ?? 0
}

/** What blocked the range: a hold that can be named beats a transient one, that beats the page itself, that beats nothing. */
function verdictOf(pages: readonly BlockingPage[]): Verdict {
  for (const verdict of ['held', 'transient', 'unmovable'] as const) {
    if (pages.some((page) => page.isNamed && page.verdict === verdict)) return verdict
  }
  for (const verdict of ['held', 'transient', 'unmovable'] as const) {
    if (pages.some((page) => page.verdict === verdict)) return verdict
  }
  return 'unknown'
}
