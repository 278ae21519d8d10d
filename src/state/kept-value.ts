/** Where values are kept: `localStorage` of the page, anything in tests. Touching it may throw. */
export type ValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** A value that the browser keeps. Its key ends in the version of its shape: a later one has a key of its own. */
export interface KeptValue {
  readonly key: string
  /** The keys that it had before they told a version, in the same shape. They are read, and not written any more. */
  readonly before: readonly string[]
}

/** What a person likes. */
export const SETTINGS_VALUE: KeptValue = { key: 'pinscope.settings/1', before: [] }
/** Filters of events, applied last first: a JSON array of texts. */
export const FILTERS_VALUE: KeptValue = { key: 'pinscope.event-filters/1', before: ['pinscope.event-filters'] }
/** `off` where a person keeps no indexes. */
export const INDEXES_VALUE: KeptValue = { key: 'pinscope.keep-indexes/1', before: ['pinscope-keep-indexes'] }

/** The browser's storage; `undefined` where it allows none. */
export function valueStorage(): ValueStorage | undefined {
  try {
    return (globalThis as { localStorage?: ValueStorage }).localStorage
  } catch {
    return undefined
  }
}

/** What is kept; `null` where nothing is, or nothing may be. */
export function readKeptValue({ key, before }: KeptValue, storage = valueStorage()): string | null {
  try {
    return [key, ...before].map((one) => storage?.getItem(one) ?? null).find((text) => text !== null) ?? null
  } catch {
    return null
  }
}

/** Keeps a value. False where the browser is full, or keeps nothing: it holds until the page is left. */
export function writeKeptValue({ key }: KeptValue, text: string, storage = valueStorage()): boolean {
  try {
    storage?.setItem(key, text)
    return storage !== undefined
  } catch {
    return false
  }
}

/** Keeps nothing any more, under none of its keys. */
export function removeKeptValue({ key, before }: KeptValue, storage = valueStorage()): void {
  try {
    for (const one of [key, ...before]) storage?.removeItem(one)
  } catch {
    // where nothing is kept nothing is to be removed
  }
}
