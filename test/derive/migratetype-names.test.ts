import { expect, test } from 'vitest'
import { migratetypeName } from '../../src/derive/migratetype-names.ts'
import { tellCapture } from '../support/tell-capture.ts'

const event = (pfn: number, mt: number, at: number): string =>
  `            init-1       [000] ..... ${at}.000000: page_ref_mod: pfn=0x${pfn.toString(16)} flags=none count=2 mapcount=0 mapping=0000000000000000 mt=${mt} val=1\n`
const START = '            init-1       [000] ..... 1.500000: cma_alloc_start: name=reserved count=256 align=0\n'
const FINISH =
  '            init-1       [000] ..... 9.500000: cma_alloc_finish: name=reserved pfn=0x100 page=00000000f0f0f0f0 count=256 align=0\n'

async function names(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const trace = await tellCapture(files)
  return [0, 1, 2, 3, 4, 5].map((mt) => migratetypeName(trace, mt))
}

test('pagetypeinfo says it, whatever else may be thought', async () => {
  const types = 'Page block order: 9\nNumber of blocks type     Unmovable      Movable  Reclaimable   Own  Isolate \n'
  expect(await names({ 'trace.txt': event(0x100, 4, 1), 'pagetypeinfo.txt': types })).toEqual([
    'Unmovable',
    'Movable',
    'Reclaimable',
    'Own',
    'Isolate',
    '',
  ])
})

test('where no file tells, what the configuration decides is left open', async () => {
  expect(await names({ 'trace.txt': event(0x100, 1, 1) })).toEqual([
    'Unmovable',
    'Movable',
    'Reclaimable',
    'HighAtomic or CMA',
    'CMA or HighAtomic or Isolate',
    'Isolate',
  ])
})

test('a sixth type is there with CMA only', async () => {
  expect((await names({ 'trace.txt': event(0x100, 5, 1) })).slice(3)).toEqual([
    'HighAtomic or CMA',
    'CMA or HighAtomic',
    'Isolate',
  ])
})

test.each([
  [4, ['HighAtomic', 'CMA', 'Isolate']],
  [3, ['CMA', 'HighAtomic', 'Isolate']],
])('a page of CMA that prints mt=%i outside of an attempt tells the layout', async (mt, told) => {
  expect((await names({ 'trace.txt': event(0x180, mt, 1) + START + FINISH })).slice(3)).toEqual(told)
})

test('a number that the one of CMA turns into during an attempt is Isolate, also where a vendor adds types', async () => {
  const trace = await tellCapture({ 'trace.txt': event(0x180, 4, 1) + START + event(0x180, 6, 2) + FINISH })
  expect([3, 4, 5, 6].map((mt) => migratetypeName(trace, mt))).toEqual(['', 'CMA', '', 'Isolate'])
})

test('page_owner tells by the type of the block', async () => {
  const owner =
    'Page allocated via order 0, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid 77, tgid 77 (x), ts 1 ns\n' +
    'PFN 0x180 type Movable Block 0 type CMA Flags 0x8(uptodate|node=0|zone=0)\n prep_new_page+0xf7/0x120\n\n'
  expect((await names({ 'trace.txt': event(0x180, 3, 1), 'owner.txt': owner })).slice(3)).toEqual([
    'CMA',
    'HighAtomic',
    'Isolate',
  ])
})

test('kernels up to 4.3 have another order', async () => {
  const uname = 'Linux host 3.18.0 #1 SMP Mon Jan 1 00:00:00 UTC 2016 x86_64\n'
  expect((await names({ 'trace.txt': event(0x100, 1, 1), 'uname.txt': uname })).slice(1, 4)).toEqual([
    'Reclaimable',
    'Movable',
    'Reserve',
  ])
})

test('a number that is not recorded has no name', async () => {
  expect(migratetypeName(await tellCapture({ 'trace.txt': event(0x100, 1, 1) }), -1)).toBe('')
})
