import { type BlockingPageAnswer, type EvidenceAnswer, type HoldAnswer } from '../../queries/wire.ts'
import { type ChartMark } from '../widgets/chart-marks.tsx'

/** A fact with the number that marks what it cites. */
export interface NumberedFact {
  readonly number: number
  readonly fact: EvidenceAnswer
}

/** All facts of a blocking page, counted on from 1: those of its holders in the order of their rank, then its own. */
export function numberedFacts(page: BlockingPageAnswer): readonly NumberedFact[] {
  const facts = [...page.culprits.flatMap((culprit) => culprit.evidence), ...page.evidence]
  return facts.map((fact, at) => ({ number: at + 1, fact }))
}

/** Number of the first fact of the holder at a position of `culprits`; of the page's own facts for the position after all. */
export function firstNumberOf(page: BlockingPageAnswer, position: number): number {
  return 1 + page.culprits.slice(0, position).reduce((sum, culprit) => sum + culprit.evidence.length, 0)
}

interface PlacedPoint {
  readonly ns: number
  readonly text: string
  readonly file: number
  readonly line: number
}

/** Moments to mark: of each fact its own, and those of the drawn points whose lines it cites. Ascending, each once. */
export function marksOf(facts: readonly NumberedFact[], points: readonly PlacedPoint[]): readonly ChartMark[] {
  const momentOf = new Map(points.map((point) => [keyOf(point), point] as const))
  const marks = new Map<string, ChartMark>()
  for (const { number, fact } of facts) {
    const cited = fact.places.flatMap((place) => momentOf.get(keyOf(place)) ?? [])
    for (const { ns, text } of [...(fact.time ? [fact.time] : []), ...cited])
      marks.set(`${number} ${ns}`, { number, ns, words: `${number}: ${fact.text}, at ${text}` })
  }
  return [...marks.values()].toSorted((one, other) => one.ns - other.ns || one.number - other.number)
}

/** Numbers of the facts that cite the get or the put of each hold: `1, 3`; only of holds that are cited. */
export function numbersOfHolds(
  facts: readonly NumberedFact[],
  holds: readonly HoldAnswer[],
): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, readonly number[]>()
  for (const hold of holds) {
    const ends = [hold.getPlace, hold.putPlace].flatMap((place) => (place ? [keyOf(place)] : []))
    const found = facts.filter(({ fact }) => fact.places.some((place) => ends.includes(keyOf(place))))
    if (found.length > 0)
      numbers.set(
        hold.id,
        found.map(({ number }) => number),
      )
  }
  return numbers
}

/** Ids of the holds that leaks of a page are known by: those whose lines their facts cite. */
export function leaksAmong(page: BlockingPageAnswer | undefined, holds: readonly HoldAnswer[]): ReadonlySet<string> {
  const facts = (page?.culprits ?? [])
    .filter(({ kind }) => kind === 'leak')
    .flatMap(({ evidence }) => evidence.map((fact) => ({ number: 0, fact })))
  const open = holds.filter(({ kind }) => kind === 'open')
  return new Set(numbersOfHolds(facts, open).keys())
}

function keyOf({ file, line }: { readonly file: number; readonly line: number }): string {
  return `${file}:${line}`
}
