import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { type EventRow } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { scanEvidence } from './evidence.ts'
import { type ToldPage, type Evidence } from './finding.ts'
import { type Attempt, type PageState, pageStateAt } from './page-state.ts'

const EARLIER = '; that was an earlier compaction: no event shows the one that is told of look at the page'

/**
 * Says of a look at the page that it was another compaction's: a run skips pageblocks in which one before it moved
 * nothing (mm/compaction.c isolation_suitable()). A look before the page was held tells nothing and is left out.
 */
export function withEarlierScan(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  attempt: Attempt,
  state: PageState,
  page: ToldPage,
): ToldPage {
  const runFrom = range.runFrom ?? range.attemptFrom
  if (range.trigger !== 'compaction' || runFrom === undefined || state.life < 0) return page
  const told = (evidence: Evidence): Evidence =>
    evidence.row === state.scan && evidence.row !== undefined && trace.events.time[evidence.row] < runFrom
      ? { ...evidence, text: `${evidence.text}${EARLIER}` }
      : evidence
  const culprits = page.culprits.map((culprit) => ({ ...culprit, evidence: culprit.evidence.map(told) }))
  const before = state.scan === undefined ? scanBefore(trace, derived, attempt, state, page) : undefined
  const added = before === undefined ? [] : [scanEvidence(trace, derived, before)]
  const said = added.map((evidence) => ({ ...evidence, text: `${evidence.text}${EARLIER}` }))
  return { ...page, culprits, evidence: [...said, ...page.evidence.map(told)] }
}

function scanBefore(
  trace: Trace,
  derived: Derived,
  attempt: Attempt,
  state: PageState,
  page: ToldPage,
): EventRow | undefined {
  const from = derived.lifetimes.from[state.life]
  const { scan } = pageStateAt(trace, derived, state.page, { ...attempt, from })
  const heldFrom = page.culprits.at(0)?.heldFrom ?? from
  return scan === undefined || trace.events.time[scan] < heldFrom ? undefined : scan
}
