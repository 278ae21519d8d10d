/** Something in several forms, the fullest first. `keeps[n]`: how dear form n is; the last form stays where it has none. */
export interface Piece {
  readonly forms: readonly (readonly string[])[]
  readonly keeps: readonly number[]
}

/** Said in place of what was left out: a blank line and this. */
const NOTE_LINES = 2

/**
 * All lines in at most `most`: as long as they are too many, the piece whose form is least dear takes its next one, or goes.
 * Among equals the last one does. What went is counted in a last line.
 */
export function fitLines(head: readonly string[], pieces: readonly Piece[], most: number): readonly string[] {
  const at = pieces.map(() => 0)
  const sizeOf = (): number =>
    pieces.reduce((sum, piece, index) => sum + (piece.forms[at[index]]?.length ?? 0), head.length)
  let room = most
  for (let size = sizeOf(); size > room; size = sizeOf()) {
    const least = leastDear(pieces, at)
    if (least < 0) break
    at[least]++
    room = most - NOTE_LINES
  }
  const lines = [...head, ...pieces.flatMap((piece, index) => piece.forms[at[index]] ?? [])]
  const note = noteText(pieces, at)
  const told = note === '' ? lines : [...lines, '', note]
  // What is dear in itself is bounded; this is for what nobody thought of.
  return told.length <= most ? told : [...told.slice(0, most - 1), '(the rest has no room in a mail)']
}

function leastDear(pieces: readonly Piece[], at: readonly number[]): number {
  let least = -1
  for (let index = 0; index < pieces.length; index++) {
    const keep = keepOf(pieces[index], at[index])
    if (keep === undefined) continue
    if (least < 0 || keep <= (keepOf(pieces[least], at[least]) ?? 0)) least = index
  }
  return least
}

function keepOf({ forms, keeps }: Piece, at: number): number | undefined {
  return at < forms.length ? keeps[at] : undefined
}

function noteText(pieces: readonly Piece[], at: readonly number[]): string {
  const gone = pieces.filter(({ forms }, index) => at[index] >= forms.length).length
  const short = pieces.filter(({ forms }, index) => at[index] > 0 && at[index] < forms.length).length
  const parts = [
    ...(gone === 0 ? [] : [`${gone} ${gone === 1 ? 'thing' : 'things'} left out`]),
    ...(short === 0 ? [] : [`${short} cited without the text`]),
  ]
  return parts.length === 0 ? '' : `For room: ${parts.join(', ')}. pinscope report has all.`
}
