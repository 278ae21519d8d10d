import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { countEventNoise, type EventNoise } from '../queries/event-noise.ts'
import { type FailureDetailAnswer, findFailure } from '../queries/failures.ts'
import { type HolderAcross, holdersAcross } from '../queries/holders-across.ts'
import { type OverviewAnswer, readOverview } from '../queries/overview.ts'
import { pinnerPages } from '../queries/pinner-pages.ts'
import { findPinners, type PinnersAnswer } from '../queries/pinners.ts'
import { rulesWords } from '../queries/rules-words.ts'
import { type CulpritGroup, culpritGroups } from './culprit-groups.ts'
import { type RulesUsed, rulesUsed } from './rules-used.ts'
import { type SaidFacts } from './said-facts.ts'

/** A failed range that was found. */
export type FailureDetail = Extract<FailureDetailAnswer, { found: true }>

/** What a report says: answers, and nothing that the screen does not show. Plain JSON. */
export interface ReportFacts {
  readonly overview: OverviewAnswer
  readonly thresholdNs: number
  /** Which rules were in force: `rules: built-in v4 + 2 of yours, 1 switched off`. */
  readonly rulesInForce: string
  /** How they differ from those that come with pinscope; absent when they do not. */
  readonly rules?: RulesUsed
  readonly failures: readonly FailureDetail[]
  /** The failed ranges by culprit, as the screen groups them. */
  readonly groups: readonly CulpritGroup[]
  /** Over all failed ranges, those that blocked most of them first. */
  readonly holders: readonly HolderAcross[]
  /** Stacks with most hold time, balanced and expected holds left out. */
  readonly pinners: PinnersAnswer
  /** PFNs that the stacks of `pinners.rows` hold, in the same order; of each stack so many at most. */
  readonly pinnerPages: readonly (readonly number[])[]
  /** What people said, where a session is read beside the files. */
  readonly said?: SaidFacts
  /** Of the trace's events, those that need not be read. */
  readonly eventNoise: EventNoise
}

const PINNERS_LISTED = 50
const PAGES_LISTED = 1000

/** Asks everything a report needs. The raw text of evidence lines is still missing: see `fillRawText`. */
export function gatherReport(trace: Trace, derived: Derived): ReportFacts {
  const { thresholdNs } = derived
  const rules = rulesUsed(derived.rules)
  const details = derived.findings.map(({ range }) => {
    return findFailure(trace, derived, { id: range.id, thresholdNs, offset: 0, limit: Number.MAX_SAFE_INTEGER })
  })
  const choice = { thresholdNs, includeExpected: false, filter: '' }
  const pinners = findPinners(trace, derived, {
    ...choice,
    withBlockers: true,
    sort: 'total',
    isDescending: true,
    offset: 0,
    limit: PINNERS_LISTED,
  })
  const stacks = pinners.rows.map(({ group }) => group)
  return {
    overview: readOverview(trace, derived),
    thresholdNs,
    rulesInForce: rulesWords(derived.rules),
    ...(rules === undefined ? {} : { rules }),
    failures: details.filter((detail) => detail.found),
    groups: culpritGroups(trace, derived),
    holders: holdersAcross(trace, derived),
    pinners,
    pinnerPages: pinnerPages(trace, derived, { ...choice, stacks, limit: PAGES_LISTED }),
    eventNoise: countEventNoise(trace, derived, choice),
  }
}
