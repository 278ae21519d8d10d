import { oncePer } from '../base/once-per.ts'
import { formatPfn, formatPfnRange } from '../base/pfn.ts'
import { type Finding, type Verdict } from '../derive/attribution/finding.ts'
import { contains } from '../derive/failures/failed-range.ts'
import { type Trace } from '../model/trace.ts'
import { confidenceWord } from './confidence-word.ts'
import { whenText } from './failure-time.ts'
import { culpritName, culpritOfPage } from './triage-culprit.ts'
import { type GroupedRange } from './triage-groups.ts'

/** Which failed ranges are listed. */
export interface TriageChoice {
  readonly verdict?: Verdict
  /** Words that must all be found: in trigger, range, time, verdict, holder, task, confidence; a PFN is found in its range. */
  readonly filter: string
  /** Ids of the ranges to choose among, or of those to leave out: what people said of them is known to the page alone. */
  readonly among?: { readonly ids: readonly string[]; readonly isExcluded: boolean }
}

/** True for the ranges that are listed. Made once for a question. */
export type IsListed = (range: Pick<GroupedRange, 'finding'>) => boolean

/** The choice as a function. A word as hex with `0x` matches the ranges that contain that PFN, besides where it is text. */
export function chooser(trace: Trace, { verdict, filter, among }: TriageChoice): IsListed {
  const ids = among && new Set(among.ids)
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return ({ finding }) => {
    if (verdict !== undefined && finding.verdict !== verdict) return false
    if (ids !== undefined && ids.has(finding.range.id) === among?.isExcluded) return false
    return words.every((word) => isFound(trace, finding, word))
  }
}

function isFound(trace: Trace, finding: Finding, word: string): boolean {
  if (/^0x[0-9a-f]+$/.test(word) && contains(finding.range, Number(word))) return true
  return textOf(finding).includes(word) || whenText(trace, finding.range).includes(word)
}

/** What a range is found by, in lower case. Made once a range. */
const textOf = oncePer(({ range, verdict, pages }: Finding) => {
  const culprits = [...new Map(pages.map((page) => [culpritOfPage(page).key, culpritOfPage(page)])).values()]
  const names = culprits.flatMap(({ culprits: all, confidence }) => [
    ...all.map(culpritName),
    confidenceWord(confidence),
  ])
  const pfns = [...new Set(pages.flatMap(({ pfn, headPfn }) => [pfn, headPfn]))].map(formatPfn)
  const text = [range.trigger, formatPfnRange(range.startPfn, range.endPfn), verdict, ...names, ...pfns]
  return text.join('\n').toLowerCase()
})
