import { type FilterError, type FilterNode, type FilterTerm } from './filter-node.ts'

/** Terms of a filter: each keeps a mark for every stack and comm of the capture. */
const MOST_TERMS = 500
/** Patterns among the values of all terms, and characters of all regular expressions: what one name may be held against. */
const MOST_PATTERNS = 500
const MOST_REGEX_CHARACTERS = 4000

/** What is too much of a filter: more than a person writes, and more than is looked for in a moment. O(values). */
export function judgeSize(node: FilterNode): readonly FilterError[] {
  const terms = [...termsOf(node)]
  const patterns = terms.flatMap(({ values }) => values.filter(({ kind }) => kind !== 'exact'))
  const tooMany = terms.at(MOST_TERMS) ?? patterns.at(MOST_PATTERNS)
  if (terms.length > MOST_TERMS && tooMany !== undefined)
    return [told(tooMany, `more than ${MOST_TERMS} terms: write values of one field as one term, op:set,mod`)]
  if (tooMany !== undefined) return [told(tooMany, `more than ${MOST_PATTERNS} patterns: write whole values`)]
  let characters = 0
  for (const pattern of patterns) {
    if (pattern.kind === 'regex') characters += pattern.text.length
    if (characters > MOST_REGEX_CHARACTERS)
      return [told(pattern, `regular expressions of more than ${MOST_REGEX_CHARACTERS} characters: write shorter ones`)]
  }
  return []
}

function* termsOf(node: FilterNode): Generator<FilterTerm> {
  if (node.kind === 'term') yield node
  else if (node.kind === 'not') yield* termsOf(node.part)
  else for (const part of node.parts) yield* termsOf(part)
}

function told({ start, end }: { readonly start: number; readonly end: number }, message: string): FilterError {
  return { start, end, message }
}
