import { type Endpoint, expose, transfer } from 'comlink'
import { buffersOf } from '../base/buffers-of.ts'
import { keepPulse } from './worker-pulse.ts'

/** Text that is handed over at once, bytes: a message costs as much as to unpack some kilobytes. */
const BATCH_BYTES = 4 << 20

/** What the worker that unpacks one gzip stream does. */
export interface UnpackApi {
  /** Takes the next packed bytes, in the order of the calls; resolves when they are unpacked. Rejects when they are damaged. */
  give(packed: Uint8Array): Promise<void>
  /** No more bytes come. */
  end(): Promise<void>
  /** The next pieces of the text, moved, in the order of the calls; none when it is over. Rejects when it is damaged. */
  next(): Promise<readonly Uint8Array[]>
}

/** Puts unpacking behind an endpoint: the worker's own scope, or a message port in a test. */
export function exposeUnpacking(endpoint?: Endpoint): void {
  keepPulse(endpoint)
  expose(unpackingDoor(), endpoint)
}

function unpackingDoor(): UnpackApi {
  // The DOM types want plain-buffer views; every piece that is sent is one.
  const pipe = new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>
  const writer = pipe.writable.getWriter()
  const reader = pipe.readable.getReader()
  writer.closed.catch(() => undefined) // whoever asks for the next piece is told
  /** Batches that are asked for at once come one behind the other. */
  let last: Promise<unknown> = Promise.resolve()
  return {
    give: (packed) => writer.write(packed),
    end: () => writer.close(),
    next: async () => {
      const coming = last.then(() => batch(reader))
      last = coming.catch(() => undefined) // whoever asked for it is told
      const pieces = await coming
      return transfer(pieces, [...buffersOf(pieces)])
    },
  }
}

async function batch(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = []
  for (let size = 0; size < BATCH_BYTES;) {
    const { done, value } = await reader.read()
    if (done) break
    // Memory that holds more than the piece may be filled again: that is not ours to move.
    pieces.push(value.byteLength === value.buffer.byteLength ? value : value.slice())
    size += value.length
  }
  return pieces
}
