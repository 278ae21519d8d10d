import { type FilterError } from '../../queries/filter/filter-node.ts'
import { plainText } from '../plain-text.ts'

/**
 * What is wrong with a filter, under the very place:
 *
 *     op:set cuont>3
 *            ^^^^^
 *     no field cuont: quote the word to search for it
 */
export function filterErrorText(filter: string, errors: readonly FilterError[]): string {
  const shown = plainText(filter)
  return errors
    .map(({ start, end, message }) => {
      // What is escaped takes more room than it did.
      const before = plainText(filter.slice(0, start)).length
      const marked = Math.max(1, plainText(filter.slice(start, end)).length)
      return `  ${shown}\n  ${' '.repeat(before)}${'^'.repeat(marked)}\n  ${plainText(message)}\n`
    })
    .join('')
}
