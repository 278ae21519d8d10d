import { HASH_SEED } from './hash-seed.ts'

/** FNV-1a over bytes `[start, end)`, 32 bits, never negative. For hash tables, not for identity: see `HASH_SEED`. */
export function hashBytes(bytes: Uint8Array, start: number, end: number, seed: number = HASH_SEED): number {
  let hash = 0x811c9dc5 ^ seed
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193)
  return hash >>> 0
}

/** Mixes one 32-bit integer into a running hash; never negative. A hash table begins with its `HASH_SEED`. */
export function mixInt(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x85ebca6b)
  mixed ^= mixed >>> 13
  return Math.imul(mixed, 0xc2b2ae35) >>> 0
}

/**
 * A 64-bit FNV-1a of text as 16 hex digits: stable over sessions and machines, so it may stand in a link.
 * Computed in two 32-bit halves with different bases.
 */
export function hashText(text: string): string {
  let low = 0x811c9dc5
  let high = 0xcbf29ce4
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code ^ (low >>> 24), 0x01000193)
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0')
}
