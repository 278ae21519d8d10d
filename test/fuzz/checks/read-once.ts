import { createNodeSha256, nodeInflate } from '../../../src/cli/node-source.ts'
import { contentHashOf } from '../../../src/formats/content-hash.ts'
import { openArchives } from '../../../src/formats/archives/open-archives.ts'
import { type ReadOptions } from '../../../src/formats/read-options.ts'
import { type ReadOutcome, readTrace } from '../../../src/formats/read-trace.ts'
import { answerShardJob } from '../../../src/formats/shard-job.ts'
import { type ShardPool } from '../../../src/formats/sharded-text.ts'
import { type Source } from '../../../src/formats/source.ts'
import { sourceOf } from '../../formats/read-bytes.ts'
import { type FuzzFile } from '../fuzz-case.ts'

/** How the bytes come to the engine. */
export interface Cut {
  /** Bytes of a piece. */
  readonly pieceBytes: number
  /** Bytes of a part that others read; absent where the file is read in one. */
  readonly shardBytes?: number
  /** Parts are read where they lie in the file; else they are handed on as they come. */
  readonly isSeekable?: boolean
  /** Unpacked as a browser does; else by Node's zlib. */
  readonly isBrowser?: boolean
}

/** What became of files, and what they were read from. */
export interface Read {
  readonly sources: readonly Source[]
  readonly outcome: ReadOutcome
}

/** Reads files as one capture, archives and slices among them opened first. */
export async function readOnce(files: readonly FuzzFile[], cut: Cut): Promise<Read> {
  const options: ReadOptions = {
    createSha256: createNodeSha256,
    ...(cut.isBrowser === true ? {} : { inflate: nodeInflate }),
    ...(cut.shardBytes === undefined ? {} : { shards: poolOf(cut.shardBytes) }),
  }
  const sources = await openArchives(
    files.map((file) => cutSource(file, cut)),
    options,
  )
  return { sources, outcome: await readTrace(sources, options) }
}

function cutSource({ name, bytes }: FuzzFile, { pieceBytes, isSeekable }: Cut): Source {
  return {
    ...sourceOf(bytes, name, pieceBytes),
    ...(isSeekable === true
      ? {
          part: (from: number, to: number) => new Blob([bytes.subarray(from, to)]),
          sha256: () => contentHashOf(new Blob([bytes])),
        }
      : {}),
  }
}

/** Parts are read here, and told as between threads. */
function poolOf(shardBytes: number): ShardPool {
  return {
    width: 3,
    shardBytes,
    read: async (job) => {
      // A part is what `Source.part` gave above, or bytes that were unpacked.
      const bytes = job.text instanceof Blob ? new Uint8Array(await job.text.arrayBuffer()) : (job.text as Uint8Array)
      return structuredClone(await answerShardJob(structuredClone(job), once(bytes)))
    },
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
