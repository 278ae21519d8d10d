const KEY = 'pinscope.event-filters'
const MOST = 20

/** Filters that were applied in this browser, the last one first; none where it keeps nothing. */
export function readFilterHistory(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string').slice(0, MOST) : []
  } catch {
    return [] // not ours, or not allowed
  }
}

/** Puts a filter before the others. Given back as they are now. */
export function addToFilterHistory(text: string): readonly string[] {
  const history = [text, ...readFilterHistory().filter((one) => one !== text)].slice(0, MOST)
  try {
    localStorage.setItem(KEY, JSON.stringify(history))
  } catch {
    // A browser that keeps nothing: the list is this page's alone.
  }
  return history
}
