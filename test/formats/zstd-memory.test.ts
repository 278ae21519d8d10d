import { readFileSync } from 'node:fs'
import { Decompress } from 'fzstd'
import { afterEach, expect, test, vi } from 'vitest'
import { inflateZstd } from '../../src/formats/zstd.ts'
import { newWrapping } from '../../src/formats/wrapping.ts'

const PACKED = readFileSync(new URL('../fixtures/packed/many-blocks.zst', import.meta.url))

afterEach(() => vi.restoreAllMocks())

async function* packed(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(PACKED)
}

/** What is unpacked before the third block, where `error` is thrown. */
async function unpack(error: Error): Promise<{ text: string; damage: string }> {
  const really: unknown = Reflect.get(Decompress.prototype, 'push')
  let blocks = -1 // the header of the frame comes first
  vi.spyOn(Decompress.prototype, 'push').mockImplementation(function (this: Decompress, ...given) {
    if (++blocks > 2) throw error
    if (typeof really === 'function') Reflect.apply(really, this, given)
  })
  const wrapping = newWrapping()
  const pieces: Uint8Array[] = []
  for await (const piece of inflateZstd(packed(), wrapping)) pieces.push(piece)
  return { text: Buffer.concat(pieces).toString(), damage: wrapping.damage }
}

test('want of memory while a zstd file is unpacked is told as that, and not as damage of the file', async () => {
  await expect(unpack(new RangeError('Array buffer allocation failed'))).rejects.toThrow('allocation failed')
})

test('any other error of unpacking is damage, and what came before it is kept', async () => {
  const { text, damage } = await unpack(new Error('invalid block type'))
  expect(damage).toMatch(/^damaged: /)
  expect(text.length).toBeGreaterThan(0)
})
