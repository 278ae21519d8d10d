import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { derive } from '../../../src/derive/derive.ts'
import { type EventAnswer, findEvents } from '../../../src/queries/events.ts'
import { type FilterNode, type FilterTerm } from '../../../src/queries/filter/filter-node.ts'
import { FilterRun } from '../../../src/queries/filter/filter-run.ts'
import { readFilter } from '../../../src/queries/filter/read-filter.ts'
import { tell } from '../../support/tell.ts'

const ALL = { offset: 0, limit: 10_000 }

/** What a term says of an event as the table shows it, read the slow way: undefined where nothing tells. */
const SLOW: Readonly<Record<string, (event: EventAnswer) => boolean | undefined>> = {
  'pfn:0x101': (event) => event.pfn === 0x101,
  'pfn:0x100-0x102': (event) => event.pfn >= 0x100 && event.pfn < 0x102,
  'pfn!=0x101': (event) => event.pfn >= 0 && event.pfn !== 0x101,
  'op:mod_unless,set': (event) => ['page_ref_mod_unless', 'page_ref_set'].includes(event.name),
  'op!=page_ref_mod': (event) => event.name !== 'page_ref_mod',
  'ret:0': (event) => event.ret === 0,
  'ret!=0': (event) => event.ret !== undefined && event.ret !== 0,
  'val>=1': (event) => event.val !== undefined && event.val >= 1,
  'delta<0': (event) => event.delta !== undefined && event.delta < 0,
  'count>2': (event) => event.operation !== '' && event.count > 2,
  'cpu:0': (event) => event.cpu === 0,
  'pid:7-8': (event) => event.task.pid === 7 || event.task.pid === 8,
  'comm:dr*': (event) => event.task.comm.startsWith('dr'),
  'comm:~AP': (event) => event.task.comm.includes('ap'),
  'stack:leaky_grab': (event) =>
    event.stack.hash === '' ? undefined : event.stack.frames.some(({ symbol }) => symbol === 'leaky_grab'),
  'stack!=vfs_ioctl': (event) =>
    event.stack.hash === '' ? undefined : event.stack.frames.every(({ symbol }) => symbol !== 'vfs_ioctl'),
  'leaf:/grab$/': (event) => (event.stack.hash === '' ? undefined : event.stack.frames[0].symbol.endsWith('grab')),
  'module:leaky': (event) =>
    event.stack.hash === '' ? undefined : event.stack.frames.some(({ module }) => module === 'leaky'),
  'time:2-4': (event) => event.time.ns >= 1e9 && event.time.ns <= 3e9,
  'time>3': (event) => event.time.ns > 2e9,
  'line<9': (event) => event.place.line < 9,
  'class:driver': (event) => event.class === 'driver',
  'flags:lru': (event) => event.flags.split('|').includes('lru'),
  leaky: (event) => event.stack.frames.some(({ text }) => text.includes('leaky')),
}

const TERMS = Object.keys(SLOW)

function slowly(node: FilterNode, event: EventAnswer, text: string): boolean | undefined {
  if (node.kind === 'term') return SLOW[termText(node, text)](event)
  if (node.kind === 'not') {
    const told = slowly(node.part, event, text)
    return told === undefined ? undefined : !told
  }
  const parts = node.parts.map((part) => slowly(part, event, text))
  const decides = node.kind === 'or'
  if (parts.includes(decides)) return decides
  return parts.includes(undefined) ? undefined : !decides
}

function termText({ start, end }: FilterTerm, text: string): string {
  return text.slice(start, end)
}

const events = fc.array(
  fc.record({
    task: fc.constantFrom('app-7', 'drv-8', 'cat-9'),
    cpu: fc.integer({ min: 0, max: 1 }),
    pfn: fc.constantFrom('0x100', '0x101', '0x105'),
    what: fc.constantFrom('set 1', '+1', '-1', '+1 unless', '+1 refused', 'freeze 2 refused', '-1 return'),
    count: fc.integer({ min: 0, max: 4 }),
    stack: fc.constantFrom('', ' < leaky_grab[leaky] vfs_ioctl', ' < do_tee vfs_ioctl', ' < leaky_put[leaky]'),
  }),
  { minLength: 1, maxLength: 30 },
)
const filters = fc.letrec<{ tree: string; term: string; join: string; not: string }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, tie('term'), tie('join'), tie('not')),
  term: fc.constantFrom(...TERMS),
  join: fc
    .tuple(fc.array(tie('tree'), { minLength: 2, maxLength: 3 }), fc.constantFrom(' ', ' or '))
    .map(([parts, by]) => `(${parts.join(by)})`),
  not: tie('tree').map((part) => `-${part}`),
})).tree

