import { type BlockingPage, type Finding } from '../../derive/attribution/finding.ts'
import { tellPage } from '../../derive/attribution/findings.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { pageOfPfn } from '../page-of-pfn.ts'

/** A blocking page of which a capture does not tell the holder for sure. */
export interface OpenPage {
  readonly pfn: number
  /** Where its references are counted; `pfn` itself when no file tells another. */
  readonly headPfn: number
  /** Order of its folio; -1 when no file tells. */
  readonly order: number
  readonly why: string
  /** Its reference was taken where the trace did not look: a recording must begin before that. */
  readonly needsGet: boolean
}

/** Holders from here on are taken as answered. */
const SURE = 0.8

/** Blocking pages with an open question, in the order of the failed ranges, each once. */
export function openPages(trace: Trace, derived: Derived): readonly OpenPage[] {
  const found = new Map<number, OpenPage>()
  for (const finding of derived.findings) {
    for (const page of finding.pages) {
      const why = openQuestion(page, () => hasExcess(trace, derived, finding, page))
      if (why === undefined || found.has(page.pfn)) continue
      const needsGet = page.culprits.length === 0
      const { headPfn, order } = pageOfPfn(trace, page.pfn)
      found.set(page.pfn, {
        pfn: page.pfn,
        headPfn: page.headPfn === page.pfn ? headPfn : page.headPfn,
        order,
        why,
        needsGet,
      })
    }
  }
  return [...found.values()]
}

/** A page has references above what migration expects. Costs a look at the life of the page. */
export function hasExcess(trace: Trace, derived: Derived, finding: Finding, page: BlockingPage): boolean {
  return (tellPage(trace, derived, finding, page).excess ?? 0) > 0
}

function openQuestion({ verdict, culprits }: BlockingPage, exceeds: () => boolean): string | undefined {
  const first = culprits.at(0)
  if (first === undefined) {
    if (verdict === 'unmovable') return undefined
    return exceeds()
      ? 'it has references that migration does not expect, and no get of them is in the trace'
      : 'nothing tells who held it'
  }
  if (first.anyOf > 1) return `any of ${first.anyOf} holders: the events do not tell them apart`
  if (first.confidence < SURE) return `the likeliest holder is not sure (${first.confidence.toFixed(2)})`
  return first.function === '' ? 'its holder has no stack' : undefined
}
