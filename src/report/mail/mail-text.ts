import { plainText } from '../plain-text.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { fitLines, type Piece } from './fit-lines.ts'
import { reportDocument } from './report-document.ts'
import { type Block, type Cite } from './report-part.ts'
import { columnsOf, mailText, wrapProse, wrapRaw } from './wrap-lines.ts'

/** Lines of a mail at most. */
export const MAIL_LINES = 60
/** Of one text, of one cited line: what a hostile file could fill a mail with. */
const MOST_TEXT_LINES = 7
const MOST_RAW_LINES = 6
const LONGEST_NAME = 48

/**
 * The finding as a mail to linux-mm: plain text of at most 80 columns and 60 lines, its subject first.
 *
 * Lines of files are cited as grep -n prints them, `trace.txt:78084: camera-68 [001] ...`: the line without its leading blanks,
 * cut at blanks into pieces of which each is, byte for byte, what the file has there; pieces that go on are two columns
 * further in. A word that is wider than a mail is left out, and a note stands for it. Where room is short, the least telling
 * facts keep their `file:line` and lose their text; what goes beyond that is counted at the end.
 */
export function writeMail(facts: BugReportFacts): string {
  const { subject, parts } = reportDocument(facts)
  const head = atMost(wrapProse(`Subject: ${subject}`, '', ' '))
  const quoted = new Set<string>()
  const pieces = parts.flatMap(({ title, blocks }): readonly Piece[] => [
    { forms: [['', ...(title === '' ? [] : [`${mailText(title)}:`])]], keeps: [] },
    ...blocks.map((block) => pieceOf(block, quoted)),
  ])
  return `${fitLines(head, pieces, MAIL_LINES).join('\n')}\n`
}

/** `quoted`: lines that stand in the mail already, which are not quoted again; what this block quotes is added. */
function pieceOf(block: Block, quoted: Set<string>): Piece {
  const { keep } = block
  switch (block.kind) {
    case 'text':
      return { forms: [textLines(block.text, block.level)], keeps: keep === undefined ? [] : [keep] }
    case 'command':
      return { forms: [commandLines(block.what, block.words)], keeps: keep === undefined ? [] : [keep] }
    default:
      return factPiece(block, quoted)
  }
}

function factPiece(
  { text, cites, level, keep, shortKeep }: Extract<Block, { kind: 'fact' }>,
  quoted: Set<string>,
): Piece {
  const fresh = cites.filter((cite) => !quoted.has(placeText(cite)))
  for (const cite of fresh) quoted.add(placeText(cite))
  const short = shortLines(text, cites, level)
  const shortKeeps = shortKeep === undefined ? [] : [shortKeep]
  if (fresh.length === 0) return { forms: [short], keeps: shortKeeps }
  const known = cites.filter((cite) => !fresh.includes(cite))
  const above = known.length === 0 ? '' : ` (${known.map(placeText).join(', ')}, above)`
  const full = [...textLines(`${text}${above}:`, level), ...fresh.flatMap((cite) => rawLines(cite, level))]
  return { forms: [full, short], keeps: [keep, ...shortKeeps] }
}

function indentOf(level: number): string {
  return ' '.repeat(level * 2)
}

function textLines(text: string, level: number): readonly string[] {
  return atMost(wrapProse(text, indentOf(level), level === 0 ? '' : indentOf(level + 1)))
}

/** A text that a file has made too long is not told to its end, and says so. */
function atMost(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_TEXT_LINES) return lines
  return [...lines.slice(0, MOST_TEXT_LINES - 1), '  (its end has no room here)']
}

function shortLines(text: string, cites: readonly Cite[], level: number): readonly string[] {
  return textLines(cites.length === 0 ? text : `${text} (${cites.map(placeText).join(', ')})`, level)
}

function rawLines(cite: Cite, level: number): readonly string[] {
  const indent = indentOf(level + 1)
  const lines = wrapRaw(cite.raw, `${indent}${placeText(cite)}:`, `${indent}  `)
  if (lines.length <= MOST_RAW_LINES) return lines
  return [...lines.slice(0, MOST_RAW_LINES - 1), `${indent}  (the rest of this line has no room here)`]
}

/** `trace.txt:78084`, `record 12 of trace.dat`. */
function placeText({ fileName, line, unit }: Cite): string {
  return unit === 'record' ? `record ${line} of ${shortName(fileName)}` : `${shortName(fileName)}:${line}`
}

/** A long path by its last part. */
function shortName(name: string): string {
  if (columnsOf(plainText(name)) <= LONGEST_NAME) return plainText(name)
  const last = plainText(name.slice(name.lastIndexOf('/') + 1))
  return columnsOf(last) <= LONGEST_NAME ? last : `(a name of ${columnsOf(last)} columns)`
}

/** Whole words, a backslash at the end of each line but the last. */
function commandLines(what: string, words: readonly string[]): readonly string[] {
  const lines: string[] = []
  let line = '    '
  for (const word of words) {
    const isFirst = line.trim() === ''
    if (!isFirst && columnsOf(line) + columnsOf(word) + 3 > 80) {
      lines.push(`${line} \\`)
      line = `      ${word}`
    } else line += isFirst ? word : ` ${word}`
  }
  return [`  ${what}`, ...lines, line]
}
