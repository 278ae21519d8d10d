import { counted } from '../../base/counted.ts'
import { rowsOf } from '../../base/group-index.ts'
import { type Trace } from '../../model/trace.ts'
import { folioPlaceOf } from '../compound.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { declarationOf } from './declared.ts'
import { type Attempt } from './page-state.ts'
import { DEFAULT_RULES } from './rule-set.ts'

/**
 * Says which of a person's rules took references of a failed range out of the answer, and on how many pages; pages
 * without any other holder are not listed, so this is where they are counted. None under the rules that come with
 * pinscope. O(holds of the pages of the range).
 */
export function declaredCaveat(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  attempt: Attempt | undefined,
): readonly string[] {
  if (derived.rules === DEFAULT_RULES || attempt === undefined) return []
  const pages = new Map<string, Set<number>>()
  const { holds } = derived
  const end = trace.pages.positionAtLeast(range.endPfn)
  for (let at = trace.pages.positionAtLeast(folioPlaceOf(trace, range.startPfn, attempt.at).headPfn); at < end; at++) {
    const page = trace.pages.byPfn[at]
    const ofPage = rowsOf(holds.byPage, page)
    for (let position = 0; position < ofPage.length; position++) {
      const hold = ofPage[position]
      if (holds.from[hold] > attempt.at || holds.to[hold] < attempt.at) continue
      const rule = declarationOf(trace, derived, hold)?.rule
      if (rule !== undefined) pages.set(rule, (pages.get(rule) ?? new Set()).add(page))
    }
  }
  if (pages.size === 0) return []
  const told = [...pages].map(([rule, of]) => `${rule} on ${counted(of.size, 'page')}`).join(', ')
  return [`your rules count references as expected that the rules of pinscope take for a holder's: ${told}`]
}
