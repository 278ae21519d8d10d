import { array, assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { narrow, type Numbers } from '../../src/base/column.ts'
import { EventColumns } from '../../src/model/event-columns.ts'
import { NONE } from '../../src/model/ids.ts'

/** Rows of a block, and some. */
const MANY = 2 * (1 << 18) + 1234

interface Row {
  readonly page: number
  readonly shape: number
  stack: number
  time: number
}

/** `toEqual` takes a minute for so many. */
function areSame(one: Numbers, other: Numbers): boolean {
  return one.constructor === other.constructor && Buffer.compare(bytesOf(one), bytesOf(other)) === 0
}

function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function filled(rows: number): { columns: EventColumns; told: Row[] } {
  const columns = new EventColumns()
  const told: Row[] = []
  for (let row = 0; row < rows; row++) {
    // The second block has shapes that the first one's elements do not hold.
    const one = { time: row * 1000, page: row % 7 === 0 ? NONE : row % 5000, shape: row >> 12, stack: NONE }
    expect(columns.push(one.time, row % 11, one.page, -row, one.shape, row % 3, row)).toBe(row)
    told.push(one)
  }
  return { columns, told }
}

describe('events that grow in blocks', () => {
  const { columns, told } = filled(MANY)

  test('are each read where they were put', () => {
    expect(columns.length).toBe(MANY)
    for (let row = 0; row < MANY; row += 997) {
      expect([columns.timeOf(row), columns.pageOf(row), columns.shapeOf(row), columns.countOf(row)]).toEqual([
        told[row].time,
        told[row].page,
        told[row].shape,
        row === 0 ? 0 : -row,
      ])
      expect([columns.contextOf(row), columns.stackOf(row)]).toEqual([row % 3, NONE])
    }
  })

  test('get a stack that is wider than any of their block, late', () => {
    for (const [row, stack] of [
      [5, 3],
      [6, 70_000],
      [MANY - 1, 80_000],
    ]) {
      columns.setStack(row, stack)
      told[row].stack = stack
    }
    for (const row of [4, 5, 6, 7, MANY - 1]) expect(columns.stackOf(row)).toBe(told[row].stack)
  })

  test('move in time, those that are meant alone', () => {
    columns.shift(262_000, 263_000, 7)
    for (let row = 262_000; row < 263_000; row++) told[row].time += 7
    for (const row of [261_999, 262_000, 262_143, 262_144, 262_999, 263_000])
      expect(columns.timeOf(row)).toBe(told[row].time)
  })

  test('close up where some are left out', () => {
    expect(columns.remove(262_100, 300_000, (row) => row % 2 === 0)).toBe((300_000 - 262_100) / 2)
    const kept = told.filter((_, row) => row < 262_100 || row >= 300_000 || row % 2 === 1)
    expect(columns.length).toBe(kept.length)
    expect(columns.remove(columns.length, columns.length, () => true)).toBe(0)
    const rows = columns.rows()
    expect(
      areSame(
        rows.time,
        Float64Array.from(kept, ({ time }) => time),
      ),
    ).toBe(true)
    expect(
      areSame(
        rows.stack,
        Int32Array.from(kept, ({ stack }) => stack),
      ),
    ).toBe(true)
    expect(
      areSame(
        rows.page,
        Int32Array.from(kept, ({ page }) => page),
      ),
    ).toBe(true)
    const length = columns.length
    expect(areSame(columns.moveOut('page'), narrow(rows.page))).toBe(true)
    expect(areSame(columns.moveOut('shape'), narrow(rows.shape))).toBe(true)
    expect(areSame(columns.moveOut('time'), rows.time)).toBe(true)
    expect(areSame(columns.moveOut('line'), rows.line)).toBe(true)
    expect(columns.length).toBe(length)
  })
})

test('taken from parts of any sizes, events are those of one', () => {
  assert(
    property(array(integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 4 }), (sizes) => {
      const into = new EventColumns()
      const ids = Int32Array.from({ length: 8 }, (_, id) => 7 - id)
      let before = 0
      for (const size of sizes) {
        const part = new EventColumns()
        for (let row = 0; row < size; row++) part.push(before + row, row % 5, (row % 8) - 1, row, row % 8, row % 8, row)
        into.take(part.rows(), { page: ids, shape: ids, context: ids, stack: ids }, before)
        before += size
      }
      expect(into.length).toBe(before)
      const line = into.rows().line
      expect(line.every((value, row) => value === row)).toBe(true)
      const last = (sizes.at(-1) ?? 0) - 1
      expect(into.pageOf(before - 1)).toBe(last % 8 === 0 ? NONE : 7 - ((last % 8) - 1))
      expect([into.shapeOf(before - 1), into.stackOf(before - 1)]).toEqual([7 - (last % 8), NONE])
    }),
    { numRuns: 8 },
  )
})

test('lines past 2^32 and times past 2^53 / 4 are kept whole, in the open block and in full ones', () => {
  const columns = new EventColumns()
  const [line, time] = [2 ** 32 + 5, 2 ** 51 + 1]
  for (let row = 0; row <= 1 << 18; row++) columns.push(time + row, 1, 0, 0, 0, 0, line + row)
  expect(columns.timeOf(3)).toBe(time + 3)
  const [lines, times] = [columns.moveOut('line'), columns.moveOut('time')]
  expect([lines[0], lines[1 << 18]]).toEqual([line, line + (1 << 18)])
  expect([times[0], times[1 << 18]]).toEqual([time, time + (1 << 18)])
})
