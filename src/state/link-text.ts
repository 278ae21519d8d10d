import { type LinkParameters } from './view-state.ts'

/** A surrogate without its partner: `encodeURIComponent` throws on it. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
/** Characters that a query in a fragment may carry as they are (RFC 3986, 3.5), so that links stay readable. */
const READABLE = /%(3A|2F|2C|40)/g

/** `?v=1&pfn=0x1f4b4`: parameters as readable text. */
export function writeLinkText(parameters: LinkParameters): string {
  const parts = Object.entries(parameters).map(([name, value]) => `${encode(name)}=${encode(value)}`)
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** The inverse of `writeLinkText`. Text that is no valid escape is taken as it stands. */
export function readLinkText(text: string): LinkParameters {
  const parts = text
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '')
  return Object.fromEntries(parts.map(readPart))
}

function readPart(part: string): [string, string] {
  const at = part.indexOf('=')
  return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))]
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
