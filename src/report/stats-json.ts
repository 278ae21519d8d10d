import { type OverviewAnswer } from '../queries/overview.ts'
import { type StatsFacts, type StatsRates, statsRates } from './stats-facts.ts'

/** Statistics for machines: the overview as the screen gets it, with times and rates. */
export interface StatsJson {
  readonly schema: 'pinscope.stats/1'
  readonly overview: OverviewAnswer
  readonly readMs: number
  readonly deriveMs: number
  /** Most memory that the process held at once, resident, bytes. */
  readonly peakBytes: number
  readonly rates: StatsRates
}

/** Builds the statistics; plain JSON. */
export function statsJson(facts: StatsFacts): StatsJson {
  const { overview, readMs, deriveMs, peakBytes } = facts
  return { schema: 'pinscope.stats/1', overview, readMs, deriveMs, peakBytes, rates: statsRates(facts) }
}
