import { type Culprit, type Finding } from '../../src/derive/attribution/finding.ts'
import { type FailedRange } from '../../src/derive/failures/failed-range.ts'
import { type TrueCulprit, type Truth } from './truth.ts'

/** From here on an answer is called confident. */
export const CONFIDENT = 0.8

/** How well the findings of one capture, or of many, agree with what is known. All are counts. */
export interface Score {
  readonly ranges: number
  readonly rangesFound: number
  /** Failed ranges that were told of a capture in which nothing failed. */
  readonly falseRanges: number
  /** Pages that are known to be held. */
  readonly pages: number
  /** Of these, pages that a finding lists with a culprit. */
  readonly pagesFound: number
  /** Of the pages of findings that have a culprit, those that are not known to be held. */
  readonly pagesExtra: number
  readonly top1: number
  readonly top3: number
  /** Of the top-1 hits, those whose kind is right. */
  readonly kindRight: number
  /** Pages that are known to be held and whose first answer is a confident one for somebody else. */
  readonly wrongButConfident: number
  /** Confident culprits of pages that are not known to be held. */
  readonly falseCulprits: number
  /** Every first answer: how sure it was, whether the page is truly held, and whether the holder is the true one. */
  readonly answers: readonly JudgedAnswer[]
  readonly misses: readonly string[]
}

/** The first answer to one page. */
export interface JudgedAnswer {
  readonly confidence: number
  readonly isHeld: boolean
  readonly isRight: boolean
}

export const NO_SCORE: Score = {
  ranges: 0,
  rangesFound: 0,
  falseRanges: 0,
  pages: 0,
  pagesFound: 0,
  pagesExtra: 0,
  top1: 0,
  top3: 0,
  kindRight: 0,
  wrongButConfident: 0,
  falseCulprits: 0,
  answers: [],
  misses: [],
}

/** Compares findings with the truth. A page is matched by its own PFN or its folio's. */
export function scoreOf(truth: Truth, findings: readonly Finding[]): Score {
  const wanted = truth.outcome === 'fail' ? truth.failed_ranges : []
  const found = findings.map((finding) => finding.range)
  const known = new Map(truth.culprits.map((culprit) => [culprit.head_pfn ?? culprit.pfn, culprit]))
  const answers = answersOf(findings)
  const extra = [...answers].filter(([pfn]) => !known.has(pfn) && !truth.unmarked_pfns.includes(pfn))
  const judged = [...known].map(([pfn, culprit]) => judgePage(pfn, culprit, answers.get(pfn) ?? []))
  return judged.reduce(addScores, {
    ...NO_SCORE,
    ranges: wanted.length,
    rangesFound: wanted.filter((range) => found.some((other) => isSameRange(truth, range, other))).length,
    falseRanges: truth.outcome === 'fail' ? 0 : found.length,
    pages: known.size,
    pagesExtra: extra.length,
    falseCulprits: extra.filter(([, culprits]) => culprits[0].confidence >= CONFIDENT).length,
    answers: extra.map(([, [{ confidence }]]) => ({ confidence, isHeld: false, isRight: false })),
    misses: extra.slice(0, 5).map(([pfn, culprits]) => `extra 0x${pfn.toString(16)} ${culpritText(culprits[0])}`),
  })
}

/** Sums two scores. */
export function addScores(a: Score, b: Score): Score {
  return {
    ranges: a.ranges + b.ranges,
    rangesFound: a.rangesFound + b.rangesFound,
    falseRanges: a.falseRanges + b.falseRanges,
    pages: a.pages + b.pages,
    pagesFound: a.pagesFound + b.pagesFound,
    pagesExtra: a.pagesExtra + b.pagesExtra,
    top1: a.top1 + b.top1,
    top3: a.top3 + b.top3,
    kindRight: a.kindRight + b.kindRight,
    wrongButConfident: a.wrongButConfident + b.wrongButConfident,
    falseCulprits: a.falseCulprits + b.falseCulprits,
    answers: [...a.answers, ...b.answers],
    misses: [...a.misses, ...b.misses],
  }
}

/** Culprits of each page that has any, by head PFN; the first finding that lists a page counts. */
function answersOf(findings: readonly Finding[]): ReadonlyMap<number, readonly Culprit[]> {
  const answers = new Map<number, readonly Culprit[]>()
  for (const finding of findings) {
    for (const { headPfn, culprits } of finding.pages) {
      if (culprits.length > 0 && !answers.has(headPfn)) answers.set(headPfn, culprits)
    }
  }
  return answers
}

function isSameRange(truth: Truth, range: Truth['failed_ranges'][number], other: FailedRange): boolean {
  return other.startPfn === range.start_pfn && other.endPfn === range.end_pfn && other.trigger === truth.trigger
}

function judgePage(pfn: number, truth: TrueCulprit, culprits: readonly Culprit[]): Score {
  const isTop1 = culprits.slice(0, 1).some((culprit) => isHolder(truth, culprit))
  const isWrong = culprits.length > 0 && !isTop1
  const isKindRight = isTop1 && culprits[0].kind === truth.kind
  const wanted = `${truth.comm}-${truth.pid} ${truth.acceptable_functions[0]} ${truth.kind}`
  const got = culprits.length === 0 ? 'none' : culpritText(culprits[0])
  return {
    ...NO_SCORE,
    pagesFound: culprits.length > 0 ? 1 : 0,
    top1: isTop1 ? 1 : 0,
    top3: culprits.slice(0, 3).some((culprit) => isHolder(truth, culprit)) ? 1 : 0,
    kindRight: isKindRight ? 1 : 0,
    wrongButConfident: isWrong && culprits[0].confidence >= CONFIDENT ? 1 : 0,
    answers: culprits.slice(0, 1).map(({ confidence }) => ({ confidence, isHeld: true, isRight: isTop1 })),
    misses: isKindRight ? [] : [`0x${pfn.toString(16)} want ${wanted}; got ${got}`],
  }
}

/** The task that took the reference, or gave it back, or a function of its stack. */
function isHolder(truth: TrueCulprit, culprit: Culprit): boolean {
  const isTask =
    (culprit.comm === truth.comm && culprit.pid === truth.pid) ||
    (culprit.comm === truth.put_comm && culprit.pid === truth.put_pid)
  const functions = [...truth.acceptable_functions, ...truth.put_stack].map((name) => name.split(' ')[0])
  return isTask || functions.includes(culprit.function)
}

function culpritText(culprit: Culprit): string {
  return `${culprit.comm}-${culprit.pid} ${culprit.function} ${culprit.class} ${culprit.kind} ${culprit.confidence}`
}
