import { type BlockingPage, type Finding, type Verdict } from '../../derive/attribution/finding.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trigger } from '../../derive/failures/failed-range.ts'
import { plainSymbol } from '../../derive/stack-hash.ts'
import { type Trace } from '../../model/trace.ts'
import { primaryPage } from '../failure-answer.ts'
import { printedText, tellingLine } from '../failure-time.ts'
import { likeliest } from '../holders-across.ts'
import { placeOf } from '../place.ts'
import { functionText } from '../stack-answer.ts'
import { timeAnswer } from '../time-answer.ts'
import { type PlaceAnswer } from '../wire.ts'

/** Failed ranges that are alike: the same trigger, size, verdict, and holder of the page that a summary speaks of. */
export interface FailureKind {
  readonly trigger: Trigger
  /** Pages of the range; of a zone that compaction failed in, 0: its size is the machine's. */
  readonly pages: number
  readonly verdict: Verdict
  /** `do_tee`, `any of 3 holders`, or empty when nobody is named. */
  readonly holder: string
  readonly ranges: number
  /** Times that they failed, retries counted. */
  readonly tries: number
  /** Different pages that blocked. */
  readonly blocking: number
  /** Of the ranges, those after which the same allocation got another window. */
  readonly gotInstead: number
  readonly example: FailureExample
}

/** The first of the ranges. */
export interface FailureExample {
  readonly id: string
  readonly startPfn: number
  readonly endPfn: number
  /** As printed; empty when not recorded. */
  readonly time: string
  readonly place?: PlaceAnswer
}

/** The failed ranges of a capture by kind, in order of their first. O(blocking pages). */
export function failureKinds(trace: Trace, derived: Derived): readonly FailureKind[] {
  const found = new Map<string, Mutable<FailureKind> & { readonly pfns: Set<number> }>()
  for (const finding of derived.findings) {
    const { range, verdict } = finding
    const pages = range.trigger === 'compaction' ? 0 : range.endPfn - range.startPfn
    const holder = holderName(finding)
    const key = failureKey({ trigger: range.trigger, pages, verdict, holder })
    const kind = found.get(key) ?? {
      trigger: range.trigger,
      pages,
      verdict,
      holder,
      ranges: 0,
      tries: 0,
      blocking: 0,
      gotInstead: 0,
      example: exampleOf(trace, finding),
      pfns: new Set<number>(),
    }
    kind.ranges++
    kind.tries += range.attempts
    if (range.gotInstead !== undefined) kind.gotInstead++
    for (const page of finding.pages) kind.pfns.add(page.headPfn)
    found.set(key, kind)
  }
  return [...found.values()].map(({ pfns, ...kind }) => ({ ...kind, blocking: pfns.size }))
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** What makes failed ranges alike, as one text. */
export function failureKey({
  trigger,
  pages,
  verdict,
  holder,
}: Pick<FailureKind, 'trigger' | 'pages' | 'verdict' | 'holder'>): string {
  return [trigger, pages, verdict, holder].join(' ')
}

function holderName(finding: Finding): string {
  const page = primaryPage(finding)
  const holders = page === undefined ? [] : likeliest(page)
  const first = holders.at(0)
  if (first === undefined) return ''
  const names = new Set(holders.map(nameOf))
  return names.size === 1 ? nameOf(first) : `any of ${names.size} holders`
}

function nameOf({ function: symbol, module }: BlockingPage['culprits'][number]): string {
  return symbol === '' ? 'a holder without a stack' : functionText(plainSymbol(symbol), module)
}

function exampleOf(trace: Trace, { range }: Finding): FailureExample {
  return {
    id: range.id,
    startPfn: range.startPfn,
    endPfn: range.endPfn,
    time: range.time === undefined ? printedText(range.printedNs) : timeAnswer(trace, range.time).text,
    ...(range.lines.length === 0 ? {} : { place: placeOf(trace, tellingLine(trace, range)) }),
  }
}
