import { expect, test } from 'vitest'
import { findEvents } from '../../../src/queries/events.ts'
import { LEAK, toldCapture } from '../../support/told-capture.ts'

const { trace, derived } = toldCapture(LEAK)
const errorsOf = (filter: string) => findEvents(trace, { filter, offset: 0, limit: 1 }, derived).errors

test('an operation that neither the files nor the kernel know is an error with its place, also within parentheses', () => {
  expect(errorsOf('op:bogus')).toMatchObject([
    { start: 3, end: 8, message: expect.stringContaining('set, mod, mod_and_test') },
  ])
  expect(errorsOf('count>1 and not (cpu:0 or op:set,moo)')).toMatchObject([{ start: 33, end: 36 }])
  expect(errorsOf('op!=bogus')).toHaveLength(1)
})

test('operations of the kernel need not be in the files, and patterns may fit nothing', () => {
  const filters = ['op:freeze', 'op:page_ref_freeze', 'op:folio_ref_mod', 'op:cma_alloc_start', 'op:bog*', 'op:~bogus']
  for (const filter of [...filters, 'op:test_pages_isolated', 'op:/bogus/']) expect(errorsOf(filter)).toEqual([])
})

test('a migratetype and a class that there is not is an error, a number is none', () => {
  expect(errorsOf('mt:Bogus')[0]?.message).toMatch(/^no such migratetype: .*Movable.*CMA/)
  for (const filter of ['mt:CMA', 'migratetype:Isolate', 'mt:99', 'mt:*x*', 'class:driver'])
    expect(errorsOf(filter)).toEqual([])
  expect(errorsOf('class:bogus')).toHaveLength(1)
})
