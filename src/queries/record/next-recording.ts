import { type PfnSpan } from '../../base/pfn-spans.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { areaOf, blockOf } from './next-place.ts'
import { missingIn, type NextReason } from './next-reasons.ts'
import { openPages, type OpenPage } from './open-pages.ts'
import { type RecordQuestion, type RecordTrigger, USUAL_BUFFER_KB } from './record-question.ts'

/** What to record next is asked of a capture as a whole. */
export type NextRecordingQuestion = Record<string, never>

/** What a capture leaves open, and the recording that would tell. Plain JSON. */
export interface NextRecording {
  /** All but the tool. `kernel` is empty when no file tells the release. */
  readonly question: Omit<RecordQuestion, 'tool'>
  /** What is missing from these files, most telling first; a sentence each. */
  readonly reasons: readonly NextReason[]
  /**
   * The failed range of these pages. `question` has it where a get is missing: what takes the reference is to be started anew,
   * and then gets other pages.
   */
  readonly rangeSpans: readonly PfnSpan[]
  /** Pages whose holders are not known, or not surely. */
  readonly pages: readonly OpenPage[]
  readonly pagesLeftOff: number
}

/** Pages listed with why; the question has them all. */
const PAGES_LISTED = 50
const MORE_BUFFER = 4

/** The recording that would answer what this capture does not. O(events) the first time. */
export function nextRecording(trace: Trace, derived: Derived): NextRecording {
  const pages = openPages(trace, derived)
  const reasons = missingIn(trace, derived, pages)
  const range = derived.findings.find((finding) =>
    finding.pages.some(({ pfn }) => pages.some((open) => open.pfn === pfn)),
  )
  const asked = (range ?? derived.findings.at(-1))?.range
  const trigger = triggerOf(asked?.trigger)
  const rangeSpans = asked === undefined || asked.endPfn <= asked.startPfn ? [] : [pick(asked)]
  const isAnew = rangeSpans.length > 0 && pages.some(({ needsGet }) => needsGet)
  const isLossy = reasons.some(({ kind }) => kind === 'lost')
  const area = asked === undefined ? undefined : areaOf(trace, asked)
  const block = asked === undefined || trigger !== 'offline' ? undefined : blockOf(trace, asked)
  return {
    question: {
      kernel: trace.machine.release,
      trigger,
      spans: isAnew ? rangeSpans : spansOf(pages, rangeSpans),
      ...(area === undefined || trigger !== 'cma' ? {} : { area }),
      ...(block === undefined ? {} : { block }),
      ...(!isAnew && pages.length > 0 && pages.every(({ order }) => order >= 0) ? { isHeadsKnown: true } : {}),
      bufferKb: USUAL_BUFFER_KB * (isLossy ? MORE_BUFFER : 1),
    },
    reasons,
    rangeSpans,
    pages: pages.slice(0, PAGES_LISTED),
    pagesLeftOff: Math.max(0, pages.length - PAGES_LISTED),
  }
}

/** Open pages with their heads; all of the range where none is open. A filter adds heads that are not known. */
function spansOf(pages: readonly OpenPage[], rangeSpans: readonly PfnSpan[]): readonly PfnSpan[] {
  if (pages.length === 0) return rangeSpans
  return [...new Set(pages.flatMap(({ pfn, headPfn }) => [headPfn, pfn]))]
    .toSorted((a, b) => a - b)
    .map((pfn) => ({ startPfn: pfn, endPfn: pfn + 1 }))
}

function pick({ startPfn, endPfn }: PfnSpan): PfnSpan {
  return { startPfn, endPfn }
}

function triggerOf(trigger: string | undefined): RecordTrigger {
  return trigger === 'cma' || trigger === 'offline' || trigger === 'compaction' || trigger === 'hugetlb'
    ? trigger
    : 'wait'
}
