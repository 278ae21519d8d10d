import { useMemo } from 'react'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { type PageFinding } from '../../timeline/use-page-finding.ts'
import { type CompareOffers, compareOffers } from './compare-offers.ts'

/** Blocking pages among which others of the same holder are looked for: the first of the range. */
const LOOKED_AT_PAGES = 200

/** Pages to offer beside one that blocked a range; the same question for every page of the range. */
export function useCompareOffers(finding: PageFinding | undefined, pfn: number): CompareOffers | undefined {
  const [view] = useView()
  const id = finding?.failure.id
  const question =
    id === undefined ? undefined : { id, thresholdNs: thresholdNsOf(view), offset: 0, limit: LOOKED_AT_PAGES }
  const answer = shownOf(useQuery('failure', question))
  return useMemo(() => {
    if (finding === undefined) return undefined
    const pages = answer?.found && answer.failure.id === finding.failure.id ? answer.pages : []
    return compareOffers(finding.page, pages, finding.failure.blockingPfns, [pfn, ...(view.comparedPfns ?? [])])
  }, [finding, answer, pfn, view.comparedPfns])
}
