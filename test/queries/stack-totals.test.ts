import { expect, test } from 'vitest'
import { findStackTotals, type StackTotalsAnswer, type StackTotalsQuestion } from '../../src/queries/stack-totals.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tellCapture } from '../support/tell-capture.ts'

function ask(trace: Trace, question: Partial<StackTotalsQuestion> = {}): StackTotalsAnswer {
  return findStackTotals(trace, {
    source: '',
    filter: '',
    sort: 'pages',
    isDescending: true,
    offset: 0,
    limit: 99,
    ...question,
  })
}

const record = (pfn: string, order: number, leaf: string): string =>
  `Page allocated via order ${order}, mask 0xcc0(GFP_KERNEL), pid 7, tgid 7 (app), ts 5 ns
PFN ${pfn} type Unmovable Block 1 type Movable Flags 0x0()
 ${leaf}+0x2d/0x5e
 caller_of_it+0x2a/0x2a7

`

const DUMP = [
  record('0x200', 0, 'small_grab'),
  record('0x208', 3, 'large_grab'),
  record('0x210', 0, 'small_grab'),
  record('0x211', 0, 'register_early_stack'),
  record('0x212', 0, 'register_early_stack'),
  record('0x213', 0, 'register_early_stack'),
].join('')

const STACKS = ` large_grab+0x2d/0x5e
 caller_of_it+0x2a/0x2a7
nr_base_pages: 8

 register_dummy_stack+0x2d/0x5e
 init_page_owner+0x2a/0x2a7
nr_base_pages: 900

`

const brief = ({ rows }: StackTotalsAnswer): readonly string[] =>
  rows.map(({ allocator, pages, blocks, place }) => `${allocator} ${pages} ${blocks} ${place.fileName}:${place.line}`)

test('records of a dump are added up by stack, and cited by the first of them', async () => {
  const trace = await tellCapture({ 'po.txt': DUMP })
  const answer = ask(trace)
  expect(answer.sources).toEqual([
    {
      id: 'po.txt',
      file: 0,
      fileName: 'po.txt',
      label: 'page_owner dump',
      kind: 'records',
      rows: 3,
      pages: 13,
      blocks: 6,
      notRecordedPages: 3,
    },
  ])
  expect(brief(answer)).toEqual(['large_grab 8 1 po.txt:6', 'small_grab 2 2 po.txt:1', ' 3 3 po.txt:16'])
  expect(answer.rows[0]).toMatchObject({ sizeBytes: 8 * 4096, handle: -1, task: { comm: '', pid: -1 } })
})

test('a stack that was not recorded is last, whichever way the rows are sorted', async () => {
  const trace = await tellCapture({ 'po.txt': DUMP })
  for (const sort of ['pages', 'blocks', 'allocator'] as const) {
    for (const isDescending of [true, false]) {
      const { rows } = ask(trace, { sort, isDescending })
      expect(rows.at(-1)).toMatchObject({ allocator: '', notRecorded: expect.stringContaining('before page_owner') })
      expect(rows.slice(0, -1).map(({ notRecorded }) => notRecorded)).toEqual(['', ''])
    }
  }
})

test('files are sources of their own: what they count is the same pages, and is not added up', async () => {
  const trace = await tellCapture({ 'po.txt': DUMP, 'stacks.txt': STACKS })
  expect(ask(trace).sources.map(({ id, pages, blocks }) => [id, pages, blocks])).toEqual([
    ['po.txt', 13, 6],
    ['stacks.txt', 908, -1],
  ])
  const totals = ask(trace, { source: 'stacks.txt' })
  expect(brief(totals)).toEqual(['large_grab 8 -1 stacks.txt:1', ' 900 -1 stacks.txt:5'])
  expect(totals.rows[1].notRecorded).toContain('within itself')
})

test('a filter finds symbols and handles, and the window follows it', async () => {
  const trace = await tellCapture({ 'po.txt': DUMP, 'h.txt': 'handle: 77\nnr_base_pages: 3\n\n' })
  expect(brief(ask(trace, { filter: 'LARGE_' }))).toEqual(['large_grab 8 1 po.txt:6'])
  const second = ask(trace, { filter: '_grab', offset: 1, limit: 1 })
  expect({ total: second.total, rows: brief(second) }).toEqual({ total: 2, rows: ['small_grab 2 2 po.txt:1'] })
  expect(ask(trace, { source: 'h.txt', filter: '77' }).rows[0]).toMatchObject({
    handle: 77,
    allocator: '',
    notRecorded: 'the files do not tell which stack handle 77 is',
  })
})

test('sizes go by the page size that a file tells, and say when they go by an assumed one', async () => {
  const large = '[    0.1] Dentry cache hash table entries: 65536 (order: 3, 524288 bytes, linear)\n'
  const assumed = ask(await tellCapture({ 'po.txt': DUMP }))
  expect([assumed.pageBytes, assumed.isPageSizeAssumed, assumed.rows[0].sizeBytes]).toEqual([4096, true, 8 * 4096])
  const told = ask(await tellCapture({ 'po.txt': DUMP, 'dmesg.txt': large }))
  expect([told.pageBytes, told.isPageSizeAssumed, told.rows[0].sizeBytes]).toEqual([65536, false, 8 * 65536])
})

test('without such a file there is no source and no row', async () => {
  const trace = await tellCapture({ 'uname.txt': 'Linux (none) 6.12.117-lab #1 SMP x86_64 GNU/Linux\n' })
  expect(ask(trace)).toMatchObject({ sources: [], source: '', total: 0, rows: [] })
})
