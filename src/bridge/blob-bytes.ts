/** Room is made for so much more than is needed: one part is a little larger than the next. */
const GROWTH = 1.1

/** Whoever reads a blob: Chromium lets go of a stream that nothing else holds, though it is read from, and never answers. */
const reading = new Set<ReadableStreamBYOBReader>()

/** Memory that one blob after the other is read into, for a thread that reads one at a time. */
export class BlobBytes {
  #room = new ArrayBuffer(0)

  /**
   * All bytes of a blob, good until the next is read. Where the browser can fill memory that it is given, it is that of the
   * blob before: memory that is asked for anew has to be cleared, which costs about as much as to read into it. Rejects when
   * they cannot be read.
   */
  async read(blob: Blob): Promise<Uint8Array> {
    const reader = fillingReader(blob)
    if (reader === undefined) return new Uint8Array(await blob.arrayBuffer())
    reading.add(reader)
    try {
      return await this.#fill(reader, blob.size)
    } finally {
      reading.delete(reader)
    }
  }

  async #fill(reader: ReadableStreamBYOBReader, size: number): Promise<Uint8Array> {
    let room = this.#room.byteLength < size ? new ArrayBuffer(Math.ceil(size * GROWTH)) : this.#room
    // It is given away while it is filled, and lost where that fails.
    this.#room = new ArrayBuffer(0)
    for (let at = 0; at < size;) {
      const { done, value } = await reader.read(new Uint8Array(room, at, size - at))
      if (done) throw new Error(`${at} of ${size} bytes could be read`)
      room = value.buffer
      at += value.length
    }
    await reader.cancel() // all is read: closes what is behind it
    this.#room = room
    return new Uint8Array(room, 0, size)
  }
}

/** Undefined where a blob's stream does not fill memory that it is given. */
function fillingReader(blob: Blob): ReadableStreamBYOBReader | undefined {
  try {
    return blob.stream().getReader({ mode: 'byob' })
  } catch {
    return undefined
  }
}
