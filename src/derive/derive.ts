import { type Trace } from '../model/trace.ts'
import { findingsFor } from './attribution/findings.ts'
import { buildLifetimes } from './counts/lifetimes.ts'
import { type Derived } from './derived.ts'
import { findFailedRanges } from './failures/failed-ranges.ts'
import { buildHolds } from './holds/holds.ts'

/** Long-term holds begin here: the page_pinner patches' default of 300 000 us, in ns. */
export const DEFAULT_THRESHOLD_NS = 300_000_000

/** Computes the derived tables of a frozen trace. */
export function derive(trace: Trace, options: { readonly thresholdNs?: number } = {}): Derived {
  const thresholdNs = options.thresholdNs ?? DEFAULT_THRESHOLD_NS
  const lifetimes = buildLifetimes(trace)
  const holds = buildHolds(trace, lifetimes)
  const ranges = findFailedRanges(trace)
  const findings = findingsFor(trace, { lifetimes, holds, ranges }, thresholdNs)
  return { lifetimes, holds, ranges, findings, thresholdNs }
}

/** The same tables with findings judged by another threshold: cheap, nothing is paired anew. */
export function withThreshold(trace: Trace, derived: Derived, thresholdNs: number): Derived {
  return { ...derived, findings: findingsFor(trace, derived, thresholdNs), thresholdNs }
}
