/** Where a capture is read: by the command line's loader, or by the page's session and its workers. */
export const HOSTS = ['node', 'chromium', 'firefox'] as const
export type Host = (typeof HOSTS)[number]

/** How many threads read parts of a file. */
export const SHARDS = [1, 2, 3, 8] as const

/** Longest piece that bytes come in, and longest part that a thread is given. */
export const CHUNKS = [1 << 10, 1 << 12, 1 << 16, 1 << 20, 1 << 24] as const

/** All files as they are, or all of them packed with gzip. */
export const PACKINGS = ['plain', 'gz'] as const
export type Packing = (typeof PACKINGS)[number]

/** One way to read a capture. */
export interface Case {
  readonly host: Host
  readonly shards: number
  readonly chunkBytes: number
  readonly packing: Packing
  /** Only tables and the report are compared. */
  readonly isBrief: boolean
}

/** `firefox, 3 shards, chunks of 64 KiB, gz`. */
export function caseWords({ host, shards, chunkBytes, packing }: Case): string {
  const chunk = chunkBytes < 1 << 20 ? `${chunkBytes / 1024} KiB` : `${chunkBytes / (1 << 20)} MiB`
  return `${host}, ${shards} ${shards === 1 ? 'shard' : 'shards'}, chunks of ${chunk}, ${packing}`
}

/** What a host needs to know beside the files. */
export interface Reading {
  readonly shards: number
  readonly chunkBytes: number
  /** Parts that threads are given, see `partBytesOf`. */
  readonly partBytes: number
  /** Only tables and the report are digested, not what screens ask. */
  readonly isBrief: boolean
  /** Name of a part to be told in full, for who looks for a difference. */
  readonly toldPart?: string
}

/** A text is cut into no more parts: each is a message to a thread, and a text of 100 MB would be 100 000 of them. */
const MOST_PARTS = 1000

/**
 * Length of the parts of a capture whose largest text that threads read has so many bytes, plain and packed: that of a chunk;
 * less where a text is no longer than the chunk, so that there is something to share out among the shards, also where it is
 * packed and by its size seems to be little; more where there would be too many. One shard with a chunk that takes all of the
 * text reads it whole, as a small file is.
 */
export function partBytesOf({ shards, chunkBytes, packing }: Case, { plain, gz }: Record<Packing, number>): number {
  const share = Math.floor(plain / shards)
  const most = shards === 1 ? chunkBytes : packing === 'gz' ? Math.min(share, gz) : share
  return Math.max(1, Math.ceil(plain / MOST_PARTS), Math.min(chunkBytes, most))
}
