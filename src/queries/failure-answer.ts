import { formatPfnRange } from '../base/pfn.ts'
import { type BlockingPage, type Finding } from '../derive/attribution/finding.ts'
import { tellPage } from '../derive/attribution/findings.ts'
import { type Derived } from '../derive/derived.ts'
import { type WindowGot } from '../derive/failures/failed-range.ts'
import { type Trace } from '../model/trace.ts'
import { culpritAnswer } from './culprit-answer.ts'
import { printedText, tellingLine } from './failure-time.ts'
import { placeOf } from './place.ts'
import { failureSentence } from './sentence.ts'
import { timeAnswer } from './time-answer.ts'
import { type FailureAnswer, type WindowGotAnswer } from './wire.ts'

const MOST_PFNS = 2000

/** One failed range as a line of a table: the sentence and the likeliest holder. */
export function failureAnswer(trace: Trace, derived: Derived, finding: Finding): FailureAnswer {
  const { range, pages } = finding
  const page = primaryPage(finding)
  const culprit =
    page === undefined || page.culprits.length === 0 ? undefined : tellPage(trace, derived, finding, page).culprits[0]
  const gotInstead = range.gotInstead && gotAnswer(trace, range.gotInstead)
  return {
    id: range.id,
    trigger: range.trigger,
    startPfn: range.startPfn,
    endPfn: range.endPfn,
    ...(range.time === undefined ? {} : { time: timeAnswer(trace, range.time) }),
    printedTime: range.time === undefined ? printedText(range.printedNs) : '',
    verdict: finding.verdict,
    sentence: `${failureSentence(trace, derived, finding, page)}${gotText(gotInstead)}`,
    basis: range.basis,
    attempts: range.attempts,
    blockingPfns: pages.slice(0, MOST_PFNS).map((blocking) => blocking.pfn),
    blockingCount: pages.length,
    ...(page === undefined || culprit === undefined ? {} : { culprit: culpritAnswer(trace, page, culprit) }),
    ...(range.lines.length === 0 ? {} : { place: placeOf(trace, tellingLine(trace, range)) }),
    ...(gotInstead === undefined ? {} : { gotInstead }),
  }
}

/**
 * The page a summary speaks of: the kernel's own first one when somebody can be named for it, else the page with the
 * surest holder, else the first.
 */
export function primaryPage(finding: Finding): BlockingPage | undefined {
  const first = finding.pages.at(0)
  if (first === undefined || first.culprits.length > 0) return first
  let surest: BlockingPage | undefined
  for (const page of finding.pages) {
    if (page.culprits.length > 0 && confidenceOf(page) > (surest === undefined ? -1 : confidenceOf(surest)))
      surest = page
  }
  return surest ?? first
}

function confidenceOf(page: BlockingPage): number {
  return page.culprits[0].confidence
}

function gotAnswer(trace: Trace, { startPfn, endPfn, time, line }: WindowGot): WindowGotAnswer {
  return { startPfn, endPfn, time: timeAnswer(trace, time), place: placeOf(trace, line) }
}

/** What became of an allocation that a failed window did not stop: nobody kept it from its pages. */
function gotText(got: WindowGotAnswer | undefined): string {
  if (got === undefined) return ''
  return ` The allocation went on and got ${formatPfnRange(got.startPfn, got.endPfn)} at ${got.time.text}.`
}
