import { type Derived } from '../../src/derive/derived.ts'
import { type EventNoise, shownHolds } from './event-noise.ts'
import { rowsOf } from '../../src/base/group-index.ts'
import { type Trace } from '../../src/model/trace.ts'
import { type Truth } from './truth.ts'

/** The noise of one capture, and how many true holders would have been hidden with it. */
export interface NoiseTally extends EventNoise {
  readonly holdersHidden: number
}

/**
 * Truly held pages on which no hold of the true holder is left to see: neither a hold of its task that is no noise, nor a
 * culprit that is known by its put.
 */
export function trueHoldersHidden(trace: Trace, derived: Derived, truth: Truth): number {
  const shown = shownHolds(derived)
  const named = new Set(
    derived.findings.flatMap(({ pages }) => pages.flatMap((page) => (page.culprits.length > 0 ? page.headPfn : []))),
  )
  return truth.culprits.filter(({ pfn, head_pfn, pid, put_pid }) => {
    const page = trace.pages.find(head_pfn ?? pfn)
    if (named.has(head_pfn ?? pfn)) return false
    if (page < 0) return true
    const rows = rowsOf(derived.holds.byPage, page)
    for (let at = 0; at < rows.length; at++) {
      const holder = trace.tasks.pid[derived.holds.task[rows[at]]]
      if (shown[rows[at]] === 1 && (holder === pid || holder === put_pid)) return false
    }
    return true
  }).length
}

/** The noise of all captures, each counted alike; nothing to say of none. */
export function noiseLines(tallies: readonly NoiseTally[]): readonly string[] {
  const traced = tallies.filter(({ events }) => events > 0)
  if (traced.length === 0) return []
  const events = traced.reduce((sum, one) => sum + one.events, 0)
  const shown = traced.reduce((sum, one) => sum + one.shown, 0)
  const hidden = traced.reduce((sum, one) => sum + 1 - one.shown / one.events, 0) / traced.length
  const least = Math.min(...traced.filter((one) => one.events >= 1000).map((one) => 1 - one.shown / one.events))
  const holders = traced.reduce((sum, one) => sum + one.holdersHidden, 0)
  return [
    `noise: ${events - shown} of ${events} page_ref events hidden as balanced or known (${((1 - shown / events) * 100).toFixed(1)} %); ` +
      `each capture alike ${(hidden * 100).toFixed(1)} %, least ${(least * 100).toFixed(1)} %; true holders among them: ${holders}`,
  ]
}
