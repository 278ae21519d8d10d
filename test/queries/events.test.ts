import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { type EventsQuestion, findEvents } from '../../src/queries/events.ts'
import { stackHashOf } from '../../src/derive/stack-hash.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tell } from '../support/tell.ts'

const trace = tell(`
  cat-61 0 1.0 set 1 count=1 < post_alloc_hook do_fault
  drv-9  1 1.5 +1 count=3 < leaky_grab
  cat-61 0 2.0 +1 pfn=0x101 count=2 < do_fault
  drv-9  1 2.5 -1 count=2 < leaky_put
  init-1 0 3.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
`)
const all: EventsQuestion = { offset: 0, limit: 100 }

function times(question: Partial<EventsQuestion>): readonly string[] {
  return findEvents(trace, { ...all, ...question }).rows.map((row) => row.time.text)
}

test('an event row has place, task, operation, count, contradiction and stack', () => {
  const row = findEvents(trace, { ...all, offset: 1, limit: 1 }).rows[0]
  expect(row).toMatchObject({
    place: { fileName: 'trace.txt', line: 5 },
    name: 'page_ref_mod',
    pfn: 0x100,
    task: { comm: 'drv', pid: 9 },
    cpu: 1,
    irq: 'task',
    operation: '+1',
    count: 3,
    isExact: false,
    gap: 1,
  })
  expect(row.stack.frames.map((frame) => frame.symbol)).toEqual(['leaky_grab'])
})

test('an event that names no page has its arguments and no count of references', () => {
  const row = findEvents(trace, { ...all, name: 'test_pages_isolated' }).rows[0]
  expect(row).toMatchObject({ pfn: -1, operation: '', gap: 0 })
  expect(row.args).toContain('fin_pfn=0x100')
  expect(row.stack).toEqual({ hash: '', frames: [] })
})

test('filters are joined by and', () => {
  expect(times({ pfn: 0x100 })).toEqual(['1.000000', '1.500000', '2.500000'])
  expect(times({ pfn: 0x100, pid: 9 })).toEqual(['1.500000', '2.500000'])
  expect(times({ pfn: 0x100, pid: 9, name: 'page_ref_mod' })).toEqual(['1.500000'])
  expect(times({ comm: 'cat' })).toEqual(['1.000000', '2.000000'])
  expect(times({ stackHash: stackHashOf(trace, trace.events.stack[2]) })).toEqual(['2.000000'])
  expect(times({ stackHash: 'ffffffffffffffff' })).toEqual([])
  expect(times({ name: 'no_such_event' })).toEqual([])
  expect(times({ pfn: 0x999 })).toEqual([])
})

test('both ends of the window are included', () => {
  expect(times({ from: 500_000_000, to: 1_500_000_000 })).toEqual(['1.500000', '2.000000', '2.500000'])
})

propertyTest.prop([
  fc.array(fc.record({ task: fc.integer({ min: 1, max: 3 }), pfn: fc.integer({ min: 1, max: 3 }) }), { maxLength: 60 }),
  fc.record(
    { pfn: fc.integer({ min: 1, max: 4 }), pid: fc.integer({ min: 1, max: 4 }), from: fc.integer({ min: 0, max: 40 }) },
    { requiredKeys: [] },
  ),
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: 20 }),
])('a window is the slice of what a slow look at every row finds', (events, filter, offset, limit) => {
  const story = events.map(({ task, pfn }, at) => `t${task}-${task} 0 ${at + 1}.0 +1 pfn=0x${pfn} count=2`)
  const told = tell(story.join('\n'))
  const question = { ...filter, ...(filter.from === undefined ? {} : { from: filter.from * 1e9 }) }
  const slow = slowRows(told, question)
  const answer = findEvents(told, { ...question, offset, limit })
  expect(answer.total).toBe(slow.length)
  expect(answer.rows.map((row) => row.place.line)).toEqual(slow.slice(offset, offset + limit))
})

function slowRows(told: Trace, { pfn, pid, from = 0 }: Partial<EventsQuestion>): readonly number[] {
  return Array.from({ length: told.events.length }, (_, row) => row)
    .filter((row) => told.events.time[row] >= from)
    .filter((row) => pfn === undefined || told.pages.pfn[told.events.page[row]] === pfn)
    .filter((row) => pid === undefined || told.tasks.pid[told.contexts.task[told.events.context[row]]] === pid)
    .map((row) => told.events.line[row] + 1)
}
