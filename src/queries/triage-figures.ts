import { oncePer } from '../base/once-per.ts'
import { type Culprit, type CulpritKind } from '../derive/attribution/finding.ts'
import { countParts, type RangeGroup } from './triage-groups.ts'

/** What a group adds up to. */
export interface GroupFigures {
  readonly ranges: number
  /** Of a compaction each block counts. */
  readonly parts: number
  /** Times that its ranges failed, with retries. */
  readonly attempts: number
  /** Different pages (folios). */
  readonly pages: number
  /** The worst that became of a hold: a leak, then long-term, then transient. Absent where nobody is named. */
  readonly kind?: CulpritKind
  /** Some of its holds are leaks that outlived their process. */
  readonly isGone: boolean
  /** Longest hold that was seen whole, ns; -1 when none was. */
  readonly longestNs: number
  /** Of the surest range. */
  readonly confidence: number
}

const KINDS: readonly CulpritKind[] = ['unknown', 'transient', 'long_term', 'leak']

/** The figures of a group over all its ranges. Made once. O(its blocking pages). */
export const figuresOf: (group: RangeGroup) => GroupFigures = oncePer((group: RangeGroup) => {
  const pages = new Set<number>()
  let worst = -1
  let isGone = false
  let longestNs = -1
  for (const page of group.ranges.flatMap((range) => range.pages)) {
    pages.add(page.headPfn)
    const culprit = page.culprits.at(0)
    if (culprit === undefined) continue
    worst = Math.max(worst, KINDS.indexOf(culprit.kind))
    isGone ||= culprit.taskGone ?? false
    longestNs = Math.max(longestNs, heldNs(culprit))
  }
  return {
    ranges: group.ranges.length,
    parts: countParts(group),
    attempts: group.ranges.reduce((sum, { finding }) => sum + finding.range.attempts, 0),
    pages: pages.size,
    ...(worst < 0 ? {} : { kind: KINDS[worst] }),
    isGone,
    longestNs,
    confidence: group.ranges.reduce((most, { culprit }) => Math.max(most, culprit.confidence), 0),
  }
})

function heldNs({ heldFrom, heldTo }: Culprit): number {
  return heldFrom === undefined || heldTo === undefined ? -1 : heldTo - heldFrom
}
