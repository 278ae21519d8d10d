import { assertUnreachable } from './assert.ts'
import { codeSpan, isLiveWord } from './markdown-word.ts'
import { plainText } from './plain-text.ts'

/** One column of a table that is copied. */
export interface CopyColumn {
  readonly header: string
  readonly align?: 'start' | 'end'
}

/** A table as it leaves the page: whole texts, nothing cut. Rows have as many cells as there are columns. */
export interface CopyTable {
  /** What the rows are; empty for rows that need no name, such as one that was pointed at. */
  readonly title: string
  readonly columns: readonly CopyColumn[]
  readonly rows: readonly (readonly string[])[]
  /** Where the facts are from: files, filters, how many rows of how many. */
  readonly source?: string
}

/** What a table can be copied as. */
export const COPY_FORMS = ['text', 'markdown', 'csv', 'json'] as const
export type CopyForm = (typeof COPY_FORMS)[number]

/** Writes a table: for a mail, for an issue, for a spreadsheet, for a program. Ends with a line end; no rows are no error. */
export function writeCopy(table: CopyTable, form: CopyForm): string {
  switch (form) {
    case 'text':
      return textOf(table)
    case 'markdown':
      return markdownOf(table)
    case 'csv':
      return csvOf(table)
    case 'json':
      return jsonOf(table)
    default:
      return assertUnreachable(form)
  }
}

/** Columns aligned with spaces, two between them; a line end within a cell is a space. */
function textOf({ title, columns, rows, source }: CopyTable): string {
  const lines = [columns.map(({ header }) => header), ...rows].map((row) => row.map(onOneLine))
  const widths = columns.map((_, at) => lines.reduce((width, row) => Math.max(width, widthOf(row[at] ?? '')), 0))
  const written = lines.map((row) =>
    columns.map(({ align }, at) => padded(row[at] ?? '', widths[at], align)).join('  '),
  )
  return `${[...headOf(title, source), ...written].map((line) => line.trimEnd()).join('\n')}\n`
}

function headOf(title: string, source: string | undefined): readonly string[] {
  const head = [title, source ?? ''].filter((part) => part !== '').map(onOneLine)
  return head.length === 0 ? [] : [head.join(', '), '']
}

function onOneLine(text: string): string {
  return plainText(text.replace(/\s*[\r\n]+\s*/g, ' '))
}

/** Code points, which is what a terminal counts but for wide and combined characters. */
function widthOf(text: string): number {
  return Array.from(text).length
}

function padded(text: string, width: number, align: CopyColumn['align']): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  return align === 'end' ? space + text : text + space
}

/** A table of GitHub's Markdown, which most others read too. */
function markdownOf({ title, columns, rows, source }: CopyTable): string {
  const head = headOf(title, source)
    .slice(0, 1)
    .flatMap((line) => [escaped(line), ''])
  const lines = [
    columns.map(({ header }) => escaped(header)),
    columns.map(({ align }) => (align === 'end' ? '---:' : '---')),
    ...rows.map((row) => columns.map((_, at) => escaped(row[at] ?? ''))),
  ]
  return [...head, ...lines.map((cells) => `| ${cells.join(' | ')} |`)].join('\n').concat('\n')
}

/**
 * Text that Markdown shows as it is. What would end a cell or begin markup is escaped, and what a tracker makes a mention, a
 * reference or a link of is code; control characters are shown, as in what is printed. An underscore is escaped only where it could
 * close an emphasis, so that `do_tee` stays a word that can be grepped in the source too.
 */
function escaped(text: string): string {
  return text
    .trim()
    .split(/\s*[\r\n]+\s*/)
    .map((line) => plainText(line).split(/( +)/).map(escapedWord).join(''))
    .join('<br>')
}

/** Bars end a cell within code, too, where no backslash is an escape: they stand outside. */
function escapedWord(word: string): string {
  if (!isLiveWord(word)) return escapedText(word)
  return word
    .split(/([|\\])/)
    .map((part) => (isLiveWord(part) ? codeSpan(part) : escapedText(part)))
    .join('')
}

function escapedText(text: string): string {
  return text
    .replace(/[\\`|*<~]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/\](?=[([])/g, '\\]')
    .replace(/_+(?=\W|$)/g, (run) => run.replaceAll('_', '\\_'))
}

/**
 * RFC 4180: CRLF, quotes where they are needed, doubled inside. The title is left out, for the first line is the header. A cell that
 * a spreadsheet would run as a formula, which a comm may be made to look like, has a `'` before it; numbers have none.
 */
function csvOf({ columns, rows }: CopyTable): string {
  const lines = [columns.map(({ header }) => header), ...rows.map((row) => columns.map((_, at) => row[at] ?? ''))]
  return lines.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
}

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+@\t\r-]/
const SIGNED_NUMBER = /^[+-]\d[\d.,]*(?:e[+-]?\d+)?(?: ?(?:%|[a-zµ]{1,3}))?$/i

function quoted(given: string): string {
  const text = FORMULA.test(given) && given !== '-' && !SIGNED_NUMBER.test(given) ? `'${given}` : given
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}

/** An array of objects, one a row, by header; a header that came before has its place added: `time`, `time 2`. */
function jsonOf({ columns, rows }: CopyTable): string {
  const keys = keysOf(columns)
  const objects = rows.map((row) => Object.fromEntries(keys.map((key, at) => [key, row[at] ?? ''] as const)))
  return `${JSON.stringify(objects, undefined, 2)}\n`
}

function keysOf(columns: readonly CopyColumn[]): readonly string[] {
  const taken = new Set<string>()
  return columns.map(({ header }, at) => {
    const name = header === '' ? `column ${at + 1}` : header
    let key = name
    for (let number = 2; taken.has(key); number++) key = `${name} ${number}`
    taken.add(key)
    return key
  })
}
