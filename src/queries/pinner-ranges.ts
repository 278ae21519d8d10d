import { type Derived } from '../derive/derived.ts'
import { type HoldKeys } from './pinner-keys.ts'
import { isPrivateDataOnly } from './private-data.ts'

/**
 * Failed ranges with a blocking page held by each group; a range with several such pages counts once. Private data
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
    const groups = new Set<number>()
    for (const page of finding.pages) {
      for (const culprit of page.culprits) {
        if (isPrivateDataOnly(page, culprit)) continue
        groups.add(culprit.hold === undefined ? keyOfCulprit(culprit) : keyOf[culprit.hold])
      }
    }
    for (const group of groups) if (group >= 0) counts[group]++
  }
  return counts
}