propertyTest.prop([events, filters])('a filter finds what a slow look at every row finds', (story, filter) => {
  const told = tell(
    story
      .map(
        ({ task, cpu, pfn, what, count, stack }, at) =>
          `${task} ${cpu} ${at + 1}.0 ${what} pfn=${pfn} count=${count}${stack}`,
      )
      .join('\n'),
  )
  const derived = derive(told)
  const rows = findEvents(told, ALL, derived).rows
  const { node } = readFilter(filter)
  if (node === undefined) throw new Error(`no filter: ${filter}`)
  const answer = findEvents(told, { ...ALL, filter }, derived)
  const slow = rows.map((event) => slowly(node, event, filter))
  expect(answer.rows.map(({ place }) => place.line)).toEqual(
    rows.filter((_, at) => slow[at] === true).map(({ place }) => place.line),
  )
  expect(answer.unknown).toBe(slow.filter((one) => one === undefined).length)
})

const trace = tell(`
  app-7  0 1.000000 set 1 count=1 < post_alloc_hook do_anonymous_page
  drv-9  1 1.200000 +1 count=2 < leaky_grab[leaky] vfs_ioctl
  drv-9  1 1.300000 +1 count=3
  init-1 0 2.000000 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
`)
const derived = derive(trace)
const times = (filter: string): readonly string[] =>
  findEvents(trace, { ...ALL, filter }, derived).rows.map((row) => row.time.text.replace(/0+$/, ''))

test.each([
  ['stack:vfs_ioctl', ['1.2']],
  ['-stack:vfs_ioctl', ['1.']],
  ['near<1ms', ['2.']],
  ['near>700ms', ['1.', '1.2']],
  ['hold:open', ['1.', '1.2', '1.3']],
  ['addr:0x100123', ['1.', '1.2', '1.3']],
  ['0x100', ['1.', '1.2', '1.3', '2.']],
  ['fin_pfn', ['2.']],
  ['file:trace.txt line:1', ['1.']],
  ['lost:no irq:task', ['1.', '1.2', '1.3', '2.']],
  ['holder:leaky_grab module:*', ['1.2']],
  ['time:1.2', ['1.2']],
  ['time>1.2 time<=1.3', ['1.3']],
])('%s finds %j', (filter, found) => {
  expect(times(filter)).toEqual(found)
})

test('what is reckoned of pages is unknown where nothing tells, and counted', () => {
  const isKnown = findEvents(trace, { ...ALL, filter: 'excess>=0' }, derived)
  const isAll = findEvents(trace, { ...ALL, filter: 'excess>0 or excess:0' }, derived)
  expect(isKnown.total + isKnown.unknown).toBe(3) // of the events of the page
  expect([isAll.total, isAll.unknown]).toEqual([isKnown.total, isKnown.unknown])
  expect(findEvents(trace, { ...ALL, filter: 'excess>0' }).unknown).toBe(3) // nothing is derived
})

test('a wrong filter is not applied: nothing is answered for it', () => {
  const answer = findEvents(trace, { ...ALL, filter: 'cuont>3' })
  expect(answer).toMatchObject({ total: 0, rows: [], errors: [{ start: 0, end: 5 }] })
})

test('a run tells how far it is, and never more than it knows', () => {
  const long = tell(Array.from({ length: 20_000 }, (_, at) => `t-${at % 3} 0 ${at + 1}.0 +1 count=2`).join('\n'))
  const { node } = readFilter('pid:1')
  if (node === undefined) throw new Error('no filter')
  const run = new FilterRun(long, undefined, node)
  run.step()
  expect([run.isDone, run.lookedAt, run.toLookAt]).toEqual([false, 16_384, 20_000])
  expect(run.matches.total).toBe(16_384 / 3 - (16_384 % 3) / 3)
  expect(run.leftIn(0, 20_000)).toBe(20_000 - 16_384)
  run.finish()
  expect([run.matches.total, run.leftIn(0, 20_000)]).toEqual([6667, 0])
})

test('a page with many events is reckoned in steps, which two filters share', () => {
  const busy = tell(
    Array.from(
      { length: 20_000 },
      (_, at) => `t-1 0 ${at + 1}.0 ${at % 2 === 0 ? '+1' : '-1'} count=${2 - (at % 2)}`,
    ).join('\n'),
  )
  const derivedOfBusy = derive(busy)
  const [atMostTwo, none] = ['gap<3', 'excess>=0'].map((text) => {
    const { node } = readFilter(text)
    if (node === undefined) throw new Error('no filter')
    return [new FilterRun(busy, derivedOfBusy, node), new FilterRun(busy, derivedOfBusy, node)]
  })
  for (const [first, second] of [atMostTwo, none]) {
    first.step()
    expect(first.lookedAt).toBe(0) // it rests before the first slice is looked at
    for (let steps = 0; !first.isDone || !second.isDone; steps++) {
      expect(steps).toBeLessThan(100)
      if (!first.isDone) first.step()
      if (!second.isDone) second.step()
    }
    expect(first.matches.total + first.unknown.total).toBe(20_000)
    expect(second.matches.total).toBe(first.matches.total)
  }
})
