import { linearPattern } from '../../base/linear-pattern.ts'
import { FILTER_FIELDS, type FilterFieldDoc, type FilterFieldId, type FilterType } from '../../base/filter-docs.ts'
import { type FilterComparison, type FilterError, type FilterSpan, type FilterValue } from './filter-node.ts'
import { readDurationNs, readNumberRange, readTimeRange } from './filter-number.ts'

/** A field, with its type as one of all there are. */
export type FilterField = FilterFieldDoc & { readonly id: FilterFieldId }

const FIELDS: readonly FilterField[] = FILTER_FIELDS
const BY_NAME: ReadonlyMap<string, FilterField> = new Map(
  FIELDS.flatMap((field) => [field.id, ...field.aliases].map((name) => [name, field] as const)),
)

/** The field of a name, in any case; undefined when there is none. */
export function filterFieldOf(name: string): FilterField | undefined {
  return BY_NAME.get(name.toLowerCase())
}

/** What to write instead of a field that does not exist. */
export function unknownFieldMessage(name: string): string {
  const wanted = name.toLowerCase()
  const near = [...BY_NAME.keys()].find(
    (known) => known.startsWith(wanted) || (known.length > 2 && wanted.startsWith(known)),
  )
  const hint = near === undefined ? 'quote the word to search for it' : `did you mean ${near}:`
  return `no field ${name}: ${hint}`
}

const IS_NUMERIC: Readonly<Record<FilterType, boolean>> = {
  pfn: true,
  address: true,
  number: true,
  time: true,
  duration: true,
  migratetype: true,
  text: false,
  name: false,
  word: false,
  hash: false,
}

/** What is wrong with a term whose field is known: its comparison, or one of its values. */
export function judgeTerm(
  field: FilterField,
  comparison: FilterComparison,
  values: readonly FilterValue[],
  span: FilterSpan,
): readonly FilterError[] {
  const isOrder = comparison !== ':' && comparison !== '!='
  if (isOrder && !IS_NUMERIC[field.type])
    return [{ ...span, message: `${field.id} is no number: write ${field.example}` }]
  if (isOrder && values.length > 1)
    return [{ ...span, message: `${comparison} takes one value: write the alternatives as terms with or between` }]
  return values.flatMap((value) => {
    const message = objectionTo(field, comparison, isOrder, value)
    return message === undefined ? [] : [{ start: value.start, end: value.end, message }]
  })
}

function objectionTo(
  field: FilterField,
  comparison: FilterComparison,
  isOrder: boolean,
  value: FilterValue,
): string | undefined {
  const { type } = field
  if (value.kind === 'regex') {
    const problem = regexProblem(value.text, value.flags)
    if (problem !== undefined) return problem
  }
  if (type === 'text' || type === 'name') return undefined
  if (type === 'migratetype' && !isOrder) return undefined
  if (value.kind !== 'exact') return `${field.id} takes no pattern: write ${field.example}`
  return objectionToExact(field, comparison, isOrder, value.text)
}

function objectionToExact(
  { id, type, words = [], example }: FilterField,
  comparison: FilterComparison,
  isOrder: boolean,
  text: string,
): string | undefined {
  if (type === 'word') return words.includes(text) ? undefined : `${id} is one of ${words.join(', ')}`
  if (type === 'hash') return /^[0-9a-f]{16}$/.test(text) ? undefined : 'a stack’s hash has 16 hex digits'
  if (type === 'duration') {
    if (comparison === ':' || comparison === '!=') return `compare it: write ${example}`
    return readDurationNs(text) === undefined
      ? `${text} is no duration: write ${example}, with ns, us, ms or s`
      : undefined
  }
  if (type === 'time') {
    const range = readTimeRange(text)
    if (range === undefined) return `${text} is no time: write it as the file prints it, ${example}`
    return isOrder && range.from !== range.to ? NO_RANGE : undefined
  }
  const range = readNumberRange(text)
  if (range === undefined) return numberObjection(text, id, example)
  if (isOrder && range.isRange) return NO_RANGE
  if ((type === 'pfn' || type === 'address') && range.isRange && range.high === range.low)
    return `${text} is empty: a range ends before its second value`
  return undefined
}

const NO_RANGE = 'a range cannot be compared: write one value'

function numberObjection(text: string, id: string, example: string): string {
  if (/^[0-9a-f]+$/i.test(text)) return `${text} is no decimal number: write 0x${text.toLowerCase()}`
  return /^[^-]+-[^-]+$/.test(text) && readNumberRange(text.split('-').toReversed().join('-')) !== undefined
    ? `${text} runs backwards: write the smaller number first`
    : `${text} is no number: write ${example.startsWith(id) ? example : `${id}:1`}`
}

function regexProblem(text: string, flags: '' | 'i'): string | undefined {
  try {
    const pattern = linearPattern(text, flags)
    return pattern.ok ? undefined : pattern.error
  } catch {
    return `/${text}/ is no regular expression: quote it to search for it as it is`
  }
}
