import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FrameId } from '../../src/model/ids.ts'
import { type BlockCutter, framesOf, StackDepotBuilder } from '../../src/model/stack-depot.ts'

/** One frame a byte that is not LF. */
const cutBytes: BlockCutter = (bytes, start, end, into) => {
  for (let at = start; at < end; at++) if (bytes[at] !== 10) into.push(bytes[at] as FrameId)
}

/** Few distinct bytes, so that blocks repeat and share their beginnings; NUL and bytes that make NaNs among them. */
const block = fc
  .array(fc.constantFrom(0, 10, 65, 66, 0x7f, 0xf8, 0xff), { minLength: 1, maxLength: 24 })
  .map((bytes) => Uint8Array.from(bytes))

test('gives equal frames one id and different frames different ids', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 60 }), (blocks) => {
      const depot = new StackDepotBuilder()
      const ids = blocks.map((bytes) => depot.internBlock(bytes, 0, bytes.length, cutBytes))
      const built = depot.build()
      const known = new Map<string, number>()
      for (const [k, bytes] of blocks.entries()) {
        const frames = [...bytes].filter((byte) => byte !== 10)
        const held = framesOf(built, ids[k])
        expect(Array.from({ length: held.length }, (_, at) => held[at])).toEqual(frames)
        const id = known.get(frames.join()) ?? ids[k]
        expect(ids[k]).toBe(id)
        known.set(frames.join(), id)
      }
      expect(built.length).toBe(known.size)
      expect(built.savings.seen).toBe(blocks.length)
      expect(built.savings.textBytes).toBe(blocks.reduce((sum, bytes) => sum + bytes.length, 0))
    }),
  )
})

test('finds a guessed block exactly where its bytes stand', () => {
  fc.assert(
    fc.property(block, block, fc.nat(5), (held, text, before) => {
      const depot = new StackDepotBuilder()
      const stack = depot.internBlock(held, 0, held.length, cutBytes)
      const guess = depot.lastBlock
      const bytes = Uint8Array.from([...Array.from({ length: before }, () => 67), ...text])
      const begins = held.length <= text.length && held.every((byte, at) => byte === text[at])
      const isFound = depot.matchBlock(new DataView(bytes.buffer), before, bytes.length, guess)
      const isPlain = held.every((byte) => byte > 0 && byte < 0x7f)
      // A block with a NUL, or with bytes that are no number, may go unfound; a wrong one is never found.
      expect(isFound).toBe(isPlain ? begins : isFound && begins)
      expect(isFound ? depot.takeBlock(guess) : stack).toBe(stack)
    }),
    { numRuns: 500 },
  )
})

test('does not read past the limit for a guess', () => {
  const depot = new StackDepotBuilder()
  const text = new TextEncoder().encode(' => some_function\n')
  depot.internBlock(text, 0, text.length, cutBytes)
  const view = new DataView(text.buffer)
  expect(depot.matchBlock(view, 0, text.length, depot.lastBlock)).toBe(true)
  expect(depot.matchBlock(view, 0, text.length - 1, depot.lastBlock)).toBe(false)
})
