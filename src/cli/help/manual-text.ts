import { type Manual } from './manual.ts'
import { ENVIRONMENT, FILES, GENERAL_OPTIONS, SUMMARY } from './general.ts'

/** Columns of a terminal at most. */
const COLUMNS = 80
const INDENT = '       '

/** The manual page of a command, as `pinscope COMMAND --help` prints it. */
export function manualText(manual: Manual): string {
  const { name, alias, purpose, synopsis, description, options, exits, examples } = manual
  const called = alias === undefined ? `pinscope ${name}` : `pinscope ${name}, pinscope ${alias}`
  return sections([
    ['NAME', wrap(`${called} - ${purpose}`, INDENT)],
    ['SYNOPSIS', synopsis.flatMap((words) => wrap(`pinscope ${name} ${words}`.trimEnd(), INDENT, `${INDENT}    `))],
    ['DESCRIPTION', paragraphs(description)],
    ['OPTIONS', named([...options, ...GENERAL_OPTIONS])],
    ['EXIT STATUS', named(exits.map(([code, when]) => [String(code), when]))],
    ['EXAMPLES', examples.flatMap(([command, what]) => [...wrap(what, INDENT), `${INDENT}    ${command}`])],
    ['FILES', paragraphs(FILES)],
    ['ENVIRONMENT', named(ENVIRONMENT)],
  ])
}

/** The short list of commands that `pinscope --help` prints. */
export function summaryText(manuals: readonly Manual[]): string {
  const nameOf = ({ name, alias }: Manual): string => (alias === undefined ? name : `${name}, ${alias}`)
  const width = Math.max(...manuals.map((manual) => nameOf(manual).length))
  const rows = manuals.flatMap((manual) => {
    const head = `  ${nameOf(manual).padEnd(width)}  `
    return wrap(manual.purpose, head, ' '.repeat(head.length))
  })
  return `${[SUMMARY.title, '', ...SUMMARY.usage, '', ...rows, '', ...SUMMARY.end].join('\n')}\n`
}

type Section = readonly [title: string, lines: readonly string[]]

function sections(all: readonly Section[]): string {
  const shown = all.filter(([, lines]) => lines.length > 0)
  return `${shown.map(([title, lines]) => [title, ...lines].join('\n')).join('\n\n')}\n`
}

function paragraphs(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text, at) => (at === 0 ? wrap(text, INDENT) : ['', ...wrap(text, INDENT)]))
}

function named(rows: readonly (readonly [name: string, what: string])[]): readonly string[] {
  const deep = `${INDENT}       `
  return rows.flatMap(([name, what]) => [`${INDENT}${name}`, ...wrap(what, deep)])
}

/** Text in lines of 80 columns, broken at blanks; a longer word has a line of its own. */
function wrap(text: string, first: string, next: string = first): readonly string[] {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > COLUMNS) {
      lines.push(line)
      line = next
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line]
}
