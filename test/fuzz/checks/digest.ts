import { createHash, type Hash } from 'node:crypto'

/** One short text for all that a value says: equal for values that say the same. Functions say nothing. */
export function digestOf(value: unknown): string {
  const hash = createHash('sha1')
  feed(hash, value)
  return hash.digest('hex')
}

function feed(hash: Hash, value: unknown): void {
  if (typeof value === 'string') hash.update(`"${value.length}:${value}`, 'utf16le')
  else if (ArrayBuffer.isView(value)) {
    hash.update(`[${value.constructor.name}${value.byteLength}:`)
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
  } else if (typeof value === 'object' && value !== null) feedEntries(hash, value)
  else if (typeof value !== 'function') hash.update(`${typeof value}${Object.is(value, -0) ? '-0' : String(value)};`)
}

function feedEntries(hash: Hash, value: object): void {
  hash.update('{')
  const isMany = value instanceof Map || value instanceof Set || Array.isArray(value)
  const entries: Iterable<readonly [unknown, unknown]> = isMany ? value.entries() : Object.entries(value)
  for (const [name, member] of entries) {
    feed(hash, name)
    feed(hash, member)
  }
  hash.update('}')
}
