import { expose } from 'comlink'
import { createIngestPool } from '../../../src/bridge/ingest-pool.ts'
import { type QuestionName, type Questions } from '../../../src/bridge/protocol.ts'
import { TraceSession } from '../../../src/bridge/session.ts'
import { type ReadLinesOf } from '../../../src/queries/raw-text.ts'
import { type Reading } from '../case.ts'
import { digestCapture } from '../digest.ts'
import { type HostDigest } from '../host-digest.ts'
import { keepPools } from '../kept-pools.ts'
import { inPieces } from '../pieces.ts'

/** What the worker does. */
export interface DigestApi {
  digest(files: readonly File[], reading: Reading): Promise<HostDigest>
}

expose({ digest: digestFiles } satisfies DigestApi)

const pools = keepPools((shards, partBytes) => createIngestPool(undefined, shards, partBytes))

/** Reads the files as the page's own worker does, by the same session and the same pool of workers. */
async function digestFiles(files: readonly File[], reading: Reading): Promise<HostDigest> {
  const { shards, chunkBytes, partBytes } = reading
  const before = pools.partsRead()
  const session = new TraceSession({
    openShelf: async () => undefined,
    createPool: () => pools.lend(shards, partBytes),
  })
  const sorted = files.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const result = await session.load(
    sorted.map((file) => cutBlob(file, chunkBytes)),
    false,
    () => undefined,
  )
  if (!result.ok) throw new Error(result.problem.message)
  await session.pairing()
  const { capture } = session
  if (capture === undefined) throw new Error('nothing is loaded')
  const ask = async <Name extends QuestionName>(
    name: Name,
    question: Questions[Name]['question'],
  ): Promise<Questions[Name]['answer']> => {
    const asked = await session.ask(name, question)
    if (!asked.ok) throw new Error(`${name}: ${asked.problem.message}`)
    return asked.answer
  }
  const readLinesOf: ReadLinesOf = async (file, lines) => {
    const found = await capture.textsOf(file).read(lines)
    return found.ok ? found.value : new Map()
  }
  const { trace } = capture
  const digest = await digestCapture({ trace, derived: capture.derivedFor(), ask, readLinesOf }, reading)
  return { ...digest, partsRead: pools.partsRead() - before, events: trace.events.length }
}

/** The same blob, whose bytes come in pieces of a size to who asks it for a stream in this thread. */
function cutBlob<T extends Blob>(blob: T, chunkBytes: number): T {
  const stream = blob.stream.bind(blob)
  const slice = blob.slice.bind(blob)
  return Object.defineProperties(blob, {
    stream: { value: () => inPieces(stream(), chunkBytes) },
    slice: { value: (from?: number, to?: number) => cutBlob(slice(from, to), chunkBytes) },
  })
}
