import { type Derived } from '../derive/derived.ts'
import { stackHashesOf } from '../derive/stack-hash.ts'
import { type Trace } from '../model/trace.ts'

/** Failed ranges with a blocking page held by each stack group. O(culprits). */
export function rangesByGroup(trace: Trace, derived: Derived): Float64Array {
  const { groupOf, hashes } = stackHashesOf(trace)
  const counts = new Float64Array(hashes.length + 1)
  for (const finding of derived.findings) {
    const groups = new Set<number>()
    for (const page of finding.pages) {
      for (const culprit of page.culprits) if (culprit.stack >= 0) groups.add(groupOf[culprit.stack])
    }
    for (const group of groups) counts[group]++
  }
  return counts
}
