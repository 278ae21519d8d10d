import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createNodeSha256 } from '../../src/cli/node-source.ts'
import { contentHash, contentHashOf, hashInPieces } from '../../src/formats/content-hash.ts'
import { HASH_PIECE_BYTES, HASH_WHOLE_BYTES } from '../../src/model/source-file.ts'

const LARGE = new Uint8Array(HASH_WHOLE_BYTES + 1000).map((_, at) => at * 7)
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('the hash of a file', () => {
  test.each([0, 1, HASH_PIECE_BYTES + 1, HASH_WHOLE_BYTES])('of %d bytes is its SHA-256', async (size) => {
    const bytes = LARGE.subarray(0, size)
    expect(await streamed(bytes)).toBe(sha256(bytes))
    expect(await contentHashOf(new Blob([bytes]))).toBe(sha256(bytes))
  })

  test('of a larger one is that of the SHA-256s of its pieces, whoever computed them', async () => {
    const asked: number[] = []
    const hash = await hashInPieces(LARGE.length, async (from, to) => {
      asked.push(from)
      return sha256(LARGE.subarray(from, to))
    })
    expect(asked).toEqual([0, 1, 2, 3, 4].map((piece) => piece * HASH_PIECE_BYTES))
    const sums = asked.map((from) => sha256(LARGE.subarray(from, from + HASH_PIECE_BYTES)))
    expect(hash).toBe(sha256(Buffer.from(sums.join(''), 'hex')))
    expect(await streamed(LARGE)).toBe(hash)
    expect(await contentHashOf(new Blob([LARGE]))).toBe(hash)
  })
})

async function streamed(bytes: Uint8Array): Promise<string> {
  const hash = contentHash(createNodeSha256)
  for (let at = 0; at < bytes.length; at += 5_000_000) hash.update(bytes.subarray(at, at + 5_000_000))
  return hash.digest()
}
