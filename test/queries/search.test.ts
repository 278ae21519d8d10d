import { expect, test } from 'vitest'
import { search, type SearchHit } from '../../src/queries/search.ts'
import { readPfn, readPfnRange } from '../../src/queries/search-number.ts'
import { LEAK, toldCapture } from '../support/told-capture.ts'

const { trace, derived } = toldCapture(LEAK)

function hits(text: string): readonly SearchHit[] {
  return search(trace, derived, { text, limit: 20 }).hits
}

test.each([
  ['0x100', [0x100]],
  ['100', [0x100]], // decimal 100 is no page here, hex 100 is
  ['256', [0x100]],
  ['0x100000', [0x100]], // beyond every PFN: a physical address
])('%s finds page %j', (text, pfns) => {
  expect(hits(text).flatMap((hit) => (hit.kind === 'pfn' ? [hit.pfn] : []))).toEqual(pfns)
})

test('it says how a number was read', () => {
  expect(search(trace, derived, { text: '256', limit: 9 }).reading).toBe('0x100: as PFN, decimal 256 = 0x100')
  expect(search(trace, derived, { text: '100', limit: 9 }).reading).toBe('0x100: as PFN, hex without 0x')
  expect(search(trace, derived, { text: '0x100000', limit: 9 }).reading).toBe(
    '0x100: as physical address 0x100000 >> 12',
  )
})

test('a page that no file names is offered, and said to be unknown', () => {
  expect(hits('0x150')[0]).toMatchObject({ kind: 'pfn', pfn: 0x150, detail: 'no file names this page (as PFN)' })
})

test('a bare number that is a page both ways gives both', () => {
  const both = toldCapture('a-1 0 1.0 +1 pfn=0x10 count=2\n a-1 0 2.0 +1 pfn=0xa count=2')
  const found = search(both.trace, both.derived, { text: '10', limit: 9 }).hits
  expect(found.flatMap((hit) => (hit.kind === 'pfn' ? [hit.pfn] : []))).toEqual([10, 0x10])
})

test.each(['0x0-0x180', '[0x0, 0x180)', '0..180', '[0, 180)'])('%s is a range, and leads to the failed one', (text) => {
  const ranges = hits(text).filter((hit) => hit.kind === 'range')
  expect(ranges.map((hit) => hit.label)).toEqual(
    text.includes('x') ? ['contig failed on [0x100, 0x200)', '[0x0, 0x180)'] : ['[0x0, 0xb4)'],
  )
})

test.each(['leaky_gr', 'LEAKY_GRAB'])('%s finds the function', (text) => {
  expect(hits(text)[0]).toMatchObject({ kind: 'symbol', symbol: 'leaky_grab', detail: 'in 1 stack' })
})

test.each(['drv', '9', 'drv-9'])('%s finds the task', (text) => {
  expect(hits(text).find((hit) => hit.kind === 'task')).toMatchObject({
    comm: 'drv',
    pid: 9,
    detail: text === '9' ? 'as pid, 1 event' : 'pid 9, 1 event',
  })
})

test('an event name and a line are found', () => {
  expect(hits('pages_iso')[0]).toMatchObject({ kind: 'event', name: 'test_pages_isolated' })
  expect(hits(':3')[0]).toMatchObject({ kind: 'line', place: { file: 0, line: 3 } })
  expect(hits('trace.txt:3')[0]).toMatchObject({ kind: 'line', label: 'trace.txt:3' })
  expect(hits(':99999')).toEqual([])
})

test('each kind of hit gets its share of a short list', () => {
  const found = search(trace, derived, { text: 'e', limit: 4 }).hits
  expect(found).toHaveLength(4)
  expect(new Set(found.map((hit) => hit.kind)).size).toBeGreaterThan(1)
})

test('nothing asked, nothing found', () => {
  expect(search(trace, derived, { text: '  ', limit: 9 })).toEqual({ hits: [], reading: '' })
})

test('a number too big for a page is none', () => {
  expect(readPfn('0xffffffffffffffff', 1000)).toEqual([])
})

test('a range that is empty or backwards is none', () => {
  expect(readPfnRange('0x200-0x100')).toBeUndefined()
  expect(readPfnRange('0x100-0x100')).toBeUndefined()
  expect(readPfnRange('trace-61')).toBeUndefined()
})

