/**
 * What makes one text of another, line by line: `@ 12` names a line of `from` (1-based), `-` the lines that go from
 * there on, `+` what comes in their place. Empty where the texts are the same. No two texts have the same difference
 * from a third, so a stored difference pins a text to the byte.
 */
export function lineDifference(from: string, to: string): string {
  const before = from.split('\n')
  const after = to.split('\n')
  const kept = keptLines(before, after)
  const ends = [...kept, { before: before.length, after: after.length }]
  let [row, newRow] = [0, 0]
  const said: string[] = []
  for (const end of ends) {
    if (row < end.before || newRow < end.after) said.push(`@ ${row + 1}`)
    for (; row < end.before; row++) said.push(`-${before[row] ?? ''}`)
    for (; newRow < end.after; newRow++) said.push(`+${after[newRow] ?? ''}`)
    row = end.before + 1
    newRow = end.after + 1
  }
  return said.map((line) => `${line}\n`).join('')
}

/** A line that stands in both texts, by its row in each. */
interface KeptLine {
  readonly before: number
  readonly after: number
}

/** The most lines that both texts have in the same order. */
function keptLines(before: readonly string[], after: readonly string[]): readonly KeptLine[] {
  const most = commonBehind(before, after)
  const kept: KeptLine[] = []
  let [row, newRow] = [0, 0]
  while (row < before.length && newRow < after.length) {
    if (before[row] === after[newRow]) kept.push({ before: row++, after: newRow++ })
    else if ((most[row + 1]?.[newRow] ?? 0) >= (most[row]?.[newRow + 1] ?? 0)) row++
    else newRow++
  }
  return kept
}

/** How many lines the texts have in common from a row of each on: `[row][newRow]`, with a row of zeros behind each. */
function commonBehind(before: readonly string[], after: readonly string[]): readonly Uint16Array[] {
  const most = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  for (let row = before.length - 1; row >= 0; row--) {
    const [here, below] = [most[row] ?? [], most[row + 1] ?? []]
    for (let newRow = after.length - 1; newRow >= 0; newRow--) {
      const isKept = before[row] === after[newRow]
      here[newRow] = isKept ? 1 + (below[newRow + 1] ?? 0) : Math.max(below[newRow] ?? 0, here[newRow + 1] ?? 0)
    }
  }
  return most
}
