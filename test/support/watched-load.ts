import { RangeWatch } from '../../src/bridge/range-watch.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { answerShardJob } from '../../src/formats/shard-job.ts'
import { type ShardPool } from '../../src/formats/sharded-text.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'
import { type Trace } from '../../src/model/trace.ts'
import { type FoundSoFar } from '../../src/queries/found-ranges.ts'

/** How files are read here: in parts of so many bytes, each of which is judged behind. */
export interface Watching {
  readonly partBytes: number
  /** The part that is lost with its thread, counted from 0. */
  readonly failsAt?: number
}

/** Files as they were read, and all that was told of failed ranges meanwhile, one answer after the other. */
export interface WatchedLoad {
  readonly trace: Trace
  readonly told: readonly FoundSoFar[]
}

/** Reads files in parts, and watches for failed ranges. */
export async function watchedLoad(files: readonly File[], watching: Watching): Promise<WatchedLoad> {
  const told: FoundSoFar[] = []
  let now = 0
  const onlooker = new RangeWatch(
    (found) => told.push(found),
    () => (now += 60_000),
  )
  const outcome = await readTrace(files.map(sourceOfBlob), { onlooker, shards: poolOf(watching) })
  if (!outcome.ok) throw new Error(outcome.error.message)
  return { trace: outcome.value, told }
}

function poolOf({ partBytes, failsAt }: Watching): ShardPool {
  let read = 0
  return {
    width: 3,
    shardBytes: partBytes,
    read: async (job) => {
      if (read++ === failsAt) return {}
      const bytes = job.text instanceof Blob ? new Uint8Array(await job.text.arrayBuffer()) : job.text
      return structuredClone(await answerShardJob(job, once(bytes as Uint8Array))) // a part is a blob or bytes
    },
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
