import { mailText } from './wrap-lines.ts'
import { plainText } from '../plain-text.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { reportDocument } from './report-document.ts'
import { type Block, type Cite } from './report-part.ts'

/** A line of a file longer than this is cited by its number alone. Characters. */
const LONGEST_RAW = 4000
/** What Markdown of a bug tracker takes as more than text: emphasis, code, mentions, references, tags, addresses, emoji. */
const RISKY = /[_*`@#<>&|~\\!^$]|www\.|:\/\/|:.*:|\bGH-\d|\.(?:txt|gz|dat)\b/i

/**
 * The finding for a bug tracker, as GitHub and Bugzilla read Markdown. Nothing from a file is ever markup: words that could be
 * are code, lines of files stand in code blocks whose fence is longer than any in them. Nothing is left out for room.
 */
export function markdownText(facts: BugReportFacts): string {
  const { subject, parts } = reportDocument(facts)
  const lines = [
    `## ${inline(subject)}`,
    ...parts.flatMap(({ title, blocks }) => [
      ...(title === '' ? [] : ['', `### ${inline(title)}`]),
      ...blocks.flatMap(blockLines),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

function blockLines(block: Block): readonly string[] {
  switch (block.kind) {
    case 'text':
      return ['', inline(block.text)]
    case 'command':
      return ['', inline(block.what), '', ...fenced(block.words.join(' \\\n  '), 'sh')]
    default:
      return ['', inline(`${block.text}${block.cites.length === 0 ? '' : ':'}`), ...citeLines(block.cites)]
  }
}

/** As grep -n prints them, each with its place. */
function citeLines(cites: readonly Cite[]): readonly string[] {
  if (cites.length === 0) return []
  return ['', ...fenced(cites.map(citeText).join('\n'), 'text')]
}

function citeText({ fileName, line, unit, raw }: Cite): string {
  const place = unit === 'record' ? `record ${line} of ${plainText(fileName)}` : `${plainText(fileName)}:${line}`
  if (raw.length > LONGEST_RAW) return `${place}: (${raw.length} characters)`
  return `${place}: ${raw.split('\t').map(plainText).join('\t')}`
}

/** A code block whose fence is longer than any run of backticks in it. */
function fenced(text: string, language: string): readonly string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return [`${fence}${language}`, ...text.split('\n'), fence]
}

/** One line of text: what begins a list, a heading or a quote is escaped, and risky words are code. */
function inline(text: string): string {
  const words = mailText(text)
    .split(/ +/)
    .filter((word) => word !== '')
  const written = words.map(wordText)
  return written
    .join(' ')
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
    .replace(/^([-+=])/, String.raw`\$1`)
}

/** A word as text; what could be markup in it is code, without the brackets and stops around it. */
function wordText(word: string): string {
  if (word === '<') return '&lt;' // between the frames of a stack
  const [, before, core, after] = /^([([{]*)(.*?)([)\]},.;:]*)$/s.exec(word) ?? ['', '', word, '']
  if (!RISKY.test(word)) return escaped(word)
  return core === '' ? code(word) : `${escaped(before)}${code(core)}${escaped(after)}`
}

function escaped(text: string): string {
  return text.replace(/[[\](){}]/g, String.raw`\$&`)
}

/** A code span; its own backticks are fewer than those around it. */
function code(word: string): string {
  const mark = '`'.repeat(longestRun(word) + 1)
  const pad = word.startsWith('`') || word.endsWith('`') ? ' ' : ''
  return `${mark}${pad}${word}${pad}${mark}`
}

function longestRun(text: string): number {
  return Array.from(text.matchAll(/`+/g)).reduce((most, [run]) => Math.max(most, run.length), 0)
}
