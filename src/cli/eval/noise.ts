import { type PrintedReport } from './printed-report.ts'
import { functionsOf, symbolOf } from './score.ts'
import { type TrueCulprit, type Truth } from './truth.ts'

/** The noise of one capture, in page_ref events, and how many true holders were hidden with it. */
export interface NoiseTally {
  readonly events: number
  readonly shown: number
  readonly holdersHidden: number
}

/** What a report says of the events that nobody who looks for a holder has to read. */
export function noiseOf({ hidden: { events }, ...report }: PrintedReport, truth: Truth): NoiseTally {
  const named = new Set(report.failures.flatMap(({ culprits }) => culprits.map(({ headPfn }) => headPfn)))
  const hidden = truth.culprits.filter((culprit) => {
    const headPfn = culprit.head_pfn ?? culprit.pfn
    return !named.has(headPfn) && !report.pinners.some((pinner) => isListed(culprit, headPfn, pinner))
  })
  return { events: events.total, shown: events.shown, holdersHidden: hidden.length }
}

/** True for a stack that holds the page, taken by the true task or through one of its functions. */
function isListed(
  truth: TrueCulprit,
  headPfn: number,
  { pfns, tasks, stack }: PrintedReport['pinners'][number],
): boolean {
  const isTask = tasks.some(({ pid }) => pid === truth.pid || pid === truth.put_pid)
  return pfns.includes(headPfn) && (isTask || stack.map(symbolOf).some((name) => functionsOf(truth).includes(name)))
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
    `noise: ${events - shown} of ${events} page_ref events hidden as short, expected or of no hold (${((1 - shown / events) * 100).toFixed(1)} %); ` +
      `each capture alike ${(hidden * 100).toFixed(1)} %, least ${(least * 100).toFixed(1)} %; true holders among them: ${holders}`,
  ]
}
