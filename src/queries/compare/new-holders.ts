import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { type CompareCaution, compareCautions } from './compare-cautions.ts'
import { type CompareDigest, wholeDigest } from './compare-digest.ts'
import { type Exposures, exposuresOf } from './compare-exposure.ts'
import { type ComparedGroup, compareGroups, rateDifference } from './compare-groups.ts'
import { compareKeysOf } from './compare-keys.ts'
import { type CompareChoice } from './compare-question.ts'
import { type CompareSide, watchedSpan } from './compare-side.ts'
import { compareSummary } from './compare-summary.ts'
import { type HolderEvidence, holderEvidence } from './holder-evidence.ts'
import { type Tells } from './rate-test.ts'

/**
 * What a holder of B is beside A. `new`: A watched its pages and has nothing of it. `grown`: it does more in B than chance
 * makes. `known`: A has it as well. `not_watched`: A did not watch any of its pages, or not for as long as the threshold.
 */
export type HolderChange = 'new' | 'grown' | 'known' | 'not_watched'

/** What a holder of B is judged by: ranges that it blocked, pages that it kept to the threshold, or to the end of the trace. */
export type HolderMeasure = 'ranges' | 'longTerm' | 'open'

/** A holder of B, with what proves it. */
export interface JudgedHolder {
  /** The holder's frame, or of stacks the frame and its callers; empty where no stack was recorded. */
  readonly title: string
  /** Names that it goes by: its frame, with and without a module, and the name of its group. */
  readonly names: readonly string[]
  readonly class: ComparedGroup['class']
  readonly change: HolderChange
  /** The measure that the change is known by. */
  readonly by: HolderMeasure
  readonly tells: Tells
  readonly a: ComparedGroup['a']
  readonly b: ComparedGroup['b']
  readonly evidence: HolderEvidence
  /** Of the pages that it holds in B, those that A watched. */
  readonly pagesWatchedInA: number
  /** It is known by nothing but long-term holds, and A's trace is too short for any. */
  readonly isTooShortInA: boolean
}

/** Answer to what holders B has that A does not. */
export interface NewHoldersAnswer {
  readonly summary: readonly string[]
  readonly cautions: readonly CompareCaution[]
  /** Why nothing can be said of new holders; empty when it can. */
  readonly bars: readonly string[]
  readonly sides: { readonly a: CompareSide; readonly b: CompareSide }
  readonly exposures: Exposures
  /** New ones first, then grown, unwatched, known; each as `compareGroups` ranks them. */
  readonly holders: readonly JudgedHolder[]
  /** Failed ranges of B of which nobody is named. */
  readonly unnamedRanges: number
  /** Groups of B with nothing but holds that are open at its end, too young to be long-term: not judged. */
  readonly youngHolders: number
}

/** Of each holder so many holds are told. */
const EXAMPLES = 3

const ORDER: readonly HolderChange[] = ['new', 'grown', 'not_watched', 'known']

/** Judges the holders of B by A's digest, which is made with the same choice. O(holds of B x holders that are told). */
export function findNewHolders(
  a: CompareDigest,
  { trace, derived }: { readonly trace: Trace; readonly derived: Derived },
  choice: CompareChoice,
): NewHoldersAnswer {
  const b = wholeDigest(trace, derived, choice)
  const exposures = exposuresOf(a, b)
  const measures = measuresOf(b.side, choice)
  const groups = compareGroups(a, b, exposures, choice.grouping).filter((group) => group.names.b !== undefined)
  const found = groups.filter((group) => measures.some((measure) => group.b[measure] > 0))
  const keys = compareKeysOf(trace, derived, choice.grouping)
  const asked = { choice, withOpen: measures.includes('open'), isTimed: b.side.hasDurations }
  const holders = found.map((group) => {
    const evidence = holderEvidence(trace, derived, keys, keys.names.indexOf(group.names.b ?? ''), asked, EXAMPLES)
    return judge(group, { evidence, measures, exposures, a: a.side, thresholdNs: choice.thresholdNs })
  })
  const cautions = compareCautions(a, b, choice.grouping)
  return {
    summary: compareSummary(a, b),
    cautions,
    bars: barsOf(a.side, b.side, choice),
    sides: { a: a.side, b: b.side },
    exposures,
    holders: ORDER.flatMap((change) => holders.filter((holder) => holder.change === change)),
    unnamedRanges: derived.findings.filter(({ pages }) => pages.every(({ culprits }) => culprits.length === 0)).length,
    youngHolders: groups.filter((group) => !found.includes(group) && group.b.open > 0).length,
  }
}

/** Where nothing can last to the threshold, what is open at the end of the trace stands for it. */
function measuresOf({ hasDurations, spanNs }: CompareSide, { thresholdNs }: CompareChoice): readonly HolderMeasure[] {
  const isShort = !hasDurations || spanNs < thresholdNs
  return isShort ? ['ranges', 'longTerm', 'open'] : ['ranges', 'longTerm']
}

interface Judging {
  readonly evidence: HolderEvidence
  readonly measures: readonly HolderMeasure[]
  readonly exposures: Exposures
  readonly a: CompareSide
  readonly thresholdNs: number
}

function judge(group: ComparedGroup, { evidence, measures, exposures, a, thresholdNs }: Judging): JudgedHolder {
  const own = measures.filter((measure) => group.b[measure] > 0)
  const isInA = measures.some((measure) => group.a[measure] > 0)
  const grown = own.find((measure) => group.told[measure] === 'told' && rateDifference(group, measure, exposures) > 0)
  const by = grown ?? own[0]
  const { startPfn, endPfn } = watchedSpan(a)
  const pagesWatchedInA = evidence.pfns.filter((pfn) => pfn >= startPfn && pfn < endPfn).length
  const isTooShortInA = group.b.ranges === 0 && own.includes('longTerm') && a.hasDurations && a.spanNs < thresholdNs
  const unlike = pagesWatchedInA > 0 && !isTooShortInA ? 'new' : 'not_watched'
  return {
    title: group.title,
    names: namesOf(group, evidence),
    class: group.class,
    change: isInA ? (grown === undefined ? 'known' : 'grown') : unlike,
    by,
    tells: group.told[by],
    a: group.a,
    b: group.b,
    evidence,
    pagesWatchedInA,
    isTooShortInA,
  }
}

/** A module is printed by some tools and kernels, and not by others. */
function namesOf({ names, title }: ComparedGroup, { examples }: HolderEvidence): readonly string[] {
  const frames = [title.split(' ← ')[0], ...examples.map(({ holder }) => holder)].filter((name) => name !== '')
  const plain = frames.map((name) => name.split(' [')[0])
  return [...new Set([...frames, ...plain, names.b ?? ''])].filter((name) => name !== '')
}

/** A gate that cannot see must not say that all is well. */
function barsOf(a: CompareSide, b: CompareSide, { grouping }: CompareChoice): readonly string[] {
  const sides = [
    ['A', a],
    ['B', b],
  ] as const
  return sides.flatMap(([name, { refEvents, withStack }]) => {
    if (refEvents === 0) return [`${name} traced no page_ref events: nothing tells who holds pages there`]
    return withStack === 0 ? [`${name} traced no stacks: no ${grouping} can be told there`] : []
  })
}
