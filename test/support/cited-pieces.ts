/** A line that a mail cites, with the pieces of it that it prints, in order. */
export interface CitedPieces {
  readonly file: string
  readonly line: number
  readonly isRecord: boolean
  readonly pieces: readonly string[]
}

const HEAD = /^( +)(?:record (\d+) of (.+?)|(.+?):(\d+)):(?: (.*))?$/

/**
 * What a mail cites with its text, of files that are known: `file:line: piece`, or `record N of file: piece`, and the lines
 * behind it that are two columns further in. A note in parentheses that something is left out is no piece.
 */
export function citedPieces(mail: string, files: readonly string[]): readonly CitedPieces[] {
  const found: CitedPieces[] = []
  const lines = mail.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const match = HEAD.exec(lines[at])
    if (match === null) continue
    const [, indent, record, ofFile, name, number, first] = match
    const file = files.find((known) => known === (ofFile ?? name))
    if (file === undefined) continue
    const pieces = first === undefined ? [] : [first]
    for (; (lines[at + 1] ?? '').startsWith(`${indent}  `) && !HEAD.test(lines[at + 1]); at++)
      pieces.push(lines[at + 1].slice(indent.length + 2))
    found.push({
      file,
      line: Number(record ?? number),
      isRecord: record !== undefined,
      pieces: pieces.filter((piece) => !/^\((?:left out here|the rest of this line)/.test(piece)),
    })
  }
  return found
}
