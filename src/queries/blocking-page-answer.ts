import { type BlockingPage } from '../derive/attribution/finding.ts'
import { type Trace } from '../model/trace.ts'
import { culpritAnswer } from './culprit-answer.ts'
import { evidenceAnswer } from './evidence-answer.ts'
import { type BlockingPageAnswer } from './wire.ts'

/** One page that blocked a range, with its ranked holders. */
export function blockingPageAnswer(trace: Trace, page: BlockingPage): BlockingPageAnswer {
  return {
    pfn: page.pfn,
    headPfn: page.headPfn,
    isNamed: page.isNamed,
    verdict: page.verdict,
    reason: page.reason,
    ...(page.count === undefined ? {} : { count: page.count }),
    ...(page.mapcount === undefined ? {} : { mapcount: page.mapcount }),
    ...(page.excess === undefined ? {} : { excess: page.excess }),
    culprits: page.culprits.map((culprit) => culpritAnswer(trace, culprit)),
    evidence: page.evidence.map((evidence) => evidenceAnswer(trace, evidence)),
  }
}
