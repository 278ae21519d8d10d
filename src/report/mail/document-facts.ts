import { type EvidenceAnswer } from '../../queries/wire.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { type Block, type Cite } from './report-part.ts'

/** Lines cited for one fact at most. */
const MOST_CITES = 3

/** The cites of a fact, with the text of their lines; the first few. */
export function citesOf({ overview }: Pick<BugReportFacts, 'overview'>, fact: EvidenceAnswer): readonly Cite[] {
  return fact.places.slice(0, MOST_CITES).map(({ file, fileName, line }, at) => {
    return { fileName, line, unit: overview.files[file].unit, raw: (fact.raw[at] ?? '').trim() }
  })
}

/** A fact as a block; says how many more lines prove it. */
export function factBlock(
  facts: Pick<BugReportFacts, 'overview'>,
  fact: EvidenceAnswer,
  { keep, shortKeep, level }: { readonly keep: number; readonly shortKeep?: number; readonly level: number },
): Block {
  const more = fact.places.length - MOST_CITES
  const text = more > 0 ? `${fact.text} (${more} more lines say so)` : fact.text
  return {
    kind: 'fact',
    text,
    cites: citesOf(facts, fact),
    level,
    keep,
    ...(shortKeep === undefined ? {} : { shortKeep }),
  }
}
