import { type BlockingPage, type Culprit } from '../derive/attribution/finding.ts'
import { type Trace } from '../model/trace.ts'
import { confidenceWord } from './confidence-word.ts'
import { evidenceAnswer } from './evidence-answer.ts'
import { isPrivateDataOnly } from './private-data.ts'
import { stackAnswer } from './stack-answer.ts'
import { recordText } from './pinner-record-answer.ts'
import { timeAnswer } from './time-answer.ts'
import { type CulpritAnswer } from './wire.ts'

/** One ranked holder of a page with its stack and the facts that prove it. */
export function culpritAnswer(trace: Trace, page: BlockingPage, culprit: Culprit): CulpritAnswer {
  const { heldFrom, heldTo } = culprit
  return {
    rank: culprit.rank,
    pfn: culprit.pfn,
    task: { comm: culprit.comm, pid: culprit.pid },
    function: culprit.function,
    module: culprit.module,
    class: culprit.class,
    kind: culprit.kind,
    confidence: culprit.confidence,
    confidenceWord: confidenceWord(culprit.confidence),
    anyOf: culprit.anyOf,
    ...(isPrivateDataOnly(page, culprit) ? { isPrivateData: true } : {}),
    ...(heldFrom === undefined ? {} : { heldFrom: timeAnswer(trace, heldFrom) }),
    ...(heldTo === undefined ? {} : { heldTo: timeAnswer(trace, heldTo) }),
    ...heldTextOf(trace, culprit),
    units: culprit.units,
    stack: stackAnswer(trace, culprit.stack, culprit.frameIndex),
    evidence: culprit.evidence.map((evidence) => evidenceAnswer(trace, evidence)),
  }
}

/** What stands for the times where the trace has neither. */
function heldTextOf(trace: Trace, { record, heldFrom, heldTo }: Culprit): Pick<CulpritAnswer, 'heldText'> {
  if (record !== undefined) return { heldText: recordText(trace, record) }
  return heldFrom === undefined && heldTo === undefined ? { heldText: 'when is not in the trace' } : {}
}
