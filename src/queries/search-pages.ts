import { counted } from '../base/counted.ts'
import { rowsOf } from '../base/group-index.ts'
import { formatPfn, formatPfnRange } from '../base/pfn.ts'
import { type Derived } from '../derive/derived.ts'
import { dumpsOfPage, pinnerRowsOfPage } from '../derive/folio-facts.ts'
import { type Trace } from '../model/trace.ts'
import { blocksWith, failureLabel } from './failure-mark.ts'
import { names } from './note-answer.ts'
import { ownerRowsOf } from '../derive/owner-rows.ts'
import { isDumped } from './page-dump-answers.ts'
import { pageOfPfn } from './page-of-pfn.ts'
import { type SearchHit } from './search.ts'
import { type PfnReading, type RangeReading, readAddress, readPfn, readPfnRange } from './search-number.ts'

/** PFN hits and how the number was read. */
export interface PageHits {
  readonly hits: readonly SearchHit[]
  readonly reading: string
}

/** A number as a page: every reading that a file knows; when none does, all of them, said to be unknown. `isAddress`: as bytes. */
export function searchPages(trace: Trace, derived: Derived, text: string, isAddress = false): PageHits {
  const { pageBytes } = trace.machine
  const readings = isAddress ? readAddress(text, pageBytes) : readPfn(text, maxPfnOf(trace, derived), pageBytes)
  const found = readings.map((reading) => ({ reading, facts: pageFactsText(trace, derived, reading.pfn) }))
  const known = found.filter(({ facts }) => facts !== '')
  // A word such as "add" is hex by chance: it is offered as a page only when a file knows that page.
  const isNumber = /^(0x|[0-9])/i.test(text)
  const shown = known.length > 0 || !isNumber ? known : found
  return {
    hits: shown.map(({ reading, facts }) => pfnHit(reading, facts)),
    reading: shown.map(({ reading }) => `${formatPfn(reading.pfn)}: ${reading.how}`).join('; '),
  }
}

function pfnHit({ pfn, how }: PfnReading, facts: string): SearchHit {
  const detail = `${facts === '' ? 'no file names this page' : facts} (${how})`
  return { kind: 'pfn', label: `pfn ${formatPfn(pfn)}`, detail, pfn, ...(facts === '' ? { isUnknown: true } : {}) }
}

function maxPfnOf(trace: Trace, derived: Derived): number {
  const { pages, owners } = trace
  const lastPage = pages.length === 0 ? 0 : pages.pfn[pages.byPfn[pages.length - 1]]
  const lastOwner = owners.length === 0 ? 0 : owners.pfn[owners.byPfn[owners.length - 1]]
  return derived.findings.reduce((max, { range }) => Math.max(max, range.endPfn), Math.max(lastPage, lastOwner))
}

/** `12 events, page_owner record, blocks cma failed on [0xdc00, 0x1fc00)`; empty when no file names the page. */
function pageFactsText(trace: Trace, derived: Derived, pfn: number): string {
  const { page, headPfn } = pageOfPfn(trace, pfn)
  const events = page < 0 ? 0 : rowsOf(trace.indexes.byPage, page).length
  const facts: string[] = []
  if (events > 0) facts.push(counted(events, 'event'))
  if (headPfn !== pfn) facts.push(`tail of ${formatPfn(headPfn)}: its timeline is the head’s`)
  if (ownerRowsOf(trace, pfn).length > 0) facts.push('page_owner record')
  if (dumpsOfPage(trace, pfn).length > 0) facts.push('dump_page')
  if (pinnerRowsOfPage(trace, pfn).length > 0) facts.push('page_pinner record')
  if (isDumped(trace, pfn)) facts.push('in a dump of page states')
  if (trace.notes.some((note) => names(note, pfn))) facts.push('named by the kernel log')
  const blocked = derived.findings.find((finding) => blocksWith(finding, pfn, headPfn))
  if (blocked !== undefined) facts.push(`blocks: ${failureLabel(blocked)}`)
  return facts.join(', ')
}

/** A range as it was typed, with the pages in it, and the failed ranges that overlap it. */
export function searchRanges(trace: Trace, derived: Derived, text: string): PageHits {
  const range = readPfnRange(text, maxPfnOf(trace, derived), trace.machine.pageBytes)
  if (range === undefined) return { hits: [], reading: '' }
  const label = formatPfnRange(range.startPfn, range.endPfn)
  const reading = range.how === '' ? '' : `${label}: ${range.how}`
  return { hits: [...failedIn(derived, range), ...typedRange(trace, range, label)], reading }
}

function typedRange({ pages }: Trace, { startPfn, endPfn }: RangeReading, label: string): readonly SearchHit[] {
  const first = pages.positionAtLeast(startPfn)
  const known = pages.positionAtLeast(endPfn) - first
  const pfn = known === 0 ? startPfn : pages.pfn[pages.byPfn[first]]
  const size = endPfn - startPfn
  const opens = pfn === startPfn ? '' : `, the first is ${formatPfn(pfn)}`
  const detail = `${counted(size, 'page')}, ${known} with events${opens}`
  const span = { label, startPfn, endPfn }
  return [
    { kind: 'range', ...span, detail, pfn },
    { kind: 'pages', ...span, detail: 'their events, filtered by PFN' },
  ]
}

function failedIn(derived: Derived, { startPfn, endPfn }: RangeReading): readonly SearchHit[] {
  return derived.findings
    .filter((finding) => finding.range.startPfn < endPfn && finding.range.endPfn > startPfn)
    .map((finding): SearchHit => {
      const pages = finding.pages.length
      return {
        kind: 'range',
        label: failureLabel(finding),
        detail: counted(pages, 'blocking page'),
        startPfn: finding.range.startPfn,
        endPfn: finding.range.endPfn,
        pfn: finding.pages.at(0)?.pfn ?? finding.range.startPfn,
        failureId: finding.range.id,
      }
    })
}
