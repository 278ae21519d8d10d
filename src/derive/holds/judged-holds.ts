import { type Derived } from '../derived.ts'
import { type Trace } from '../../model/trace.ts'
import { holdsOfSample } from './holds.ts'
import { type HoldTable } from './hold-table.ts'

/**
 * The holds that findings were judged by: those of the sample where there is one, else all. The same table each time, so
 * that what is learned from it is learned once. O(holds) at the first call.
 */
export function judgedHolds(trace: Trace, { holds, sample }: Pick<Derived, 'holds' | 'sample'>): HoldTable {
  if (sample === undefined || isOfSample(holds, sample)) return holds
  const judged = known.get(holds) ?? holdsOfSample(trace, holds, sample)
  known.set(holds, judged)
  return judged
}

const known = new WeakMap<HoldTable, HoldTable>()

/** True while no other holds are paired. */
function isOfSample({ byPage: { offsets } }: HoldTable, sample: Uint8Array): boolean {
  for (let page = 0; page < sample.length; page++)
    if (sample[page] === 0 && offsets[page + 1] > offsets[page]) return false
  return true
}
