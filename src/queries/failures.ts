import { type Finding } from '../derive/attribution/finding.ts'
import { tellPage } from '../derive/attribution/findings.ts'
import { oncePer } from '../base/once-per.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { blockingPageAnswer } from './blocking-page-answer.ts'
import { failureAnswer, primaryPage } from './failure-answer.ts'
import { type HolderAcross, holdersAcross } from './holders-across.ts'
import { type BlockingPageAnswer, type FailureAnswer } from './wire.ts'

/** All failed ranges. */
export interface FailuresQuestion {
  readonly thresholdNs: number
}

/** Answer to `failures`, in time order. */
export interface FailuresAnswer {
  readonly failures: readonly FailureAnswer[]
  /** Over all of them: see `holdersAcross`. */
  readonly holders: readonly HolderAcross[]
}

/** One failed range in full. */
export interface FailureQuestion {
  readonly id: string
  readonly thresholdNs: number
  /** Blocking pages to return, from this position. */
  readonly offset: number
  readonly limit: number
  /** The blocking page to look at, wherever it stands; the one that the sentence speaks of when absent or not among them. */
  readonly pfn?: number
  /** Head of the folio of `pfn`: where that is not a blocking page itself, the first of the folio is looked at. */
  readonly headPfn?: number
}

/** Answer to `failure`; `found` is false when no range has that id. */
export type FailureDetailAnswer =
  | { readonly found: false }
  | {
      readonly found: true
      readonly failure: FailureAnswer
      readonly pages: readonly BlockingPageAnswer[]
      readonly pageCount: number
      /** The page that is looked at, and its position among all of them. */
      readonly page?: BlockingPageAnswer
      readonly pageAt?: number
      readonly caveats: readonly string[]
      /** Strip: the range in `bins.length` equal parts, number of blocking pages in each. */
      readonly bins: readonly number[]
    }

const STRIP_BINS = 256

/** All failed ranges of `derived.findings`, in time order. `FailuresQuestion.thresholdNs` is already in them. */
export function findFailures(trace: Trace, derived: Derived): FailuresAnswer {
  const failures = derived.findings.map((finding) => failureAnswer(trace, derived, finding))
  return { failures, holders: holdersAcross(trace, derived) }
}

/** One failed range in full, a window of its blocking pages. */
export function findFailure(trace: Trace, derived: Derived, question: FailureQuestion): FailureDetailAnswer {
  const finding = findingsById(derived.findings).get(question.id)
  if (finding === undefined) return { found: false }
  const window = finding.pages.slice(question.offset, question.offset + question.limit)
  return {
    found: true,
    failure: failureAnswer(trace, derived, finding),
    pages: window.map((page) => blockingPageAnswer(trace, tellPage(trace, derived, finding, page))),
    pageCount: finding.pages.length,
    ...lookedAt(trace, derived, finding, question),
    caveats: finding.caveats,
    bins: stripBins(finding),
  }
}

/** Of findings with one id the first. A report asks for each of them. */
const findingsById = oncePer((findings: readonly Finding[]) => {
  return new Map(findings.toReversed().map((finding) => [finding.range.id, finding]))
})

function lookedAt(
  trace: Trace,
  derived: Derived,
  finding: Finding,
  { pfn, headPfn }: Pick<FailureQuestion, 'pfn' | 'headPfn'>,
): Pick<Extract<FailureDetailAnswer, { found: true }>, 'page' | 'pageAt'> {
  const page =
    finding.pages.find((one) => one.pfn === pfn) ??
    finding.pages.find((one) => one.headPfn === headPfn) ??
    primaryPage(finding)
  if (page === undefined) return {}
  const told = tellPage(trace, derived, finding, page)
  return { page: blockingPageAnswer(trace, told), pageAt: finding.pages.indexOf(page) }
}

/** Blocking pages per equal part of the range; a page outside the range (a head before it) counts in the nearest part. */
function stripBins(finding: Finding): readonly number[] {
  const { startPfn, endPfn } = finding.range
  const size = Math.max(1, endPfn - startPfn)
  const bins: number[] = Array.from({ length: Math.min(STRIP_BINS, size) }, () => 0)
  for (const page of finding.pages) {
    const at = Math.floor(((page.pfn - startPfn) / size) * bins.length)
    bins[Math.min(bins.length - 1, Math.max(0, at))]++
  }
  return bins
}
