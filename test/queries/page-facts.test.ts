import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { dmesg } from '../../src/formats/dmesg/dmesg.ts'
import { pageOwner } from '../../src/formats/page-owner/page-owner.ts'
import { findPageFacts } from '../../src/queries/page-facts.ts'
import { LEAK, toldCapture } from '../support/told-capture.ts'
import { traceFromText } from '../support/trace-from-text.ts'

const { trace, derived } = toldCapture(LEAK)

test('the lives of a page are numbered, and say what the trace cut off', () => {
  const { lifetimes } = findPageFacts(trace, derived, { pfn: 0x101 })
  expect(lifetimes).toMatchObject([
    { number: 1, startsWithTrace: false, endsWithTrace: false, events: 2, hasLoss: false },
  ])
  const cut = findPageFacts(trace, derived, { pfn: 0x102 })
  expect(cut.lifetimes).toMatchObject([{ startsWithTrace: true, endsWithTrace: true, events: 1 }])
})

test('a page in a failed range says whether it blocked it', () => {
  expect(findPageFacts(trace, derived, { pfn: 0x100 }).failures).toMatchObject([{ isBlocking: true }])
  expect(findPageFacts(trace, derived, { pfn: 0x101 }).failures).toMatchObject([
    { isBlocking: false, label: 'contig failed on [0x100, 0x200)' },
  ])
})

test('a page that no file names is not known', () => {
  expect(findPageFacts(trace, derived, { pfn: 0x777 })).toMatchObject({
    isKnown: false,
    events: 0,
    lifetimes: [],
    owners: [],
  })
})

test('a loss within a life is said', () => {
  const lossy = toldCapture(`
    a-1 1 1.0 +1 count=2
    CPU:1 [LOST 512 EVENTS]
    a-1 1 3.0 +1 count=3
  `)
  expect(findPageFacts(lossy.trace, lossy.derived, { pfn: 0x100 }).lifetimes[0].hasLoss).toBe(true)
})

const OWNERS = `
Page allocated via order 2, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid 68, tgid 68 (camera-hal), ts 3595003302 ns
PFN 0x200 type Movable Block 250 type CMA Flags 0x4000000000080838(uptodate|lru|owner_2|swapbacked|zone=1)
 get_page_from_freelist+0x150/0x1a0
 vma_alloc_folio_noprof+0xc4/0xf0

Page allocated via order 0, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid 69, tgid 69 (isp), ts 3595003399 ns
PFN 0x204 type Movable Block 250 type CMA Flags 0x4000000000080838(uptodate|lru|owner_2|swapbacked|zone=1)
 get_page_from_freelist+0x150/0x1a0

`

test('a page_owner record covers the pages of its order, and no page beyond', () => {
  const owned = traceFromText(OWNERS, { format: pageOwner, name: 'page_owner.txt' })
  const commsOf = (pfn: number): readonly string[] =>
    findPageFacts(owned, derive(owned), { pfn }).owners.map((owner) => owner.task.comm)
  expect(commsOf(0x1ff)).toEqual([])
  expect(commsOf(0x200)).toEqual(['camera-hal'])
  expect(commsOf(0x203)).toEqual(['camera-hal'])
  expect(commsOf(0x204)).toEqual(['isp'])
  expect(commsOf(0x205)).toEqual([])
  expect(findPageFacts(owned, derive(owned), { pfn: 0x203 }).owners[0]).toMatchObject({
    pfn: 0x200,
    order: 2,
    tsText: '3595003302 ns',
    source: 'page_owner',
    place: { fileName: 'page_owner.txt', line: 1 },
  })
})

test('a dump tells the check that failed and the last recorded pin, each with its stack and line', () => {
  const readLog = (name: string): ReturnType<typeof traceFromText> =>
    traceFromText(readFileSync(new URL(`../fixtures/dmesg/${name}.txt`, import.meta.url), 'utf8'), {
      format: dmesg,
      name: 'dmesg.txt',
    })
  const died = readLog('vm-bug-on-folio')
  const [dump] = findPageFacts(died, derive(died), { pfn: 0x206a79 }).dumps
  expect(dump.stacks).toMatchObject([
    {
      words:
        'check failed at include/linux/mm.h:1459 in try_grab_folio by leaky reader-5263 on CPU 2: who met it, not who holds',
      place: { line: 13 },
    },
  ])
  expect(dump.stacks[0].stack.frames.map(({ symbol }) => symbol)).toContain('leaky_ioctl')
  const pinned = readLog('page-pinner')
  const { dumps } = findPageFacts(pinned, derive(pinned), { pfn: 0x9f0bb0 })
  expect(dumps[0].stacks).toMatchObject([
    { words: 'last pin that page_pinner recorded at 411.003521 of CLOCK_BOOTTIME, count 2', place: { line: 6 } },
  ])
})

test('the migratetype of the block is told with each change, and the line that says so', () => {
  const mt = (number: number): string => ` flags=none count=2 mapcount=0 mapping=0000000000000000 mt=${number} val=1`
  const told = toldCapture(`
    app-7  0 1.0 page_ref_mod: pfn=0x100${mt(4)}
    app-7  0 1.1 page_ref_mod: pfn=0x100${mt(4)}
    init-1 0 1.5 cma_alloc_start: name=reserved count=256 align=0
    init-1 0 2.0 page_ref_mod: pfn=0x100${mt(5)}
    init-1 0 2.5 cma_alloc_finish: name=reserved pfn=0x100 page=0000000000000000 count=256 align=0 errorno=-16`)
  const { whereabouts } = findPageFacts(told.trace, told.derived, { pfn: 0x100 })
  expect(whereabouts.map(({ text, places }) => `${text} ${places[0].line}`)).toEqual([
    'pageblock is mt 4 CMA 1',
    'pageblock is mt 5 Isolate from 2.000000 4',
  ])
})
