import { createReadStream, read } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { type Source } from '../formats/source.ts'
import { bytesBetween } from './bytes-between.ts'
import { sayOnTerminal } from './say-on-terminal.ts'

/** A pipe that gave nothing for so long is worth a word. */
const SILENT_MS = 1000
const readAt = promisify(read)

/**
 * A `Source` over a pipe, `<(zcat trace.gz)`: read to its end at once, into a temporary file that has no name any more
 * and goes with the process, for a pipe gives its bytes only once. `say` is called when the pipe stays silent. Never
 * throws: the stream will.
 */
export async function pipeSource(path: string, say: (words: string) => void = sayOnTerminal): Promise<Source> {
  const silence = setTimeout(() => say(`waiting for ${path}: nothing has been written to this pipe yet`), SILENT_MS)
  const held = await heldBytes(path, () => clearTimeout(silence)).catch((error: unknown) => asError(error))
  clearTimeout(silence)
  if (held instanceof Error) return { name: path, sizeBytes: 0, stream: () => failing(held) }
  const streamed = (from: number, to: number): ReadableStream<Uint8Array> =>
    bytesBetween(from, to, async () => ({
      read: async (buffer, position) => (await readAt(held.descriptor, buffer, 0, buffer.length, position)).bytesRead,
    }))
  return {
    name: path,
    sizeBytes: held.sizeBytes,
    stream: () => streamed(0, Number.POSITIVE_INFINITY),
    slice: streamed,
  }
}

/** The bytes of a pipe in a file that only the descriptor leads to. */
async function heldBytes(path: string, onBytes: () => void): Promise<{ descriptor: number; sizeBytes: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'pinscope-pipe-'))
  try {
    const file = await open(join(folder, 'pipe'), 'wx+', 0o600)
    const pipe = createReadStream(path).once('data', onBytes)
    await pipeline(pipe, file.createWriteStream({ autoClose: false }))
    const { size } = await file.stat()
    kept.push(file)
    return { descriptor: file.fd, sizeBytes: size }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Open for as long as the process: a handle that nothing holds is closed. */
const kept: unknown[] = []

function failing(error: Error): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({ start: (controller) => controller.error(error) })
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
