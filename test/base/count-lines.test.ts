import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { countLines } from '../../src/base/count-lines.ts'

/** Mostly bytes that are nearly LF. */
const byte = fc.oneof(fc.constantFrom(0, 9, 10, 11, 13, 0x8a, 0x8b, 0xf5, 0xff), fc.nat({ max: 255 }))

test.prop([
  fc.uint8Array({ maxLength: 80 }),
  fc.array(byte, { maxLength: 3000 }),
  fc.nat({ max: 12 }),
  fc.nat({ max: 12 }),
])('LFs are counted wherever the bytes lie and whatever is beside them', (before, text, skip, left) => {
  const all = Uint8Array.from([...before, ...text])
  const bytes = all.subarray(before.length)
  const from = Math.min(skip, bytes.length)
  const to = Math.max(from, bytes.length - left)
  expect(countLines(bytes, from, to)).toBe(bytes.subarray(from, to).filter((one) => one === 10).length)
})
