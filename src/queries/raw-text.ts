import { type EvidenceAnswer, type PlaceAnswer } from './wire.ts'

/** Reads lines of one file: 1-based, ascending, each once. What cannot be read is absent from the answer. */
export type ReadLinesOf = (file: number, lines: readonly number[]) => Promise<ReadonlyMap<number, string>>

/**
 * The same answer with the raw text of every evidence line in it, read in one pass over each file. An answer without
 * evidence comes back as it is, and nothing is read.
 */
export async function fillRawText<T>(answer: T, readLinesOf: ReadLinesOf): Promise<T> {
  const byFile = new Map<number, Set<number>>()
  visitEvidence(answer, (evidence) => {
    for (const { file, line } of evidence.places) {
      const lines = byFile.get(file) ?? new Set()
      byFile.set(file, lines.add(line))
    }
  })
  if (byFile.size === 0) return answer
  const texts = new Map<number, ReadonlyMap<number, string>>()
  for (const [file, lines] of byFile)
    texts.set(
      file,
      await readLinesOf(
        file,
        [...lines].sort((a, b) => a - b),
      ),
    )
  return withRawText(answer, ({ file, line }) => texts.get(file)?.get(line) ?? '')
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
