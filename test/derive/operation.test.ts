import { expect, test } from 'vitest'
import { deltaOf, isRefused, operationText } from '../../src/derive/operation.ts'
import { type EventRow } from '../../src/model/ids.ts'
import { tell } from '../support/tell.ts'

test.each([
  ['set 1 count=1', 'set 1', 1, false],
  ['+1 count=2', '+1', 1, false],
  ['-1024 count=1', '-1024', -1024, false],
  ['+1 unless count=2', '+1', 1, false],
  ['+1 refused count=0', '+1 refused', 0, true],
  ['freeze 2 count=0', 'freeze 2', -2, false],
  ['freeze 2 refused count=3', 'freeze 2 refused', 0, true],
  ['unfreeze 2 count=2', 'unfreeze 2', 2, false],
])('%s reads %s and changes the count by %i', (told, text, delta, refused) => {
  const trace = tell(`a-1 0 1.0 ${told}`)
  expect(operationText(trace, 0 as EventRow)).toBe(text)
  expect(deltaOf(trace, 0 as EventRow)).toBe(delta)
  expect(isRefused(trace, 0 as EventRow)).toBe(refused)
})

test('an event that is no page reference has no operation', () => {
  const trace = tell('a-1 0 1.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail')
  expect(operationText(trace, 0 as EventRow)).toBe('')
  expect(deltaOf(trace, 0 as EventRow)).toBe(0)
})
