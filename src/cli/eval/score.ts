import { type PrintedCulprit, type PrintedReport } from './printed-report.ts'
import { type TrueCulprit, type Truth } from './truth.ts'

/** From here on an answer is called confident. */
export const CONFIDENT = 0.8

/** How well the reports of one capture, or of many, agree with what is known. All but the lists are counts. */
export interface Score {
  readonly ranges: number
  readonly rangesFound: number
  /** Failed ranges that were told of a capture in which nothing failed. */
  readonly falseRanges: number
  /** Pages that are known to be held. */
  readonly pages: number
  /** Of these, pages that a failure lists with a culprit. */
  readonly pagesFound: number
  /** Of the pages of failures that have a culprit, those that are not known to be held. */
  readonly pagesExtra: number
  readonly top1: number
  readonly top3: number
  /** Pages whose true holder is among the first answers that the evidence does not tell apart. */
  readonly listed: number
  /** Of the top-1 hits, those whose kind is right. */
  readonly kindRight: number
  /** Pages that are known to be held and whose first answer is a confident one for somebody else. */
  readonly wrongButConfident: number
  /** Confident culprits of pages that are not known to be held. */
  readonly falseCulprits: number
  /** Every first answer: how sure it was, whether the page is truly held, and whether the holder is the true one. */
  readonly answers: readonly JudgedAnswer[]
  /** Pages held whose first answer, or its kind, is wrong; and some that are not known to be held: words. */
  readonly misses: readonly string[]
  readonly extras: readonly string[]
}

/** The first answer to one page. */
export interface JudgedAnswer {
  readonly headPfn: number
  readonly confidence: number
  readonly isHeld: boolean
  readonly isRight: boolean
  /** `0x17ac9 drv-9 leaky_ioctl driver leak 0.98` */
  readonly text: string
}

/** A page that is known to be held. */
export interface KnownHold {
  /** The page's own PFN or its folio's head. */
  readonly headPfn: number
  readonly kind: string
  readonly isHolder: (culprit: PrintedCulprit) => boolean
  /** The holder in words. */
  readonly wanted: string
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
  listed: 0,
  kindRight: 0,
  wrongButConfident: 0,
  falseCulprits: 0,
  answers: [],
  misses: [],
  extras: [],
}

/** Most words on pages that are not known to be held. */
const EXTRAS_TOLD = 5

/** Compares a report with the truth: its failed ranges, and the holders of their pages. */
export function scoreOf(truth: Truth, report: Pick<PrintedReport, 'failures'>): Score {
  const { failures } = report
  const wanted = truth.outcome === 'fail' ? truth.failed_ranges : []
  const isFound = (range: (typeof wanted)[number]): boolean =>
    failures.some(
      ({ trigger, startPfn, endPfn }) =>
        startPfn === range.start_pfn && endPfn === range.end_pfn && trigger === truth.trigger,
    )
  const known = truth.culprits.map((culprit) => knownHold(culprit))
  return {
    ...scoreHolders(known, report, truth.unmarked_pfns),
    ranges: wanted.length,
    rangesFound: wanted.filter(isFound).length,
    falseRanges: truth.outcome === 'fail' ? 0 : failures.length,
  }
}

/**
 * Compares the holders that a report names with those that are known; a page of several known holds counts once, by the
 * last. What is said of `unmarked` pages counts neither way.
 */
