import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { fingerprintOf, placesOf } from '../../src/formats/fingerprint.ts'

const MIB = 1 << 20

test.prop([fc.integer({ min: 0, max: 2 ** 40 })])('places ascend within a file and have both its ends', (size) => {
  const places = placesOf(size)
  expect(places[0][0]).toBe(0)
  expect(places.at(-1)?.[1]).toBe(size)
  for (const [at, [from, to]] of places.entries()) {
    expect(from).toBeLessThanOrEqual(to)
    if (at > 0) expect(from).toBeGreaterThanOrEqual(places[at - 1][1])
  }
  const looked = places.reduce((sum, [from, to]) => sum + to - from, 0)
  expect(looked).toBe(Math.min(size, 2 * 64 * 1024 + 64 * 4096))
})

test('a file is known by its size, its ends and places between; not by what lies elsewhere', async () => {
  const bytes = new Uint8Array(8 * MIB).map((_, at) => at * 7 + (at >> 9))
  const before = await fingerprintOf(new Blob([bytes]))
  const changed = async (at: number): Promise<string> => {
    const other = bytes.slice()
    other[at] ^= 1
    return fingerprintOf(new Blob([other]))
  }
  const places = placesOf(bytes.length)
  for (const at of [0, bytes.length - 1, places[10][0], places[40][1] - 1]) expect(await changed(at)).not.toBe(before)
  expect(await changed(places[10][1])).toBe(before)
  expect(await fingerprintOf(new Blob([bytes.subarray(1)]))).not.toBe(before)
  expect(before).toMatch(/^[0-9a-f]{64}$/)
})
