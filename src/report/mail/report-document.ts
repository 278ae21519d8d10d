import { formatPfn, formatPfnRange } from '../../base/pfn.ts'
import { counted } from '../../base/counted.ts'
import { functionText } from '../../queries/stack-answer.ts'
import { type BlockingPageAnswer, type FailureAnswer } from '../../queries/wire.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { countPart } from './count-part.ts'
import { sliceHead } from '../slice/slice-words.ts'
import { factBlock } from './document-facts.ts'
import { holdersPart, isKnownByPut } from './holders-part.ts'
import { lostPart } from './lost-part.ts'
import { machinePart } from './machine-part.ts'
import { nextPart } from './next-part.ts'
import { type Block, type ReportDocument, type ReportPart } from './report-part.ts'

/** A bug report as parts: what failed, who holds the page, its count, the kernel, what was lost, what to record next. */
export function reportDocument(facts: BugReportFacts): ReportDocument {
  const parts = [
    { title: '', blocks: summaryBlocks(facts) },
    personPart(facts),
    holdersPart(facts),
    countPart(facts),
    machinePart(facts),
    lostPart(facts),
    nextPart(facts),
  ]
  return { subject: subjectOf(facts), parts: parts.filter(({ blocks }) => blocks.length > 0) }
}

function summaryBlocks(facts: BugReportFacts): readonly Block[] {
  // Who does not know that it is a slice, with names that its sender made up, takes these for tasks that were.
  const slice = sliceHead(facts.overview).map((text): Block => ({ kind: 'text', text, level: 0 }))
  return [...slice, { kind: 'text', text: summaryText(facts), level: 0 }, ...failedBlocks(facts)]
}

function summaryText({ failure, askedPfn, overview, pages }: BugReportFacts): string {
  if (failure !== undefined) return failure.failure.sentence
  const { from, to, events, files } = overview
  const span = from === undefined || to === undefined ? '' : ` from ${from.text} to ${to.text}`
  const read = `${counted(files.length, 'file')} with ${counted(events, 'event')}${span}`
  if (askedPfn === undefined) {
    return `No failed range was found in ${read}. Looked for: test_pages_isolated with ret=fail, CMA allocations that failed or retried, compaction and huge page allocations that failed, memory that did not go offline, and the kernel log's own messages of these.`
  }
  const pfn = `pfn ${formatPfn(askedPfn)}`
  return pages.some(({ isKnown }) => isKnown)
    ? `${pfn} blocked no failed range in ${read}. What the files tell of it is below.`
    : `No file names ${pfn}: whether it is held cannot be told from ${read}.`
}

/** One line: `mm/cma: [0xdc00, 0x1fc00) failed: pfn 0x1f08e held in leaky_grab`. */
function subjectOf({ failure, askedPfn, pages }: BugReportFacts): string {
  if (failure !== undefined) {
    const [page] = failure.pages
    const why = page === undefined ? '' : `: pfn ${formatPfn(page.pfn)} ${whyText(page)}`
    const { trigger, startPfn, endPfn } = failure.failure
    return `${AREAS[trigger]}: ${formatPfnRange(startPfn, endPfn)} failed${why}`
  }
  if (askedPfn === undefined) return 'mm: no failed range found in this capture'
  const isKnown = pages.some((page) => page.isKnown)
  return `mm: pfn ${formatPfn(askedPfn)}: ${isKnown ? 'blocked no failed range in this capture' : 'not in this capture'}`
}

function whyText({ verdict, culprits: [culprit] }: BlockingPageAnswer): string {
  if (verdict === 'unmovable') return 'cannot be moved'
  if (culprit === undefined || culprit.isPrivateData) return 'in the way, holder not known'
  if (culprit.anyOf > 1) return `held by one of ${culprit.anyOf}, not told apart`
  const where = functionText(culprit.function, culprit.module)
  const inPlace = where === '' ? '' : ` in ${where}`
  // Who put a reference whose get is not in the trace need not have taken it.
  if (isKnownByPut(culprit)) return `in the way, released${inPlace}, get not seen`
  return `${culprit.confidence < 0.4 ? 'may be held' : 'held'}${inPlace}`
}

/** Where of the kernel it failed, as subjects name it. */
const AREAS: Readonly<Record<FailureAnswer['trigger'], string>> = {
  cma: 'mm/cma',
  offline: 'mm/memory_hotplug',
  compaction: 'mm/compaction',
  hugetlb: 'mm/hugetlb',
  contig: 'mm/page_alloc',
  migration: 'mm/migrate',
  unknown: 'mm',
}

const ATTEMPTS: Readonly<Record<FailureAnswer['trigger'], string>> = {
  cma: 'CMA allocation',
  offline: 'offlining of memory',
  compaction: 'compaction',
  hugetlb: 'allocation of huge pages',
  contig: 'contiguous allocation',
  migration: 'migration',
  unknown: 'isolation of a range',
}

/** What a person said is never mixed with what the files say. */
function personPart({ session }: BugReportFacts): ReportPart {
  if (session === undefined) return { title: '', blocks: [] }
  const { verdict, assignee, note } = session
  const to = assignee === '' ? '' : `, assigned to ${assignee}`
  const text = `${verdict}${to}${note === '' ? '' : `. ${note}`}`
  return { title: 'Verdict of a person', blocks: [{ kind: 'text', text, level: 1 }] }
}

/** `CMA allocation of 73728 pages, failed at 2.921765, 1 attempt; range known by …`, with the line that tells of it. */
function failedBlocks(facts: BugReportFacts): readonly Block[] {
  const { failure, failureNumber, failureLine, overview } = facts
  if (failure === undefined) return []
  const { failure: range } = failure
  const pages = range.endPfn > range.startPfn ? `, ${counted(range.endPfn - range.startPfn, 'page')}` : ''
  const number = overview.failures > 1 ? `, failed range ${failureNumber} of ${overview.failures} in these files` : ''
  const head = `${ATTEMPTS[range.trigger]}${pages}, ${whenText(range)}, ${counted(range.attempts, 'attempt')}${number}`
  const fact = { places: [], raw: [], ...failureLine, text: `${head}; range known by ${range.basis}` }
  return [factBlock(facts, fact, { keep: 81, level: 0 })]
}

function whenText({ time, printedTime }: FailureAnswer): string {
  if (time !== undefined) return `failed at ${time.text}`
  return printedTime === '' ? 'failed at a time that no file tells' : `failed at ${printedTime} of the kernel log`
}