test('a range without a failure leads to its first page with events, else to its first page', () => {
  const typed = (text: string): SearchHit | undefined =>
    hits(text).find((hit) => hit.kind === 'range' && !hit.failureId)
  expect(typed('0xf0-0x180')).toMatchObject({ pfn: 0x100, detail: '144 pages, 3 with events, the first is 0x100' })
  expect(typed('0x180-0x181')).toMatchObject({ pfn: 0x180, detail: '1 page, 0 with events' })
})

test('a range beyond every page is of physical addresses, the last byte included', () => {
  expect(hits('[mem 0x100000-0x17ffff]').map((hit) => hit.label)).toEqual([
    'contig failed on [0x100, 0x200)',
    '[0x100, 0x180)',
    '[0x100, 0x180)',
  ])
  expect(search(trace, derived, { text: '0x100000-0x17ffff', limit: 9 }).reading).toBe(
    '[0x100, 0x180): as physical addresses >> 12',
  )
})

test('a tail is found with the head that its timeline is of', () => {
  const told = toldCapture(`
    app-7 0 1.0 set 1 pfn=0x100 count=1
    app-7 0 1.0 mm_page_alloc: page=0000000088233c10 pfn=0x100 order=3 migratetype=1 gfp_flags=GFP_TRANSHUGE`)
  expect(search(told.trace, told.derived, { text: '0x105', limit: 9 }).hits).toMatchObject([
    { kind: 'pfn', pfn: 0x105, detail: '2 events, tail of 0x100: its timeline is the head’s (as PFN)' },
  ])
})

test.each([
  ['pfn=0x100', { kind: 'pfn', pfn: 0x100 }], // as an event prints it
  ['pfn 256', { kind: 'pfn', pfn: 0x100 }],
  ['phys:0x100abc', { kind: 'pfn', pfn: 0x100 }],
  ['phys 100000', { kind: 'pfn', pfn: 0x100 }], // as /proc/iomem prints it
  ['1048576', { kind: 'pfn', pfn: 0x100 }], // decimal bytes, beyond every PFN
  ['pid 9', { kind: 'task', comm: 'drv', isAlone: true }],
  ['comm=drv', { kind: 'task', comm: 'drv' }],
  ['line 3', { kind: 'line', place: { line: 3 } }],
  ['/tmp/capture/trace.txt:3', { kind: 'line', place: { line: 3 } }],
  ['trace.txt:3:', { kind: 'line', place: { line: 3 } }], // as grep -n prints it
  ['0x80–0x180', { kind: 'range', label: 'contig failed on [0x100, 0x200)' }],
  ['leaky_grab+0x12/0x40 [leaky]', { kind: 'symbol', symbol: 'leaky_grab' }],
  ['leaky_grab+0x12[leaky]', { kind: 'symbol', symbol: 'leaky_grab' }],
  ['leaky_grab()', { kind: 'symbol', symbol: 'leaky_grab' }],
  ['grab [leaky]', { kind: 'symbol', symbol: 'leaky_grab' }],
  ['page_isolation:test_pages_isolated:', { kind: 'event', name: 'test_pages_isolated' }],
])('%s, as it is pasted, is understood', (text, hit) => {
  expect(hits(text)[0]).toMatchObject(hit)
})

test('a module names its functions, and none of others', () => {
  expect(hits('[leaky]').map(({ label }) => label)).toEqual(['leaky_grab', 'leaky_ioctl'])
  expect(hits('leaky_grab [other]')).toEqual([])
})

test('what was left out of a frame is told', () => {
  expect(search(trace, derived, { text: 'leaky_grab+0x12/0x40', limit: 9 }).reading).toBe('as leaky_grab')
})

test('a pid comes before pages that no file names, and an event by its full name before functions', () => {
  expect(hits('9').map(({ kind }) => kind)).toEqual(['task', 'pfn'])
  const told = toldCapture('a-1 0 1.0 +1 count=2 < trace_event_raw_event_page_ref_mod_template try_get')
  const [first] = search(told.trace, told.derived, { text: 'page_ref_mod', limit: 9 }).hits
  expect(first).toMatchObject({ kind: 'event', name: 'page_ref_mod' })
})

test.each(['kworker/1:1', 'dma:rx', 'rx-tx'])('a comm such as %s is found as it is', (comm) => {
  const told = toldCapture(`${comm}-77 0 1.0 +1 count=2`)
  const [first] = search(told.trace, told.derived, { text: comm, limit: 9 }).hits
  expect(first).toMatchObject({ kind: 'task', comm, pid: 77 })
})
