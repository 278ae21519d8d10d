import { type Case, CHUNKS, HOSTS, PACKINGS, SHARDS } from './case.ts'

/** What every other reading is compared with: in Node, in one piece. */
export const REFERENCE: Case = { host: 'node', shards: 1, chunkBytes: 1 << 24, packing: 'plain', isBrief: false }

/** A text of more bytes is not read in the smallest chunks, nor once more by one thread, where time is short. */
const SMALL_BYTES = 4 << 20

/** Of a longer text the tables and the report are compared, and not all that screens ask, where time is short. */
const LONG_BYTES = 8 << 20

/** True of a capture that is read in some more ways where time is short, by the bytes of its largest text. */
export function isSmall(textBytes: number): boolean {
  return textBytes <= SMALL_BYTES
}

/**
 * Few readings of one capture beside the reference: every number of shards, every host and both packings. Over captures, `nth`
 * of the small ones or of the others, they take turns so that all pairs of these and of chunk sizes come up; one thread in a
 * browser, and the smallest chunks, are for small texts.
 */
export function coveringPlan(nth: number, textBytes: number): readonly Case[] {
  const sizes = isSmall(textBytes) ? CHUNKS : CHUNKS.slice(2)
  const shards = SHARDS.filter((count) => count > REFERENCE.shards)
  const third = Math.floor(nth / HOSTS.length)
  const sizeOf = (turn: number): number => sizes[(nth + third + turn) % sizes.length]
  const shared = HOSTS.map((host, at): Case => {
    // The reference is plain: one more that is would leave the packed one to one host alone.
    const packing = PACKINGS[at === third % HOSTS.length ? 0 : 1]
    const isBrief = isBriefIn(host) || textBytes > LONG_BYTES
    return { host, shards: shards[(nth + at) % shards.length], chunkBytes: sizeOf(0), packing, isBrief }
  })
  if (!isSmall(textBytes)) return shared
  const alone = HOSTS.filter((host) => host !== REFERENCE.host).map((host, at): Case => {
    const packing = PACKINGS[(nth + at) % PACKINGS.length]
    return { host, shards: 1, chunkBytes: sizeOf(1 + 2 * at), packing, isBrief: isBriefIn(host) }
  })
  return [...shared, ...alone]
}

/**
 * Few readings of a capture that is too large for more, beside the reference, which is the first of them: any two of a number
 * of shards, a chunk size, a host and a packing come up together. Once or twice a browser is asked everything.
 */
export function pairwisePlan(): readonly Case[] {
  const chunks = CHUNKS.toReversed()
  const all = SHARDS.flatMap((shards, row) =>
    chunks.map((chunkBytes, column) => {
      // Of four rows and five columns each has sums of all remainders by 3 and by 2, and all of them by 6.
      const sum = row + column
      const host = HOSTS[sum % HOSTS.length]
      return { host, shards, chunkBytes, packing: PACKINGS[sum % PACKINGS.length], isBrief: isBriefIn(host) || row > 0 }
    }),
  )
  return all.slice(1)
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
