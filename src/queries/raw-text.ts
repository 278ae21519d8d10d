import { type EvidenceAnswer, type PlaceAnswer } from './wire.ts'

/** Reads the text of lines: one text for each place, in order. */
export type ReadPlaces = (places: readonly PlaceAnswer[]) => Promise<readonly string[]>

/**
 * The same answer with the raw text of every evidence line in it, read in one pass over the files. An answer without
 * evidence comes back as it is, and nothing is read.
 */
export async function fillRawText<T>(answer: T, readPlaces: ReadPlaces): Promise<T> {
  const places = new Map<string, PlaceAnswer>()
  visitEvidence(answer, (evidence) => {
    for (const place of evidence.places) places.set(keyOf(place), place)
  })
  if (places.size === 0) return answer
  const texts = await readPlaces([...places.values()])
  const textOf = new Map([...places.keys()].map((key, at) => [key, texts[at] ?? '']))
  return withRawText(answer, (place) => textOf.get(keyOf(place)) ?? '')
}

function keyOf(place: PlaceAnswer): string {
  return `${place.file}:${place.line}`
}

function visitEvidence(value: unknown, visit: (evidence: EvidenceAnswer) => void): void {
  if (typeof value !== 'object' || value === null) return
  if (isEvidence(value)) visit(value)
  else for (const part of Object.values(value)) visitEvidence(part, visit)
}

function withRawText<T>(value: T, textOf: (place: PlaceAnswer) => string): T {
  if (typeof value !== 'object' || value === null) return value
  const changed: unknown = isEvidence(value)
    ? { ...value, raw: value.places.map(textOf) }
    : Array.isArray(value)
      ? value.map((part) => withRawText(part, textOf))
      : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withRawText(part, textOf)]))
  // The copy has the shape of what was copied: only the texts in `raw` differ.
  return changed as T
}

function isEvidence(value: object): value is EvidenceAnswer {
  return 'places' in value && 'raw' in value && Array.isArray(value.places)
}
