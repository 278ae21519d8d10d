import { useMemo } from 'react'
import { type PageFactsAnswer } from '../../queries/page-facts.ts'
import { type BlockingPageAnswer, type FailureAnswer } from '../../queries/wire.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'
import { useView } from '../../state/use-view.ts'
import { thresholdNsOf } from '../../state/view-state.ts'
import { type ExcessMark } from '../widgets/step-overlay.tsx'

/** What is known of why a page blocked a range. */
export interface PageFinding {
  readonly failure: FailureAnswer
  readonly page: BlockingPageAnswer
}

/** Why a page blocked a failure, or else the first that it blocked; `undefined` where it blocked none. */
export function usePageFinding(
  { pfn, headPfn, failures }: PageFactsAnswer,
  failureId: string | undefined,
): PageFinding | undefined {
  const [view] = useView()
  const blocked = failures.filter(({ isBlocking }) => isBlocking)
  const id = (blocked.find((failure) => failure.id === failureId) ?? blocked.find(({ time }) => time) ?? blocked[0])?.id
  const question =
    id === undefined ? undefined : { id, thresholdNs: thresholdNsOf(view), offset: 0, limit: 0, pfn, headPfn }
  const answer = shownOf(useQuery('failure', question))
  return useMemo(() => {
    if (!answer?.found || answer.failure.id !== id) return undefined
    const { page } = answer
    if (page?.pfn !== pfn && page?.headPfn !== headPfn) return undefined
    return page && { failure: answer.failure, page }
  }, [answer, id, pfn, headPfn])
}

/** References that migration did not expect, at the failure. */
export function excessMarks(finding: PageFinding | undefined): readonly ExcessMark[] {
  if (finding?.page.count === undefined || !finding.failure.time) return []
  const { count, excess } = finding.page
  return excess === undefined || excess <= 0 ? [] : [{ ns: finding.failure.time.ns, count, excess }]
}
