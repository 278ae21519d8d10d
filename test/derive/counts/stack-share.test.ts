import { expect, test } from 'vitest'
import { stackShareOf } from '../../../src/derive/counts/stack-share.ts'
import { tell } from '../../support/tell.ts'

test('half of the reference events have a stack; other events do not count', () => {
  const trace = tell(`
    app-7 0 1.0 set 1 count=1 < do_anonymous_page handle_mm_fault
    app-7 0 2.0 +1 count=2
    app-7 0 3.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
  `)
  expect(stackShareOf(trace)).toBe(0.5)
})

test('a trace without reference events lacks no stack', () => {
  expect(stackShareOf(tell('app-7 0 1.0 cma_alloc_start: name=a count=1 align=0'))).toBe(1)
})
