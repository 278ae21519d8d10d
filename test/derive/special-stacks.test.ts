import { expect, test } from 'vitest'
import { notRecorded } from '../../src/derive/special-stacks.ts'
import { tell } from '../support/tell.ts'

function reason(stack: string): string {
  const trace = tell(`app-7 0 1.0 +1 count=2 < ${stack}`)
  return notRecorded(trace, trace.events.stack[0])
}

test.each([
  ['register_dummy_stack init_page_owner', 'within itself'],
  ['create_dummy_stack register_dummy_stack init_page_owner', 'within itself'],
  ['create_dummy_stack register_failure_stack init_page_owner', 'no memory'],
  ['create_dummy_stack register_early_stack init_page_owner', 'before page_owner began'],
  ['create_dummy_stack.constprop.0 init_page_owner', 'a stand-in'],
  ['save_stack_trace register_dummy_stack init_page_owner page_ext_init', 'within itself'],
  ['stack_trace_save register_failure_stack init_page_pinner', 'no memory'],
  ['__save_stack_trace save_stack_trace register_early_stack', 'before page_owner began'],
])('%s is no record of an allocation', (stack, why) => {
  expect(reason(stack)).toContain(why)
})

test.each([
  'page_ext_init kernel_init_freeable kernel_init',
  'save_stack_trace save_stack __set_page_owner init_page_owner invoke_init_callbacks page_ext_init',
  'init_pages_in_zone.isra.4 init_page_owner page_ext_init start_kernel',
  'start_kernel x86_64_start_reservations',
])('up to 4.13 a page in use before page_owner began has its start for a stack: %s', (stack) => {
  expect(reason(stack)).toContain('before page_owner began')
})

test.each([
  'save_stack_trace save_stack __set_page_owner get_page_from_freelist __alloc_pages_nodemask page_ext_init',
  '__alloc_pages_nodemask alloc_pages_exact_nid page_ext_init start_kernel',
  'prep_new_page get_page_from_freelist leaky_ioctl',
  'leaky_ioctl register_dummy_stack',
])('a stack that begins in the page allocator is a record: %s', (stack) => {
  expect(reason(stack)).toBe('')
})
