import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createNodeSha256 } from '../../src/cli/node-source.ts'
import { contentHash, contentHashOf, hashOfSums, sumsOfPieces } from '../../src/formats/content-hash.ts'
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
    const sums = await sumsOfPieces(LARGE.length, new Map(), async (from, to) => sha256(LARGE.subarray(from, to)))
    expect(sums).toHaveLength(HASH_WHOLE_BYTES / HASH_PIECE_BYTES + 1)
    const hash = await hashOfSums(sums, createNodeSha256())
    expect(hash).toBe(sha256(Buffer.from(sums.join(''), 'hex')))
    expect(await streamed(LARGE)).toBe(hash)
    expect(await contentHashOf(new Blob([LARGE]))).toBe(hash)
    expect(await contentHashOf(new Blob([LARGE]), new Map([[1, sums[1]]]))).toBe(hash)
  })

  test('is taken from what is known of its pieces', async () => {
    const [, , third] = await sumsOfPieces(LARGE.length, new Map([[2, 'known']]), async () => 'read')
    expect(third).toBe('known')
  })
})

async function streamed(bytes: Uint8Array): Promise<string> {
  const hash = contentHash(createNodeSha256)
  for (let at = 0; at < bytes.length; at += 5_000_000) hash.update(bytes.subarray(at, at + 5_000_000))
  return hash.digest()
}
