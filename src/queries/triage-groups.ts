import { oncePer } from '../base/once-per.ts'
import { formatPfn } from '../base/pfn.ts'
import { type BlockingPage, type Finding, type Verdict } from '../derive/attribution/finding.ts'
import { type Derived } from '../derive/derived.ts'
import { blockedPart } from '../derive/failures/blocked-part.ts'
import { type Trigger } from '../derive/failures/failed-range.ts'
import { primaryPage } from './failure-answer.ts'
import { culpritOf, culpritOfPage, NO_PAGE, type PageCulprit, surelyAlso } from './triage-culprit.ts'

/** What failed ranges are grouped by. */
export type TriageGrouping = 'culprit' | 'trigger' | 'verdict' | 'page' | 'none'

/** A failed range in one group, with the pages that put it there: all of them, but where the group is one of several. */
export interface GroupedRange {
  readonly finding: Finding
  /** Position in `derived.findings`, which are in time order. */
  readonly order: number
  readonly pages: readonly BlockingPage[]
  readonly culprit: PageCulprit
  /** Further culprits of the range, whose pages block it too. */
  readonly others: number
}

/** Failed ranges that have something in common. */
export interface RangeGroup {
  /** Stable, for links. */
  readonly key: string
  /** In time order. */
  readonly ranges: readonly GroupedRange[]
  /** What all have in common, by the grouping; `none` has one group and nothing of these. */
  readonly culprit?: PageCulprit
  readonly trigger?: Trigger
  readonly verdict?: Verdict
  readonly headPfn?: number
}

/**
 * All failed ranges in groups, in the order of the first range of each. A range is in every group that one of its pages
 * belongs to: two culprits that each hold a page of it both block it. Made once for each grouping. O(blocking pages).
 */
export function groupRanges(derived: Derived, grouping: TriageGrouping): readonly RangeGroup[] {
  const known = groupingsOf(derived)
  const groups = known.get(grouping) ?? makeGroups(derived, grouping)
  known.set(grouping, groups)
  return groups
}

const groupingsOf = oncePer<Derived, Map<TriageGrouping, readonly RangeGroup[]>>(() => new Map())

type Growing = Omit<RangeGroup, 'key' | 'ranges'> & { readonly ranges: GroupedRange[] }

function makeGroups(derived: Derived, grouping: TriageGrouping): readonly RangeGroup[] {
  const groups = new Map<string, Growing>()
  for (const [order, finding] of derived.findings.entries()) {
    const parts = partsOf(finding)
    const all = culpritsOf(finding, parts)
    const othersOf = ({ key }: PageCulprit): number => all.size - Number(all.has(key))
    const add = (key: string, part: Part, common: Omit<Growing, 'ranges'>): void => {
      const group = groups.get(key) ?? { ...common, ranges: [] }
      group.ranges.push({ finding, order, ...part, others: othersOf(part.culprit) })
      groups.set(key, group)
    }
    if (grouping === 'culprit') for (const part of parts) add(part.culprit.key, part, { culprit: part.culprit })
    else if (grouping === 'page') {
      for (const part of partsByPage(finding)) {
        const pfn = part.pages.at(0)?.headPfn
        add(pfn === undefined ? NO_PAGE.key : formatPfn(pfn), part, pfn === undefined ? {} : { headPfn: pfn })
      }
    } else {
      const whole = wholeOf(finding, parts)
      const { trigger } = finding.range
      const { verdict } = finding
      if (grouping === 'trigger') add(trigger, whole, { trigger })
      else if (grouping === 'verdict') add(verdict, whole, { verdict })
      else add('', whole, {})
    }
  }
  return [...groups].map(([key, group]) => ({ key, ...group }))
}

type Part = Pick<GroupedRange, 'pages' | 'culprit'>

/** The pages of a range by culprit, in the order of the pages; those of nobody only where the kernel itself named them. */
function partsOf(finding: Finding): readonly Part[] {
  const parts = new Map<string, { pages: BlockingPage[]; culprit: PageCulprit }>()
  for (const page of finding.pages) {
    const culprit = culpritOfPage(page)
    const part = parts.get(culprit.key)
    if (part === undefined) parts.set(culprit.key, { pages: [page], culprit })
    else {
      part.pages.push(page)
      if (culprit.confidence > part.culprit.confidence) part.culprit = culprit
    }
  }
  const all = [...parts.values()]
  const told = all.filter(({ culprit, pages }) => isNamed(culprit) || pages.some((page) => page.isNamed))
  if (told.length > 0) return told
  return all.length > 0 ? all : [{ pages: [], culprit: NO_PAGE }]
}

/** The range with all its pages, under the culprit that its sentence speaks of. */
function wholeOf(finding: Finding, parts: readonly Part[]): Part {
  const page = primaryPage(finding)
  const key = page === undefined ? NO_PAGE.key : culpritOfPage(page).key
  const { culprit } = parts.find((part) => part.culprit.key === key) ?? parts[0]
  return { pages: finding.pages, culprit }
}

function partsByPage({ pages }: Finding): readonly Part[] {
  const parts = new Map<number, BlockingPage[]>()
  for (const page of pages) {
    const known = parts.get(page.headPfn)
    if (known === undefined) parts.set(page.headPfn, [page])
    else known.push(page)
  }
  if (parts.size === 0) return [{ pages: [], culprit: NO_PAGE }]
  return [...parts.values()].map((alike) => ({ pages: alike, culprit: culpritOfPage(alike[0]) }))
}

/** Keys of all who block the range: of a page that two hold for sure, each blocks it by itself. */
function culpritsOf({ pages }: Finding, parts: readonly Part[]): ReadonlySet<string> {
  const keys = new Set(parts.flatMap(({ culprit }) => (isNamed(culprit) ? [culprit.key] : [])))
  for (const page of pages) for (const culprit of surelyAlso(page)) keys.add(culpritOf(page, culprit).key)
  return keys
}

/** True where somebody is named, surely or not. */
export function isNamed({ culprits }: PageCulprit): boolean {
  return culprits.length > 0
}

/** Parts of the ranges that are blocked: of a compaction each block of its own, see `blockedPart`; else each range once. */
export function countParts({ ranges }: RangeGroup): number {
  let parts = 0
  for (const { finding, pages } of ranges) {
    const { range } = finding
    parts += range.block === undefined ? 1 : new Set(pages.map(({ pfn }) => blockedPart(range, pfn).startPfn)).size
  }
  return parts
}
