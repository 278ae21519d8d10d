import { assertUnreachable } from '../../base/assert.ts'
import { FILTER_KEYWORDS, type FilterNode, type FilterTerm, type FilterValue } from './filter-node.ts'

/** The text of a filter: reading it gives the same tree. */
export function printFilter(node: FilterNode): string {
  switch (node.kind) {
    case 'term':
      return printTerm(node)
    case 'not':
      return `-${grouped(node.part, node.part.kind === 'and' || node.part.kind === 'or')}`
    case 'and':
      return node.parts.map((part) => grouped(part, part.kind === 'or')).join(' ')
    case 'or':
      return node.parts.map(printFilter).join(' or ')
    default:
      return assertUnreachable(node)
  }
}

function grouped(node: FilterNode, isGrouped: boolean): string {
  return isGrouped ? `(${printFilter(node)})` : printFilter(node)
}

function printTerm({ field, comparison, values }: Pick<FilterTerm, 'field' | 'comparison' | 'values'>): string {
  const [first] = values
  // A bare word asks `any`; one that is not plain is quoted, which is contained in it all the same.
  if (field === 'any' && comparison === ':' && values.length === 1 && first.kind === 'part')
    return isPlainWord(first.text) ? first.text : quoted(first.text)
  return `${field}${comparison}${values.map(printValue).join(',')}`
}

/** A term of one field, as a person would write it. */
export function filterTermText(field: FilterTerm['field'], text: string): string {
  return `${field}:${exactText(text)}`
}

function printValue(value: FilterValue): string {
  switch (value.kind) {
    case 'exact':
      return exactText(value.text)
    case 'wild':
      return value.text
    case 'part':
      return `~${exactText(value.text)}`
    case 'regex':
      return `/${value.text}/${value.flags}`
    default:
      return assertUnreachable(value)
  }
}

function exactText(text: string): string {
  return /^[\w.+:@%-][\w.+:@%/-]*$/.test(text) ? text : quoted(text)
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

function isPlainWord(text: string): boolean {
  return /^[\w.]+$/.test(text) && !FILTER_KEYWORDS.has(text.toLowerCase())
}
