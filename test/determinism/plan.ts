import { type Case, CHUNKS, HOSTS, PACKINGS, SHARDS } from './case.ts'

/** What every other reading is compared with: in Node, in one piece. */
export const REFERENCE: Case = { host: 'node', shards: 1, chunkBytes: 1 << 24, packing: 'plain', isBrief: false }

/** A text of more bytes is not read in the smallest chunks where time is short. */
const SMALL_BYTES = 4 << 20

/** Of a longer text the tables and the report are compared, and not all that screens ask, where time is short. */
const LONG_BYTES = 8 << 20

/**
 * Few readings of one capture beside the reference: every number of shards, every host and both packings. Chunk sizes take
 * turns over captures, `nth` of them, so that all pairs with shards, hosts and packings come up; the smallest are for small texts.
 */
export function coveringPlan(nth: number, textBytes: number): readonly Case[] {
  const sizes = CHUNKS.filter((size) => size < REFERENCE.chunkBytes && (size > CHUNKS[1] || textBytes <= SMALL_BYTES))
  const shards = SHARDS.filter((count) => count > 1)
  return HOSTS.map((host, at) => ({
    host,
    shards: shards[(nth + at) % shards.length],
    chunkBytes: sizes[(Math.floor(nth / shards.length) + at + nth) % sizes.length],
    // The reference is plain: one more that is would leave the packed one to one host alone.
    packing: PACKINGS[(nth + at) % 3 === 0 ? 0 : 1],
    isBrief: isBriefIn(host) || textBytes > LONG_BYTES,
  }))
}

/** Every combination. */
export function wholePlan(): readonly Case[] {
  return HOSTS.flatMap((host) =>
    SHARDS.flatMap((shards) =>
      CHUNKS.flatMap((chunkBytes) =>
        PACKINGS.map((packing) => ({ host, shards, chunkBytes, packing, isBrief: isBriefIn(host) })),
      ),
    ),
  )
}

/** Where the reference is read, answers come of equal tables by the same code in the same engine. */
function isBriefIn(host: Case['host']): boolean {
  return host === REFERENCE.host
}
