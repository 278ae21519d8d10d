import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { column, type Numbers } from '../../src/base/column.ts'
import { bytesOfPacked, pack, unpack } from '../../src/snapshot/pack.ts'
import { spilledColumn, SpilledColumns } from '../../src/snapshot/spilled-column.ts'
import { MemorySpill } from '../support/memory-spill.ts'

const ARRAYS = [
  (values: readonly number[]) => Uint8Array.from(values),
  (values: readonly number[]) => Int16Array.from(values),
  (values: readonly number[]) => Uint32Array.from(values),
  (values: readonly number[]) => Int32Array.from(values),
  (values: readonly number[]) => Float64Array.from(values),
]

test('a spilled column reads as the typed array did, its views too', () => {
  const place = fc.option(fc.integer({ min: -30, max: 30 }), { nil: undefined })
  fc.assert(
    fc.property(
      fc.constantFrom(...ARRAYS),
      fc.array(fc.integer(), { maxLength: 25 }),
      fc.array(fc.tuple(place, place), { maxLength: 3 }),
      (make, told, cuts) => {
        const values = make(told)
        const columns = new SpilledColumns(new MemorySpill())
        columns.add(Uint8Array.of(1, 2, 3))
        let spilled = spilledColumn<number>(columns.add(values))
        let expected = column<number>(values)
        for (const [from, to] of cuts) {
          spilled = spilled.subarray(from, to)
          expected = expected.subarray(from, to)
        }
        expect([spilled.length, spilled.BYTES_PER_ELEMENT]).toEqual([expected.length, expected.BYTES_PER_ELEMENT])
        const rows = Array.from({ length: expected.length + 4 }, (_, at) => at - 2)
        expect(rows.map((row) => spilled[row])).toEqual(rows.map((row) => expected[row]))
        expect(Array.from(spilled)).toEqual(Array.from(expected))
      },
    ),
  )
})

test('values in any block are found, in any order, and few blocks are read twice', () => {
  const values = Uint32Array.from({ length: 1_000_003 }, (_, row) => row * 3)
  const file = new MemorySpill()
  const spilled = spilledColumn<number>(new SpilledColumns(file).add(values))
  const rows = Array.from({ length: 5000 }, (_, at) => (at * 7919 * 31) % values.length)
  expect(rows.map((row) => spilled[row])).toEqual(rows.map((row) => values[row]))
  expect(spilled[values.length - 1]).toBe(values.at(-1))
  expect(file.reads).toBeLessThanOrEqual(62)
})

test('what is spilled is packed as what is in memory, and twice is once', () => {
  const columns = new SpilledColumns(new MemorySpill())
  const values: Numbers = Uint32Array.from({ length: 70_001 }, (_, row) => row)
  const spilled = spilledColumn<number>(columns.add(values))
  const [before, after] = [pack({ a: values, b: values, c: 1 }), pack({ a: spilled, b: spilled, c: 1 })]
  expect(Buffer.compare(bytesOfPacked(after), bytesOfPacked(before))).toBe(0)
  expect(unpack(bytesOfPacked(after), after.headBytes)).toEqual({ a: values, b: values, c: 1 })
})
