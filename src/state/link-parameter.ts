import { formatPfnSpans, parsePfnSpans, type PfnSpan } from '../base/pfn-spans.ts'

/**
 * One parameter of the link: a value and its text. `parse(serialize(value))` is `value`; text that says nothing
 * parses to `undefined`, which is the default, and the default is not written.
 */
export interface LinkParameter<T> {
  parse(text: string): T | undefined
  serialize(value: T): string
}

/** Any text but the empty one. */
export const text: LinkParameter<string> = {
  parse: (value) => (value === '' ? undefined : value),
  serialize: (value) => value,
}

/** A page frame number: `0x1f4b4`. */
export const pfn: LinkParameter<number> = {
  parse: (value) => safeInteger(/^0x[0-9a-f]{1,14}$/.test(value) ? Number.parseInt(value.slice(2), 16) : -1),
  serialize: (value) => `0x${value.toString(16)}`,
}

/** Pages: `0x17800-0x17c00,0x17ac9`, a range without its end. No page is a value, too: `none`. */
export const pfnSpans: LinkParameter<readonly PfnSpan[]> = {
  parse: (value) => {
    const spans = parsePfnSpans(value === 'none' ? '' : value)
    return spans.ok && (spans.value.length > 0 || value === 'none') ? spans.value : undefined
  },
  serialize: (spans) => (spans.length === 0 ? 'none' : formatPfnSpans(spans)),
}

/** A number that counts: 0, 1, 2 … within what a double holds exactly. */
export const count: LinkParameter<number> = {
  parse: (value) => safeInteger(/^\d{1,16}$/.test(value) ? Number(value) : -1),
  serialize: String,
}

/** A number of thousandths, 0 or more: `300000`, `0.005`. */
export const thousandths: LinkParameter<number> = {
  parse: (value) => (/^\d{1,12}(\.\d{1,3})?$/.test(value) ? Number(value) : undefined),
  serialize: String,
}

/** An absolute time: nanoseconds (or counts) as a decimal string, because it may pass 2^53. */
export const absoluteTime: LinkParameter<string> = {
  parse: (value) => (/^(0|-?[1-9]\d{0,18})$/.test(value) ? value : undefined),
  serialize: (value) => value,
}

/** A stack's hash: 16 hex digits. */
export const stackHash: LinkParameter<string> = {
  parse: (value) => (/^[0-9a-f]{16}$/.test(value) ? value : undefined),
  serialize: (value) => value,
}

/** Said or not said: `1`. */
export const flag: LinkParameter<true> = {
  parse: (value) => (value === '1' ? true : undefined),
  serialize: () => '1',
}

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): LinkParameter<Word> {
  return { parse: (value) => words.find((word) => word === value), serialize: (value) => value }
}

/** Columns to sort by, falling unless said otherwise: `longest,tasks:up`. */
export function sortOrders<const Word extends string>(
  words: readonly Word[],
): LinkParameter<readonly { readonly sort: Word; readonly isDescending: boolean }[]> {
  return {
    parse: (value) => {
      const orders = value.split(',').flatMap((part) => {
        const sort = words.find((word) => part === word || part === `${word}:up`)
        return sort === undefined ? [] : [{ sort, isDescending: part === sort }]
      })
      return orders.length === 0 ? undefined : orders
    },
    serialize: (orders) => orders.map(({ sort, isDescending }) => (isDescending ? sort : `${sort}:up`)).join(','),
  }
}

/** Ids of rules, or of classes: `lru,isolation`. */
export const ruleIds: LinkParameter<readonly string[]> = {
  parse: (value) => {
    const ids = value.split(',').filter((id) => /^[a-z0-9_-]{1,40}$/.test(id))
    return ids.length === 0 ? undefined : ids
  },
  serialize: (ids) => ids.join(','),
}

/** Names of functions, ascending, each once: `do_tee;leaky_ioctl [leaky]`. None has a semicolon. */
export const names: LinkParameter<readonly string[]> = {
  parse: (value) => {
    const found = [...new Set(value.split(';').filter((name) => name !== ''))].sort()
    return found.length === 0 ? undefined : found
  },
  serialize: (found) => found.join(';'),
}

/** Which rules a link was made with: a hash of 8 hex digits, or `off:driver,unmap`. */
export const ruleSetRef: LinkParameter<string> = {
  parse: (value) => (/^(?:[0-9a-f]{8}|off:[a-z0-9-]{1,40}(?:,[a-z0-9-]{1,40})*)$/.test(value) ? value : undefined),
  serialize: (value) => value,
}

function safeInteger(value: number): number | undefined {
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
