import { type Trace } from '../../../src/model/trace.ts'
import { type ReportFacts } from '../../../src/report/report-facts.ts'
import { expectKept } from './broken.ts'

/** A page of 1 GiB: one that reaches into a range may begin so far before it. */
const LARGEST_FOLIO = 1 << 18

/** No page is invented: each that is blamed lies in its range, or begins before it, and each that is held is one that some file named. */
export function checkPfns(trace: Trace, { failures, pinnerPages }: ReportFacts): void {
  for (const { failure, pages } of failures)
    for (const { pfn } of pages)
      expectKept(pfn >= failure.startPfn - LARGEST_FOLIO && pfn < failure.endPfn, 'page outside its range', () => {
        return `${pfn} of ${failure.startPfn} to ${failure.endPfn} (${failure.id})`
      })
  for (const pfns of pinnerPages)
    for (const pfn of pfns) expectKept(trace.pages.find(pfn) >= 0, 'invented page', () => `${pfn} is in no file`)
}