export function scoreHolders(
  holds: readonly KnownHold[],
  report: Pick<PrintedReport, 'failures'>,
  unmarked: readonly number[] = [],
): Score {
  const known = new Map(holds.map((hold) => [hold.headPfn, hold]))
  const answers = answersOf(report)
  const extra = [...answers].filter(([pfn]) => !known.has(pfn) && !unmarked.includes(pfn))
  const judged = [...known.values()].map((hold) => judgePage(hold, answers.get(hold.headPfn) ?? []))
  const judgedExtra = extra.map(([pfn, [first]]) => judgedAnswer(pfn, first, false, false))
  return judged.reduce(addScores, {
    ...NO_SCORE,
    pages: known.size,
    pagesExtra: extra.length,
    falseCulprits: judgedExtra.filter(({ confidence }) => confidence >= CONFIDENT).length,
    answers: judgedExtra,
    extras: judgedExtra.slice(0, EXTRAS_TOLD).map(({ text }) => `extra ${text}`),
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
    listed: a.listed + b.listed,
    kindRight: a.kindRight + b.kindRight,
    wrongButConfident: a.wrongButConfident + b.wrongButConfident,
    falseCulprits: a.falseCulprits + b.falseCulprits,
    answers: [...a.answers, ...b.answers],
    misses: [...a.misses, ...b.misses],
    extras: [...a.extras, ...b.extras],
  }
}

/** A symbol as the report prints it, without the module that may follow. */
export function symbolOf(text: string): string {
  return text.split(' ')[0]
}

/** Culprits of each page that has any, likeliest first, by head PFN; the first failure that lists a page counts. */
function answersOf({ failures }: Pick<PrintedReport, 'failures'>): ReadonlyMap<number, readonly PrintedCulprit[]> {
  const answers = new Map<number, readonly PrintedCulprit[]>()
  for (const { culprits } of failures) {
    for (const [headPfn, ofPage] of byPage(culprits)) if (!answers.has(headPfn)) answers.set(headPfn, ofPage)
  }
  return answers
}

function byPage(culprits: readonly PrintedCulprit[]): ReadonlyMap<number, readonly PrintedCulprit[]> {
  const pages = new Map<number, PrintedCulprit[]>()
  for (const culprit of culprits.toSorted((a, b) => a.rank - b.rank)) {
    const ofPage = pages.get(culprit.headPfn)
    if (ofPage === undefined) pages.set(culprit.headPfn, [culprit])
    else ofPage.push(culprit)
  }
  return pages
}

function judgePage({ headPfn, kind, isHolder, wanted }: KnownHold, culprits: readonly PrintedCulprit[]): Score {
  const first = culprits.at(0)
  const isTop1 = first !== undefined && isHolder(first)
  const isKindRight = isTop1 && first.kind === kind
  const isSure = first !== undefined && first.confidence >= CONFIDENT
  const got = first === undefined ? 'none' : culpritText(first)
  return {
    ...NO_SCORE,
    pagesFound: first === undefined ? 0 : 1,
    top1: isTop1 ? 1 : 0,
    top3: culprits.slice(0, 3).some(isHolder) ? 1 : 0,
    listed: culprits.slice(0, first?.anyOf ?? 0).some(isHolder) ? 1 : 0,
    kindRight: isKindRight ? 1 : 0,
    wrongButConfident: isSure && !isTop1 ? 1 : 0,
    answers: first === undefined ? [] : [judgedAnswer(headPfn, first, true, isTop1)],
    misses: isKindRight ? [] : [`0x${headPfn.toString(16)} want ${wanted}; got ${got}`],
  }
}

function judgedAnswer(headPfn: number, first: PrintedCulprit, isHeld: boolean, isRight: boolean): JudgedAnswer {
  const text = `0x${headPfn.toString(16)} ${culpritText(first)}`
  return { headPfn, confidence: first.confidence, isHeld, isRight, text }
}

function knownHold(truth: TrueCulprit): KnownHold {
  return {
    headPfn: truth.head_pfn ?? truth.pfn,
    kind: truth.kind,
    isHolder: (culprit) => isTrueHolder(truth, culprit),
    wanted: `${truth.comm}-${truth.pid} ${truth.acceptable_functions[0]} ${truth.kind}`,
  }
}

/** The task that took the reference, or gave it back, or a function of its stack. */
function isTrueHolder(truth: TrueCulprit, { comm, pid, function: name }: PrintedCulprit): boolean {
  const isGetter = comm === truth.comm && pid === truth.pid
  const isPutter = comm !== null && comm === truth.put_comm && pid === truth.put_pid
  return isGetter || isPutter || (name !== null && functionsOf(truth).includes(symbolOf(name)))
}

/** Symbols that are a fair answer to who holds the page. */
export function functionsOf(truth: TrueCulprit): readonly string[] {
  return [...truth.acceptable_functions, ...truth.put_stack].map(symbolOf)
}

function culpritText({ comm, pid, function: name, class: of, kind, confidence }: PrintedCulprit): string {
  return `${comm ?? ''}-${pid ?? ''} ${name ?? ''} ${of} ${kind} ${confidence}`
}
