import { type Derived } from '../derive/derived.ts'
import { blockedPart } from '../derive/failures/blocked-part.ts'
import { type HoldKeys } from './pinner-keys.ts'
import { isPrivateDataOnly } from './private-data.ts'

/**
 * Failed ranges with a blocking page held by each group; a range with several such pages counts once,
 * one of which each page blocks a block (`blockedPart`) once a block. Private data
 * alone is no hold. `keyOf` may hold
 * -1 for holds of no group. O(culprits).
 */
export function rangesByKey(
  derived: Derived,
  { keyOf, keyOfCulprit }: Pick<HoldKeys, 'keyOf' | 'keyOfCulprit'>,
  groupCount: number,
): Float64Array {
  const counts = new Float64Array(groupCount)
  for (const finding of derived.findings) {
    const parts = new Map<number, Set<number>>()
    for (const page of finding.pages) {
      for (const culprit of page.culprits) {
        if (isPrivateDataOnly(page, culprit)) continue
        const group = culprit.hold === undefined ? keyOfCulprit(culprit) : keyOf[culprit.hold]
        const starts = parts.get(group) ?? new Set()
        parts.set(group, starts.add(blockedPart(finding.range, page.pfn).startPfn))
      }
    }
    for (const [group, starts] of parts) if (group >= 0) counts[group] += starts.size
  }
  return counts
}
