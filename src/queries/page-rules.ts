import { rowsOf } from '../base/group-index.ts'
import { type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { noiseFinderOf, noiseRulesOf } from './noise-rules.ts'
import { pageOfPfn } from './page-of-pfn.ts'
import { COUNTED, HIDDEN_SHORT, type HoldChoice, judgeOf } from './pinner-choice.ts'

/** Which holds of a page the list of pinners hides, and by which rules. */
export interface PageRulesQuestion {
  readonly pfn: number
  /** What hides: the filter is not asked. */
  readonly choice: Omit<HoldChoice, 'filter'>
}

/** A rule that hides holds of the page. */
export interface PageRuleAnswer {
  readonly id: string
  readonly class: ReferenceClassId
  readonly reason: string
  readonly holds: number
}

/** Answer to `pageRules`: `holds` are those of all lives of the page. */
export interface PageRulesAnswer {
  readonly holds: number
  readonly hidden: number
  /** Most holds first. */
  readonly rules: readonly PageRuleAnswer[]
  /** Hidden for being shorter than the threshold alone. */
  readonly short: number
}

/** Holds that are looked up one by one. */
const MOST_SINGLE = 20_000

/** What of a page is hidden among the pinners. O(holds of the page). */
export function findPageRules(trace: Trace, derived: Derived, { pfn, choice }: PageRulesQuestion): PageRulesAnswer {
  const { page } = pageOfPfn(trace, pfn)
  if (page < 0) return { holds: 0, hidden: 0, rules: [], short: 0 }
  const rows = rowsOf(derived.holds.byPage, page)
  // Of a page with so many holds it is worth to look all up once, and to keep that.
  if (rows.length > MOST_SINGLE) noiseRulesOf(trace, derived)
  const noise = noiseFinderOf(trace, derived)
  const judge = judgeOf(trace, derived, choice, noise)
  const counts = new Map<number, number>()
  let [hidden, short] = [0, 0]
  for (let at = 0; at < rows.length; at++) {
    const verdict = judge(rows[at])
    if (verdict === COUNTED) continue
    const rule = noise.ruleAt(rows[at])
    hidden++
    if (verdict === HIDDEN_SHORT) short++
    else counts.set(rule, (counts.get(rule) ?? 0) + 1)
  }
  const rules = [...counts].map(([at, holds]) => {
    const { id, class: of, reason } = noise.rules[at]
    return { id, class: of, reason, holds }
  })
  return { holds: rows.length, hidden, short, rules: rules.toSorted((a, b) => b.holds - a.holds) }
}
