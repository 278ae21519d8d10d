import { mendLinkText, splitPart } from './link-repair.ts'
import { type LinkParameters } from './view-state.ts'

/** Longer text is no link: a slice in it may take some ten thousand characters. */
export const MOST_LINK_CHARACTERS = 300_000
/** More parameters than all screens together have. */
const MOST_PARTS = 300

/** A surrogate without its partner: `encodeURIComponent` throws on it. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
/** Characters that a query in a fragment may carry as they are (RFC 3986, 3.5), so that links stay readable. */
const READABLE = /%(3A|2F|2C|40)/g

/** `?v=2&pfn=0x1f4b4&end`: parameters as readable text. */
export function writeLinkText(parameters: LinkParameters): string {
  const parts = Object.entries(parameters).map(([name, value]) =>
    value === '' ? encode(name) : `${encode(name)}=${encode(value)}`,
  )
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/**
 * The inverse of `writeLinkText`. Text that is no valid escape is taken as it stands; what a mail program did to the text is undone
 * where that is certain. `isName` tells which names there are. Nothing is read of what is far too long for a link.
 */
export function readLinkText(text: string, isName: (name: string) => boolean = () => false): LinkParameters {
  if (isTooLong(text)) return {}
  const parts = mendLinkText(text)
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '')
  return Object.fromEntries(parts.slice(0, MOST_PARTS).map((part) => readPart(part, isName)))
}

/** True of text that is no link for its length alone. */
export function isTooLong(text: string): boolean {
  return text.length > MOST_LINK_CHARACTERS
}

function readPart(part: string, isName: (name: string) => boolean): [string, string] {
  const [name, value] = splitPart(part, isName)
  return [decode(name), decode(value)]
}

function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(LONE_SURROGATE, '\uFFFD')).replaceAll(READABLE, decodeURIComponent)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray % from a hand-edited link
  }
}
