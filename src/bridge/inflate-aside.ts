import { type Endpoint, wrap } from 'comlink'
import { inflateNatively } from '../formats/unwrap.ts'
import { type Inflate, InflaterDied, type Pieces } from '../formats/wrapping.ts'
import { carriedWorker } from './carried-worker.ts'
import { type UnpackApi } from './unpack-door.ts'
import { onWorkerDeath } from './worker-death.ts'

/** Fewer packed bytes are unpacked here: a worker takes longer to start. */
const LEAST_BYTES = 1 << 20

/** What is unpacked while other things are done: as much as a part of a large text. */
const BATCHES_AHEAD = 4

/** Packed pieces that are sent before the first of them is unpacked: whoever sends them has other things to do meanwhile. */
const PIECES_AHEAD = 8

/** What is needed of a `Worker`. */
export interface UnpackWorker extends Endpoint {
  terminate(): void
}

/**
 * Unpacks large gzip streams in a worker of their own: a browser unpacks in the thread that asks, which has the parts of
 * the text to hand out and to take. Where there are no workers, or few bytes, it is done here.
 */
export function inflateAside(createWorker: () => UnpackWorker = createUnpackWorker): Inflate {
  return async function* inflate(packed) {
    const iterator = packed[Symbol.asyncIterator]()
    try {
      const { held, isWhole } = await firstBytes(iterator)
      const all = chained(held, iterator)
      yield* isWhole ? inflateNatively(all) : unpackedBy(createWorker(), all)
    } finally {
      await iterator.return?.()
    }
  }
}

function createUnpackWorker(): UnpackWorker {
  return carriedWorker('unpack') ?? new Worker(new URL('./unpack.worker.ts', import.meta.url), { type: 'module' })
}

async function* unpackedBy(worker: UnpackWorker, packed: Pieces): AsyncGenerator<Uint8Array> {
  const api = wrap<UnpackApi>(worker)
  let stopWatching = (): void => undefined
  const failure = new Promise<never>((_, reject) => {
    stopWatching = onWorkerDeath(worker, () => reject(new InflaterDied('the worker that unpacks ended')))
    feed(api, packed).catch(reject)
  })
  failure.catch(() => undefined) // told to whoever waits for text
  const next = (): Promise<readonly Uint8Array[]> => {
    const coming = Promise.race([api.next(), failure])
    coming.catch(() => undefined) // the same
    return coming
  }
  try {
    const coming = Array.from({ length: BATCHES_AHEAD }, next)
    for (let pieces = await coming.shift(); pieces !== undefined && pieces.length > 0; pieces = await coming.shift()) {
      coming.push(next())
      yield* pieces
    }
  } finally {
    stopWatching()
    worker.terminate()
  }
}

async function feed(api: UnpackApi, packed: Pieces): Promise<void> {
  const given: Promise<void>[] = []
  for await (const piece of packed) {
    const coming = api.give(piece)
    coming.catch(() => undefined) // it is waited for below
    given.push(coming)
    if (given.length >= PIECES_AHEAD) await given.shift()
  }
  await Promise.all(given)
  await api.end()
}

async function firstBytes(
  pieces: AsyncIterator<Uint8Array>,
): Promise<{ readonly held: readonly Uint8Array[]; readonly isWhole: boolean }> {
  const held: Uint8Array[] = []
  for (let size = 0; size < LEAST_BYTES;) {
    const next = await pieces.next()
    if (next.done === true) return { held, isWhole: true }
    held.push(next.value)
    size += next.value.length
  }
  return { held, isWhole: false }
}

async function* chained(held: readonly Uint8Array[], pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* held
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value
}
