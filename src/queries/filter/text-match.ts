import { type FilterValue } from './filter-node.ts'

/** Whether a text is one of the values of a term. */
export type TextMatch = (text: string) => boolean

/** A text against the alternatives of a term. Each is made once. */
export function textMatch(values: readonly FilterValue[]): TextMatch {
  const matches = values.map(matchOne)
  return (text) => matches.some((match) => match(text))
}

function matchOne(value: FilterValue): TextMatch {
  if (value.kind === 'exact') return (text) => text === value.text
  if (value.kind === 'part') {
    const wanted = value.text.toLowerCase()
    return (text) => text.toLowerCase().includes(wanted)
  }
  const pattern =
    value.kind === 'regex' ? new RegExp(value.text, value.flags) : new RegExp(`^${wildPattern(value.text)}$`, 's')
  return (text) => pattern.test(text)
}

function wildPattern(text: string): string {
  return text
    .split(/\*+/)
    .map((part) => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
    .join('.*')
}
