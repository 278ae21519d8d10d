import { linearPattern } from '../../base/linear-pattern.ts'
import { type FilterValue } from './filter-node.ts'

/** Whether a text is one of the values of a term. */
export type TextMatch = (text: string) => boolean

/** A text against the alternatives of a term, each made once. A text costs its length times that of the patterns, never more. */
export function textMatch(values: readonly FilterValue[]): TextMatch {
  const exact = new Set(values.flatMap((value) => (value.kind === 'exact' ? [value.text] : [])))
  const others = values.flatMap((value) => (value.kind === 'exact' ? [] : [matchOne(value)]))
  return (text) => exact.has(text) || others.some((match) => match(text))
}

function matchOne(value: FilterValue): TextMatch {
  if (value.kind === 'part') {
    const wanted = value.text.toLowerCase()
    return (text) => text.toLowerCase().includes(wanted)
  }
  if (value.kind === 'regex') return regexMatch(value.text, value.flags)
  return wildMatch(value.text)
}

/** Texts of which it is remembered whether they match: many stacks have one holder. */
const MOST_KNOWN = 20_000

function regexMatch(source: string, flags: '' | 'i'): TextMatch {
  const pattern = linearPattern(source, flags)
  if (!pattern.ok) return () => false // a term with it was refused when the filter was read
  const known = new Map<string, boolean>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= MOST_KNOWN) known.clear()
    const isMatch = pattern.value.test(text)
    known.set(text, isMatch)
    return isMatch
  }
}

/** Each part at the first place behind the part before it: where the parts fit at all, they fit so. */
function wildMatch(wanted: string): TextMatch {
  const [first, ...rest] = wanted.split(/\*+/)
  const last = rest.pop()
  if (last === undefined) return (text) => text === wanted
  return (text) => {
    if (!text.startsWith(first)) return false
    let at = first.length
    for (const part of rest) {
      const found = text.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return text.length - last.length >= at && text.endsWith(last)
  }
}
