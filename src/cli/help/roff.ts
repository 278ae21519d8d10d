import { ENVIRONMENT, FILES, GENERAL_OPTIONS, SUMMARY } from './general.ts'
import { type Manual } from './manual.ts'

/** All manual pages as one page for man(1), section 1, of the same texts. */
export function roffText(manuals: readonly Manual[], version: string): string {
  return `${[
    `.TH PINSCOPE 1 "" "pinscope ${escape(version)}" "User Commands"`,
    '.SH NAME',
    SUMMARY.title.replace(':', ' \\-'),
    '.SH SYNOPSIS',
    '.B pinscope',
    'COMMAND [OPTION]... FILE|DIR...',
    ...manuals.flatMap(commandLines),
    '.SH OPTIONS OF ALL COMMANDS',
    ...named(GENERAL_OPTIONS),
    '.SH FILES',
    ...FILES.flatMap((text) => ['.PP', line(text)]),
    '.SH ENVIRONMENT',
    ...named(ENVIRONMENT),
  ].join('\n')}\n`
}

function commandLines({ name, alias, purpose, synopsis, description, options, exits, examples }: Manual): string[] {
  return [
    `.SH pinscope ${escape(name)}${alias === undefined ? '' : `, ${escape(alias)}`}`,
    line(`${purpose}.`),
    ...synopsis.flatMap((words) => ['.PP', `.B pinscope ${escape(name)}`, line(words)]),
    ...description.flatMap((text) => ['.PP', line(text)]),
    ...named(options),
    '.SS Exit status',
    ...named(exits.map(([code, when]) => [String(code), when])),
    ...(examples.length === 0 ? [] : ['.SS Examples']),
    ...examples.flatMap(([command, what]) => ['.PP', line(what), '.PP', '.RS 4', '.nf', line(command), '.fi', '.RE']),
  ]
}

function named(rows: readonly (readonly [name: string, what: string])[]): readonly string[] {
  return rows.flatMap(([name, what]) => ['.TP', `.B ${escape(name)}`, line(what)])
}

/** A line that roff takes for text: one that begins with a dot or a quote would be a request. */
function line(text: string): string {
  const safe = escape(text)
  return /^[.']/.test(safe) ? `\\&${safe}` : safe
}

function escape(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-')
}
