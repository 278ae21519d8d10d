import { expect, test } from 'vitest'
import { unpackLimitOf, UnpackPool, withinLimit } from '../../src/formats/unpack-limit.ts'
import { newWrapping } from '../../src/formats/wrapping.ts'

const MIB = 1 << 20

async function* pieces(count: number, bytes = MIB): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(bytes)
  for (let at = 0; at < count; at++) yield piece
}

async function sizeOf(text: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0
  for await (const piece of text) size += piece.length
  return size
}

test.each([MIB, 3_000_017, 700_001])(
  'text is cut at 500 times what it came from, in pieces of %d bytes',
  async (bytes) => {
    const wrapping = newWrapping()
    const limit = unpackLimitOf({ sizeBytes: MIB })
    const text = withinLimit(pieces(Math.ceil((600 * MIB) / bytes), bytes), () => 7, wrapping, limit)
    expect(await sizeOf(text)).toBe(500 * MIB)
    expect(wrapping).toMatchObject({ isCutOff: true })
    expect(wrapping.damage).toBe(
      'stopped after 524288000 bytes of text: 1048576 bytes on disk unpack to more than 500 times as much; what was read before is kept; if you trust the file, unpack it yourself and load the plain file',
    )
  },
)

test('where nobody knows how much there is, what was read so far counts', async () => {
  const wrapping = newWrapping()
  expect(await sizeOf(withinLimit(pieces(600), () => MIB, wrapping, unpackLimitOf({ sizeBytes: 0 })))).toBe(500 * MIB)
})

test('small files may unpack as they like', async () => {
  const wrapping = newWrapping()
  expect(await sizeOf(withinLimit(pieces(256), () => 10, wrapping, unpackLimitOf({ sizeBytes: 10 })))).toBe(256 * MIB)
  expect(wrapping).toEqual(newWrapping())
})

test('the files of one archive share what they may unpack to, and one that is read again takes nothing more', async () => {
  const pool = new UnpackPool()
  const members = [200, 200, 200].map(() => ({ sizeBytes: 0, diskBytes: 1000, unpackShare: pool.share() }))
  const sizes: number[] = []
  for (const member of [...members, ...members]) {
    const text = withinLimit(pieces(200), () => 1, newWrapping(), unpackLimitOf(member))
    sizes.push((await sizeOf(text)) / MIB)
  }
  expect(sizes).toEqual([200, 56, 500_000 / MIB, 200, 56, 500_000 / MIB])
})
