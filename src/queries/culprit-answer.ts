import { type BlockingPage, type Culprit, type ToldCulprit } from '../derive/attribution/finding.ts'
import { type Trace } from '../model/trace.ts'
import { confidenceWord } from './confidence-word.ts'
import { evidenceAnswer } from './evidence-answer.ts'
import { isPrivateDataOnly } from './private-data.ts'
import { stackAnswer } from './stack-answer.ts'
import { recordText } from './pinner-record-answer.ts'
import { timeAnswer } from './time-answer.ts'
import { type CulpritAnswer } from './wire.ts'

/** One ranked holder of a page with its stack and the facts that prove it. */
export function culpritAnswer(trace: Trace, page: BlockingPage, culprit: ToldCulprit): CulpritAnswer {
  const { heldFrom, heldTo } = culprit
  return {
    rank: culprit.rank,
    pfn: culprit.pfn,
    task: { comm: culprit.comm, pid: culprit.pid },
    function: culprit.function,
    module: culprit.module,
    class: culprit.class,
    kind: culprit.kind,
    ...(culprit.taskGone ? { taskGone: true } : {}),
    confidence: culprit.confidence,
    confidenceWord: confidenceWord(culprit.confidence),
    anyOf: culprit.anyOf,
    ...(culprit.anyOf > 1 ? { ofSet: ofSetText(page, culprit) } : {}),
    ...(isPrivateDataOnly(page, culprit) ? { isPrivateData: true } : {}),
    ...(heldFrom === undefined ? {} : { heldFrom: timeAnswer(trace, heldFrom) }),
    ...(heldTo === undefined ? {} : { heldTo: timeAnswer(trace, heldTo) }),
    ...heldTextOf(trace, culprit),
    units: culprit.units,
    stack: stackAnswer(trace, culprit.stack, culprit.frameIndex),
    evidence: culprit.evidence.map((evidence) => evidenceAnswer(trace, evidence)),
  }
}

/**
 * Whose the confidence of a holder is that the evidence does not tell from others: a trace's says that one of the set
 * held the page, whichever, since all that it weighs speaks for each of them; only what is lower speaks of one alone. Of
 * page_pinner's records each has its own part of it.
 */
function ofSetText({ culprits }: BlockingPage, { anyOf, confidence, rivals = 0, record }: Culprit): string {
  const set = `${rivals > 0 ? 'one' : 'any'} of these ${anyOf}`
  if (record !== undefined) return `each, ${set}`
  const highest = Math.max(...culprits.filter((other) => other.anyOf > 1).map((other) => other.confidence))
  return confidence === highest ? `together, ${set}` : set
}

/** What stands for the times where the trace has neither. */
function heldTextOf(trace: Trace, { record, heldFrom, heldTo }: Culprit): Pick<CulpritAnswer, 'heldText'> {
  if (record !== undefined) return { heldText: recordText(trace, record) }
  return heldFrom === undefined && heldTo === undefined ? { heldText: 'when is not in the trace' } : {}
}
