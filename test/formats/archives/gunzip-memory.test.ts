import { gzipSync } from 'node:zlib'
import { Gunzip } from 'fflate'
import { afterEach, expect, test, vi } from 'vitest'
import { inflatePatiently } from '../../../src/formats/patient-gunzip.ts'
import { newWrapping } from '../../../src/formats/wrapping.ts'

afterEach(() => vi.restoreAllMocks())

async function* packed(): AsyncGenerator<Uint8Array> {
  yield gzipSync('a trace\n'.repeat(100))
}

async function unpack(error: Error): Promise<{ text: string; damage: string }> {
  vi.spyOn(Gunzip.prototype, 'push').mockImplementation(() => {
    throw error
  })
  const wrapping = newWrapping()
  const pieces: Uint8Array[] = []
  for await (const piece of inflatePatiently(packed, 0, wrapping)) pieces.push(piece)
  return { text: Buffer.concat(pieces).toString(), damage: wrapping.damage }
}

test('want of memory while a gzip file is unpacked is told as that, and not as damage of the file', async () => {
  await expect(unpack(new RangeError('Array buffer allocation failed'))).rejects.toThrow('allocation failed')
})

test('any other error of unpacking is damage', async () => {
  expect(await unpack(new Error('invalid block type'))).toMatchObject({ damage: expect.stringMatching(/^damaged: /) })
})
