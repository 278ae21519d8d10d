import { formatPfnRange } from '../base/pfn.ts'
import { type Finding } from '../derive/attribution/finding.ts'

/** True when a failed range covers a page or one of its blocking pages is it. */
export function concernsPage(finding: Finding, pfn: number, headPfn: number): boolean {
  const { startPfn, endPfn } = finding.range
  return (startPfn <= pfn && pfn < endPfn) || blocksWith(finding, pfn, headPfn)
}

/** True when a page, or its folio, blocked a range. */
export function blocksWith(finding: Finding, pfn: number, headPfn: number): boolean {
  return finding.pages.some((page) => page.pfn === pfn || page.headPfn === headPfn)
}

/** `cma failed on [0xdc00, 0x1fc00)`. */
export function failureLabel(finding: Finding): string {
  return `${finding.range.trigger} failed on ${formatPfnRange(finding.range.startPfn, finding.range.endPfn)}`
}
