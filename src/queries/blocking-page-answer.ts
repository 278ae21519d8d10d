import { type BlockingPage, type ToldPage } from '../derive/attribution/finding.ts'
import { type Trace } from '../model/trace.ts'
import { pageOfPfn } from './page-of-pfn.ts'
import { culpritAnswer } from './culprit-answer.ts'
import { evidenceAnswer } from './evidence-answer.ts'
import { type BlockingPageAnswer } from './wire.ts'

/** One page that blocked a range, with its ranked holders. */
export function blockingPageAnswer(trace: Trace, page: ToldPage): BlockingPageAnswer {
  return {
    pfn: page.pfn,
    headPfn: page.headPfn,
    isNamed: page.isNamed,
    verdict: page.verdict,
    reason: `${page.reason}${folioDoubt(trace, page)}`,
    ...(page.count === undefined ? {} : { count: page.count }),
    ...(page.mapcount === undefined ? {} : { mapcount: page.mapcount }),
    ...(page.excess === undefined ? {} : { excess: page.excess }),
    culprits: page.culprits.map((culprit) => culpritAnswer(trace, page, culprit)),
    evidence: page.evidence.map((evidence) => evidenceAnswer(trace, evidence)),
  }
}

/** Said where nothing was traced of the page and nothing tells whether it is a tail: its references would be the head's. */
function folioDoubt(trace: Trace, page: BlockingPage): string {
  if (page.reason === '' || page.pfn !== page.headPfn || page.culprits.length > 0) return ''
  const place = pageOfPfn(trace, page.pfn)
  if (place.page >= 0 || place.order >= 0) return ''
  return '; no file tells whether it is the tail of a larger page, whose references are counted on its head'
}
