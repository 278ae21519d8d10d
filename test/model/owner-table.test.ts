import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { column, narrow } from '../../src/base/column.ts'
import { type LineId, type StackId, type StringId } from '../../src/model/ids.ts'
import { OwnerTableBuilder } from '../../src/model/owner-table-builder.ts'
import { OwnerColumn } from '../../src/model/owner-table-column.ts'
import { rowsByValue } from '../../src/model/owner-table-order.ts'
import { type OwnerRecord } from '../../src/model/owner-table.ts'
import { StackHandles } from '../../src/model/stack-handles.ts'

const value = fc.oneof(
  fc.constantFrom(-1, 0, 255, 256, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 52),
  fc.integer({ min: -5, max: 5 }),
)

describe('a column of records', () => {
  test.prop([fc.array(value), fc.array(value), fc.integer({ min: 0, max: 3000 })])(
    'holds the rows that were pushed, whatever they need',
    (first, then, repeats) => {
      const values = [...first, ...Array.from({ length: repeats }, () => first.at(-1) ?? -1), ...then]
      const grown = new OwnerColumn()
      for (const each of values) grown.push(each)
      expect(grown.length).toBe(values.length)
      expect(Array.from(grown.rows())).toEqual(values)
      expect(Array.from(grown.build())).toEqual(values)
    },
  )

  test.prop([fc.array(fc.array(value), { maxLength: 6 })])('and those of parts', (parts) => {
    const grown = new OwnerColumn()
    for (const part of parts) grown.append(narrow(Float64Array.from(part)))
    expect(Array.from(grown.build())).toEqual(parts.flat())
  })

  test('takes a byte a row where all are the same small number', () => {
    const grown = new OwnerColumn()
    for (let row = 0; row < 5000; row++) grown.push(-1)
    expect(grown.build().byteLength).toBe(5000)
  })
})

test.prop([fc.array(fc.array(fc.integer({ min: 0, max: 40 })), { maxLength: 8 })])(
  'rows of several dumps are ordered by PFN, those of one PFN as they stand in the files',
  (dumps) => {
    const pfns = dumps.flatMap((dump) => dump.toSorted((a, b) => a - b))
    const expected = pfns.map((_, row) => row).toSorted((a, b) => pfns[a] - pfns[b] || a - b)
    expect(Array.from(rowsByValue(column(Int32Array.from(pfns))))).toEqual(expected)
  },
)

const record: OwnerRecord = {
  pfn: 5,
  order: 0,
  gfp: 1 as StringId,
  pid: 7,
  tgid: 7,
  comm: 0 as StringId,
  pageType: 2 as StringId,
  blockType: 2 as StringId,
  flags: 3 as StringId,
  migrateReason: -1 as StringId,
  ts: 2 ** 40,
  freeTs: -1,
  stack: 1 as StackId,
  handle: -1,
  line: 9 as LineId,
}

test('records of another builder come with the ids that texts and stacks have here', () => {
  const part = new OwnerTableBuilder()
  part.push(record)
  part.push({ ...record, pfn: 6, stack: -1 as StackId, handle: 4_000_000_000, line: 20 as LineId })
  const whole = new OwnerTableBuilder()
  const ids = { text: Int32Array.of(10, 11, 12, 13), stack: Int32Array.of(20, 21) }
  whole.takeRows(part.rows(), ids, 100 as LineId)
  const handles = new StackHandles()
  handles.name(4_000_000_000, 3 as StackId)
  const { shapes, ...owners } = whole.build(handles)
  expect(Array.from(owners.stack as ArrayLike<number>)).toEqual([21, 3])
  expect(Array.from(owners.line as ArrayLike<number>)).toEqual([109, 120])
  expect(Array.from(owners.shape as ArrayLike<number>)).toEqual([0, 0])
  expect([shapes.gfp[0], shapes.comm[0], shapes.flags[0], shapes.migrateReason[0], shapes.pid[0]]).toEqual([
    11, 10, 13, -1, 7,
  ])
})
