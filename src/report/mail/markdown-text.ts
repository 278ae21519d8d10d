import { longestRun, markdownWord } from '../../base/markdown-word.ts'
import { mailText } from './wrap-lines.ts'
import { plainText } from '../plain-text.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { reportDocument } from './report-document.ts'
import { type Block, type Cite } from './report-part.ts'

/** A line of a file longer than this is cited by its number alone. Characters. */
const LONGEST_RAW = 4000

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
  const written = words.map(markdownWord)
  return written
    .join(' ')
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
    .replace(/^([-+=])/, String.raw`\$1`)
}
