import { useMemo } from 'react'
import { type FailureDetailAnswer } from '../../queries/failures.ts'
import { type PageFactsAnswer } from '../../queries/page-facts.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'
import { useView } from '../../state/use-view.ts'
import { thresholdNsOf } from '../../state/view-state.ts'
import { type ExcessMark } from '../widgets/step-overlay.tsx'

const NOTHING: readonly ExcessMark[] = []

/** References that migration did not expect, at the selected failure (or the first that the page blocked). */
export function useExcess({ pfn, headPfn, failures }: PageFactsAnswer): readonly ExcessMark[] {
  const [view] = useView()
  const blocked = failures.filter(({ isBlocking, time }) => isBlocking && time)
  const id = (blocked.find((failure) => failure.id === view.failure) ?? blocked.at(0))?.id
  const question = id === undefined ? undefined : { id, thresholdNs: thresholdNsOf(view), offset: 0, limit: 200 }
  const answer = shownOf(useQuery('failure', question))
  return useMemo(() => (answer ? excessOf(answer, pfn, headPfn) : NOTHING), [answer, pfn, headPfn])
}

function excessOf(answer: FailureDetailAnswer, pfn: number, headPfn: number): readonly ExcessMark[] {
  if (!answer.found || !answer.failure.time) return NOTHING
  const page = answer.pages.find((one) => one.pfn === pfn || one.headPfn === headPfn)
  if (page?.count === undefined || !page.excess || page.excess < 0) return NOTHING
  return [{ ns: answer.failure.time.ns, count: page.count, excess: page.excess }]
}
