import { FILTER_FIELDS, FILTER_SYNTAX, type FilterFieldDoc } from '../../base/filter-docs.ts'

/** The filter language in full, as `pinscope events --help-filter` prints it. */
export function filterHelpText(): string {
  const fields: readonly FilterFieldDoc[] = FILTER_FIELDS
  const syntax = FILTER_SYNTAX.map(
    ({ what, example, about }) => `  ${what.padEnd(15)} ${example}\n${' '.repeat(18)}${about}\n`,
  )
  const named = fields.map(({ id, aliases, about, words, example, unknown }) => {
    const also = aliases.length === 0 ? '' : ` (also ${aliases.join(', ')})`
    const lines = [about, ...(words === undefined ? [] : [`One of: ${words.join(', ')}.`]), `Not told: ${unknown}.`]
    return `  ${id}${also}\n      ${example}\n${lines.map((line) => `      ${line}\n`).join('')}`
  })
  return `How terms are written and joined:\n\n${syntax.join('')}\nFields:\n\n${named.join('')}`
}
