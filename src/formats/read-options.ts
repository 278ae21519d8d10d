import { type GivenStarts } from '../model/page-array.ts'
import { type Sha256 } from './disk-bytes.ts'
import { type Onlooker } from './onlooker.ts'
import { type ShardPool } from './sharded-text.ts'
import { type Inflate } from './wrapping.ts'

/** How to read. */
export interface ReadOptions {
  /** Stops the reading: `readTrace` then throws the signal's reason. */
  readonly signal?: AbortSignal
  /** Told at most ten times a second, and once at the end. */
  readonly onProgress?: (progress: ReadProgress) => void
  /** First PFNs of kpageflags, kpagecount and kpagecgroup files, where a person tells what no file does. */
  readonly kpageStarts?: GivenStarts
  /** Other threads to read parts of large files. What is read does not depend on it. */
  readonly shards?: ShardPool
  /** Sees what is read of large files while more is to come. */
  readonly onlooker?: Onlooker
  /** A faster gunzip than the browser's (Node's zlib). */
  readonly inflate?: Inflate
  /** Files of more bytes are not hashed: their hash is put off, see `hashPutOff`. Absent: all are hashed. */
  readonly mostHashedBytes?: number
  /** A faster SHA-256 than plain JavaScript (Node's crypto). */
  readonly createSha256?: () => Sha256
}

/** How far a reading has come. */
export interface ReadProgress {
  readonly fileName: string
  readonly fileIndex: number
  readonly fileCount: number
  /** Bytes on disk, over all files. */
  readonly bytesRead: number
  readonly bytesTotal: number
  /** Events read so far. */
  readonly events: number
}
