import { type BlockingPage, type Finding } from '../../derive/attribution/finding.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { primaryPage } from '../../queries/failure-answer.ts'
import { findFailure } from '../../queries/failures.ts'
import { type NextRecording, nextRecording } from '../../queries/record/next-recording.ts'
import { type OverviewAnswer, readOverview } from '../../queries/overview.ts'
import { rulesWords } from '../../queries/rules-words.ts'
import { type EvidenceAnswer } from '../../queries/wire.ts'
import { type FailureDetail } from '../report-facts.ts'
import { type RulesUsed, rulesUsed } from '../rules-used.ts'
import { type BugReportAbout, type PersonSaid } from '../../queries/bug-report-question.ts'
import { type MachineTold, machineTold } from './machine-told.ts'
import { type PageTold, pageTold } from './page-told.ts'
import { tellingFinding } from './telling-finding.ts'

/** Blocking pages beyond those that are told: how many, and by whom they are held. */
export interface OtherPages {
  readonly total: number
  /** By the same task in the same function as the first page that is told. */
  readonly same: number
  /** By somebody else who can be named. */
  readonly others: number
  /** Nobody can be named. */
  readonly unknown: number
  /** The first of them. */
  readonly pfns: readonly number[]
}

/** What a bug report is made of: answers, and nothing that the screens do not show. Plain JSON. */
export interface BugReportFacts {
  readonly overview: OverviewAnswer
  readonly thresholdNs: number
  readonly rulesInForce: string
  readonly rules?: RulesUsed
  /** The failed range; its `pages` are those that are told. Absent when there is none, or the page is in none's way. */
  readonly failure?: FailureDetail
  /** Its number in time order, as `pinscope report` numbers it, from 1. */
  readonly failureNumber?: number
  /** The line that tells of it. */
  readonly failureLine?: EvidenceAnswer
  /** PFN that was asked for and is in no failed range's way. */
  readonly askedPfn?: number
  /** What is known of the pages that are told, the most telling first. */
  readonly pages: readonly PageTold[]
  readonly others: OtherPages
  readonly machine: MachineTold
  readonly next: NextRecording
  readonly session?: PersonSaid
}

/** Pages told with their lines; a mail has room for few. */
const PAGES_TOLD = 4
const PFNS_LISTED = 8

/** Tables with the holds of one page: a large trace has them before it has all. */
export type DerivedOfPage = (pfn: number) => Derived

/**
 * Asks everything that a bug report says. The raw text of lines is still missing: see `fillRawText`. A failure that is not
 * there is as if none were asked for. O(blocking pages) beside the answers it is made of.
 */
export function gatherBugReport(
  trace: Trace,
  derived: Derived,
  about: BugReportAbout,
  derivedOf: DerivedOfPage = () => derived,
  session?: PersonSaid,
): BugReportFacts {
  const rules = rulesUsed(derived.rules)
  const finding = findingOf(derived, about)
  const asked = about.kind === 'first' ? undefined : about.pfn
  const told = finding === undefined ? [] : tellingPages(finding, asked)
  const found = failureFacts(trace, derived, finding, told)
  return {
    overview: readOverview(trace, derived),
    thresholdNs: derived.thresholdNs,
    rulesInForce: rulesWords(derived.rules),
    ...(rules === undefined ? {} : { rules }),
    ...found,
    ...(finding === undefined && asked !== undefined ? { askedPfn: asked } : {}),
    pages: pagesOf(trace, derivedOf, finding, found.failure?.pages ?? [], asked),
    others: otherPages(finding, told),
    machine: machineTold(trace, finding?.range),
    next: nextRecording(trace, derived),
    ...(session === undefined ? {} : { session }),
  }
}

function findingOf(derived: Derived, about: BugReportAbout): Finding | undefined {
  switch (about.kind) {
    case 'failure':
      return derived.findings.find(({ range }) => range.id === about.id)
    case 'page':
      return tellingFinding(
        derived.findings.filter(({ pages }) => pages.some(({ pfn, headPfn }) => [pfn, headPfn].includes(about.pfn))),
      )
    default:
      return tellingFinding(derived.findings)
  }
}

/** The page asked for or the one that the sentence speaks of, then a page of each other holder, then the rest as ranked. */
function tellingPages(finding: Finding, asked: number | undefined): readonly BlockingPage[] {
  const { pages } = finding
  const first =
    pages.find(({ pfn }) => pfn === asked) ?? pages.find(({ headPfn }) => headPfn === asked) ?? primaryPage(finding)
  if (first === undefined) return []
  const seen = new Set([holderKey(first)])
  const apart = pages.filter((page) => {
    const key = holderKey(page)
    if (page === first || key === '' || seen.has(key)) return false
    seen.add(key)
    return true
  })
  return [first, ...apart].slice(0, PAGES_TOLD)
}

/** The likeliest holder; empty when nobody can be named. */
function holderKey({ culprits: [culprit] }: BlockingPage): string {
  return culprit === undefined ? '' : [culprit.comm, culprit.pid, culprit.function, culprit.module].join('\0')
}

function failureFacts(
  trace: Trace,
  derived: Derived,
  finding: Finding | undefined,
  told: readonly BlockingPage[],
): Pick<BugReportFacts, 'failure' | 'failureNumber' | 'failureLine'> {
  if (finding === undefined) return {}
  const { id } = finding.range
  const detail = findFailure(trace, derived, { id, thresholdNs: derived.thresholdNs, offset: 0, limit: 0 })
  if (!detail.found) return {}
  const { place } = detail.failure
  const pages = told.flatMap(({ pfn }) => {
    const one = findFailure(trace, derived, { id, thresholdNs: derived.thresholdNs, offset: 0, limit: 0, pfn })
    return one.found && one.page !== undefined ? [one.page] : []
  })
  return {
    failure: { ...detail, pages },
    failureNumber: derived.findings.indexOf(finding) + 1,
    ...(place === undefined
      ? {}
      : { failureLine: { text: `range known by ${detail.failure.basis}`, places: [place], raw: [] } }),
  }
}

function pagesOf(
  trace: Trace,
  derivedOf: DerivedOfPage,
  finding: Finding | undefined,
  told: FailureDetail['pages'],
  asked: number | undefined,
): readonly PageTold[] {
  if (finding !== undefined)
    return told.map(({ pfn, excess }) => pageTold(trace, derivedOf(pfn), pfn, finding.range.time, excess))
  return asked === undefined ? [] : [pageTold(trace, derivedOf(asked), asked)]
}

function otherPages(finding: Finding | undefined, told: readonly BlockingPage[]): OtherPages {
  const rest = (finding?.pages ?? []).filter((page) => !told.includes(page))
  const key = told.length === 0 ? '' : holderKey(told[0])
  const named = rest.filter((page) => holderKey(page) !== '')
  const same = named.filter((page) => holderKey(page) === key).length
  return {
    total: rest.length,
    same,
    others: named.length - same,
    unknown: rest.length - named.length,
    pfns: rest.slice(0, PFNS_LISTED).map(({ pfn }) => pfn),
  }
}
