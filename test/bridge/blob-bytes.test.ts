import { describe, expect, test } from 'vitest'
import { BlobBytes } from '../../src/bridge/blob-bytes.ts'

const SIZES = [100_000, 300_000, 0, 70_001, 300_001]

function blobOf(size: number, first: number): Blob {
  return new Blob([Uint8Array.from({ length: size }, (_, at) => (first + at * 7) & 0xff)])
}

/** A blob whose stream is another than its own. */
function streaming(blob: Blob, stream: ReadableStream<Uint8Array<ArrayBuffer>>): Blob {
  return Object.assign(blob.slice(), { stream: () => stream })
}

describe('the bytes of a blob', () => {
  test('are all of it, whatever was read before into the same memory', async () => {
    const blobs = new BlobBytes()
    for (const [first, size] of SIZES.entries()) {
      const blob = blobOf(size, first)
      const bytes = await blobs.read(blob)
      expect(Buffer.compare(bytes, new Uint8Array(await blob.arrayBuffer()))).toBe(0)
    }
  })

  test('are read anew where a stream fills no memory that it is given', async () => {
    const blob = blobOf(1000, 1)
    const bytes = await new BlobBytes().read(streaming(blob, new ReadableStream()))
    expect(bytes).toEqual(new Uint8Array(await blob.arrayBuffer()))
  })

  test('are refused where fewer come than there should be, and the next blob is read all the same', async () => {
    const blobs = new BlobBytes()
    const blob = blobOf(1000, 1)
    await expect(blobs.read(streaming(blob, blob.slice(0, 900).stream()))).rejects.toThrow('900 of 1000 bytes')
    expect(await blobs.read(blob)).toEqual(new Uint8Array(await blob.arrayBuffer()))
  })
})
