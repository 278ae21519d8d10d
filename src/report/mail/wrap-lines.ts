import { plainText } from '../plain-text.ts'

/** Columns of a mail at most. */
export const MAIL_COLUMNS = 80
/** Of prose, so that it can be quoted. */
const PROSE_COLUMNS = 78

/** Punctuation of our own sentences that is not ASCII. */
const ASCII: Readonly<Record<string, string>> = {
  '…': '...',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '−': '-',
  '—': '-',
  '×': 'x',
  '→': '->',
  '·': '-',
}

/** One line of prose for a mail: control characters shown, our own punctuation in ASCII; names keep their letters. */
export function mailText(text: string): string {
  return plainText(text).replace(/[…’‘“”–−—×→·]/g, (mark) => ASCII[mark])
}

/** Columns a text takes at most: what is not ASCII may be wide. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const mark of text) columns += (mark.codePointAt(0) ?? 0) < 0x80 ? 1 : 2
  return columns
}

/**
 * Prose in lines of at most 78 columns, broken at blanks only. A word that fits on no line is left out, and what stands for
 * it says how long it is: a name is never cut. No text is no line.
 */
export function wrapProse(text: string, indent: string, hanging: string = indent): readonly string[] {
  const lines: string[] = []
  let line = indent
  let isEmpty = true
  for (const word of fitting(mailText(text), PROSE_COLUMNS - hanging.length)) {
    if (!isEmpty && columnsOf(line) + 1 + columnsOf(word) > PROSE_COLUMNS) {
      lines.push(line)
      line = hanging
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return isEmpty ? lines : [...lines, line]
}

function fitting(text: string, room: number): readonly string[] {
  const words = text.split(/ +/).filter((word) => word !== '')
  return words.flatMap((word) => {
    const columns = columnsOf(word)
    return columns <= room ? [word] : ['(a', 'name', 'of', String(columns), 'columns', 'is', 'left', 'out)']
  })
}

/**
 * A line of a file for a mail, behind `head`, which says where it stands. It is cut at blanks only, and each piece is what the
 * file has there, blanks within it included, so that grep finds it. A word that has no room, or that a terminal would not
 * print as it is, is left out, which is said in its place.
 */
export function wrapRaw(raw: string, head: string, indent: string): readonly string[] {
  const lines: string[] = []
  let line = head
  let hasPiece = false
  const end = (next: string): void => {
    if (hasPiece || lines.length === 0) lines.push(line)
    line = next
    hasPiece = false
  }
  for (const { gap, piece } of wordsOf(raw)) {
    const columns = columnsOf(piece)
    if (columns > MAIL_COLUMNS - indent.length || plainText(piece) !== piece) {
      end(indent)
      lines.push(`${indent}(left out here: ${columns} columns without a blank, or not printable)`)
      continue
    }
    const between = hasPiece ? gap : lines.length === 0 ? ' ' : ''
    const isJoined = (!hasPiece || /^ +$/.test(gap)) && columnsOf(line + between) + columns <= MAIL_COLUMNS
    if (!isJoined) end(indent)
    line += isJoined ? between + piece : piece
    hasPiece = true
  }
  if (hasPiece || lines.length === 0) lines.push(line)
  return lines
}

interface Word {
  /** Blanks before it. */
  readonly gap: string
  readonly piece: string
}

function wordsOf(raw: string): readonly Word[] {
  return Array.from(raw.matchAll(/(\s*)(\S+)/g), ([, gap, piece]) => ({ gap, piece }))
}
