import { expect, test } from 'vitest'
import { openAtFirst, rowKeyOf, selectedKeyOf, selectionOf } from '../../../../src/ui/views/pinners/pinner-row.ts'

const stack = { hash: '00112233aabbccdd', frames: [] }
const ROWS = [
  ['a stack', 'stack', { level: 1, group: stack.hash, stack }],
  ['a task', 'task', { level: 1, group: 'drv-9', stack: { hash: '', frames: [] } }],
  ['a stack of a task', 'task', { level: 2, group: 'drv-9', stack }],
] as const

test.each(ROWS)('%s that is selected is the row that the link selects', (_, grouping, row) => {
  const selection = { grouping, group: undefined, stack: undefined, ...selectionOf(row, grouping) }
  expect(selectedKeyOf(selection)).toBe(rowKeyOf(row))
  expect(openAtFirst(selection)).toContain(rowKeyOf(row))
})

test('what was not recorded is not put into a link', () => {
  const row = { level: 1, group: '', stack: { hash: '', frames: [] } } as const
  expect(selectionOf(row, 'task')).toEqual({ group: undefined, stack: undefined })
})

test('a group and its stack of the same name are two rows', () => {
  const keys = ROWS.map(([, , row]) => rowKeyOf(row))
  expect(new Set(keys).size).toBe(keys.length)
})
