import { expect, test } from 'vitest'
import { withinLimit } from '../../src/formats/unpack-limit.ts'
import { newWrapping } from '../../src/formats/wrapping.ts'

const PIECE = new Uint8Array(1 << 20)

async function* pieces(count: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < count; piece++) yield PIECE
}

async function sizeOf(text: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0
  for await (const piece of text) size += piece.length
  return size
}

test('text is stopped where it is more than 500 times what it came from', async () => {
  const wrapping = newWrapping()
  expect(await sizeOf(withinLimit(pieces(1000), () => 1 << 20, wrapping))).toBe(500 << 20)
  expect(wrapping).toMatchObject({ isCutOff: true })
  expect(wrapping.damage).toBe(
    'stopped: 1048576 packed bytes gave 525336576 bytes of text, more than 500 to 1; what was read before is kept',
  )
})

test('small files may unpack as they like', async () => {
  const wrapping = newWrapping()
  expect(await sizeOf(withinLimit(pieces(256), () => 10, wrapping))).toBe(256 << 20)
  expect(wrapping).toEqual(newWrapping())
})
