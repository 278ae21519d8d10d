import { FILTERS_VALUE, readKeptValue, writeKeptValue } from '../../../state/kept-value.ts'

const MOST = 20

/** Filters that were applied in this browser, the last one first; none where it keeps nothing. */
export function readFilterHistory(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(readKeptValue(FILTERS_VALUE) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string').slice(0, MOST) : []
  } catch {
    return [] // damaged: a list that grows again
  }
}

/** Puts a filter before the others. Given back as they are now; where the browser keeps nothing the list is this page's alone. */
export function addToFilterHistory(text: string): readonly string[] {
  const history = [text, ...readFilterHistory().filter((one) => one !== text)].slice(0, MOST)
  writeKeptValue(FILTERS_VALUE, JSON.stringify(history))
  return history
}
