import { type Finding } from '../derive/attribution/finding.ts'
import { type Derived } from '../derive/derived.ts'
import { type HoldRow } from '../derive/holds/hold-table.ts'

/** A hold that the evidence does not separate from others. */
export interface Unseparated {
  /** Holds, this one included, of which any may be the one that blocked. > 1. */
  readonly anyOf: number
  /** True when its put may have answered another get just as well: whether the hold was short is then not known. */
  readonly isPutOpenToDoubt: boolean
}

/** By findings: tables of single pages share them. */
const cache = new WeakMap<readonly Finding[], ReadonlyMap<HoldRow, Unseparated>>()

/**
 * Holds that no failed range separates from others, so that no list tells as a fact what Ranges calls `any of N`. One
 * that some range does separate is left out. O(culprits), once.
 */
export function unseparatedHolds({ findings }: Derived): ReadonlyMap<HoldRow, Unseparated> {
  const known = cache.get(findings) ?? findUnseparated(findings)
  cache.set(findings, known)
  return known
}

function findUnseparated(findings: readonly Finding[]): ReadonlyMap<HoldRow, Unseparated> {
  const found = new Map<HoldRow, Unseparated>()
  const separated = new Set<HoldRow>()
  for (const { hold, anyOf, rivals = 0 } of findings.flatMap(({ pages }) => pages.flatMap((page) => page.culprits))) {
    if (hold === undefined) continue
    if (anyOf <= 1) separated.add(hold)
    else found.set(hold, { anyOf, isPutOpenToDoubt: rivals > 0 || found.get(hold)?.isPutOpenToDoubt === true })
  }
  for (const hold of separated) found.delete(hold)
  return found
}
