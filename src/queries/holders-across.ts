import { formatDuration } from '../base/clock.ts'
import { type BlockingPage, type Culprit } from '../derive/attribution/finding.ts'
import { type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { blockedPart } from '../derive/failures/blocked-part.ts'
import { type FailedRange } from '../derive/failures/failed-range.ts'
import { type Trace } from '../model/trace.ts'
import { confidenceWord } from './confidence-word.ts'
import { isPrivateDataOnly } from './private-data.ts'
import { functionText } from './stack-answer.ts'
import { taskAnswer } from './task-answer.ts'
import { type TaskAnswer } from './wire.ts'

/** In the place of a duration: none of its holds ended in the trace. */
const NOT_PUT = 'not put'
/** The same of one that has outlived its task. */
const NOT_PUT_GONE = 'not put, its task is gone'

/** One holder over all failed ranges: a task in one function. */
export interface HolderAcross {
  readonly task: TaskAnswer
  /** `leaky_grab [leaky]`; empty when no stack was recorded. */
  readonly holder: string
  readonly class: ReferenceClassId
  /** Ids of the failed ranges that it blocked, in time order. */
  readonly rangeIds: readonly string[]
  /** Failed ranges that it blocked; of a compaction each pageblock counts. */
  readonly blocked: number
  /** Different pages that it held in them. */
  readonly pages: number
  /** Of its longest hold, as far as it was seen; empty when its get was not, `NOT_PUT` or `NOT_PUT_GONE` when no put was. */
  readonly longestText: string
  /** Of its surest page. */
  readonly confidence: number
  readonly confidenceWord: string
  /** Some of its holds are leaks that outlived its process. */
  readonly taskGone?: true
}

/**
 * The likeliest holder of every blocking page, each once (who attached private data alone is none): those that blocked most ranges first, then most pages, then the
 * surest, of those the ones whose task is gone. Of holders that nothing separates each counts. O(blocking pages).
 */
export function holdersAcross(trace: Trace, derived: Derived): readonly HolderAcross[] {
  const found = new Map<string, Gathered>()
  for (const { range, pages } of derived.findings) {
    for (const page of pages) for (const culprit of likeliest(page)) gather(found, range, page, culprit)
  }
  return [...found.values()]
    .map((gathered) => answerOf(trace, gathered))
    .toSorted(
      (a, b) => b.blocked - a.blocked || b.pages - a.pages || b.confidence - a.confidence || goneness(b) - goneness(a),
    )
}

function goneness({ taskGone }: HolderAcross): number {
  return Number(taskGone ?? false)
}

interface Gathered {
  readonly culprit: Culprit
  readonly ranges: Set<string>
  readonly parts: Set<string>
  readonly pfns: Set<number>
  longestNs: number
  confidence: number
  isGone: boolean
}

/** Holders of a page that come first, and those that the evidence does not separate from them; private data is none. */
export function likeliest(page: BlockingPage): readonly Culprit[] {
  const holders = page.culprits.filter((culprit) => !isPrivateDataOnly(page, culprit))
  return holders.filter(({ rank, anyOf }) => rank === 1 || (anyOf > 1 && rank <= anyOf))
}

function gather(found: Map<string, Gathered>, range: FailedRange, page: BlockingPage, culprit: Culprit): void {
  const key = [culprit.comm, culprit.pid, culprit.function, culprit.module].join('\n')
  const known = found.get(key) ?? {
    culprit,
    ranges: new Set(),
    parts: new Set(),
    pfns: new Set(),
    longestNs: -1,
    confidence: 0,
    isGone: false,
  }
  known.ranges.add(range.id)
  known.parts.add(`${range.id} ${blockedPart(range, page.pfn).startPfn}`)
  known.pfns.add(page.headPfn)
  const { heldFrom, heldTo } = culprit
  if (heldFrom !== undefined && heldTo !== undefined) known.longestNs = Math.max(known.longestNs, heldTo - heldFrom)
  known.confidence = Math.max(known.confidence, culprit.confidence)
  known.isGone ||= culprit.taskGone ?? false
  found.set(key, known)
}

function answerOf(
  trace: Trace,
  { culprit, ranges, parts, pfns, longestNs, confidence, isGone }: Gathered,
): HolderAcross {
  const isOpen = culprit.heldFrom !== undefined && culprit.heldTo === undefined
  const longest = longestNs < 0 ? '' : formatDuration(longestNs, trace.clock.style.unit)
  return {
    task: culprit.task === undefined ? { comm: culprit.comm, pid: culprit.pid } : taskAnswer(trace, culprit.task),
    holder: functionText(culprit.function, culprit.module),
    class: culprit.class,
    rangeIds: [...ranges],
    blocked: parts.size,
    pages: pfns.size,
    longestText: isOpen && longest === '' ? (isGone ? NOT_PUT_GONE : NOT_PUT) : longest,
    confidence,
    confidenceWord: confidenceWord(confidence),
    ...(isGone ? { taskGone: true } : {}),
  }
}
