const MOST_NAMED = 3

/** The known words that a mistyped one may have meant, nearest first, at most three; none when nothing is near. */
export function nearWords(typed: string, known: readonly string[]): readonly string[] {
  const word = typed.toLowerCase()
  return known
    .map((id) => ({ id, distance: isPartOf(word, id) ? 0 : editDistance(word, id) }))
    .filter(({ id, distance }) => distance <= Math.max(1, Math.floor(Math.min(word.length, id.length) / 3)))
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, MOST_NAMED)
    .map(({ id }) => id)
}

/** Two letters fit anywhere and say nothing. */
function isPartOf(word: string, id: string): boolean {
  return word.length > 2 && id.includes(word)
}

/** Letters to add, drop or change (Levenshtein). O(lengths), for words as people type them. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let at = 1; at <= one.length; at++) {
    const next = [at]
    for (let to = 1; to <= other.length; to++) {
      const change = row[to - 1] + (one[at - 1] === other[to - 1] ? 0 : 1)
      next.push(Math.min(row[to] + 1, next[to - 1] + 1, change))
    }
    row = next
  }
  return row[other.length]
}
