import { expect, test } from 'vitest'
import { type MisplacedAnswer, findMisplaced } from '../../../src/queries/owners/misplaced-pages.ts'
import { ownerText, type ToldOwner } from '../../support/owner-text.ts'
import { tellCapture } from '../../support/tell-capture.ts'

async function look(
  records: readonly ToldOwner[],
  others: Readonly<Record<string, string>> = {},
): Promise<MisplacedAnswer> {
  const trace = await tellCapture({ 'po.txt': ownerText(records), ...others })
  return findMisplaced(trace, { dump: '', filter: '', offset: 0, limit: 99 })
}

const pfns = ({ rows }: MisplacedAnswer): readonly number[] => rows.map(({ pfn }) => pfn)

test('what did not ask to be movable is listed where movable pages belong, CMA first', async () => {
  const answer = await look([
    { pfn: 0x100, asked: 'Unmovable', block: 'Movable' },
    { pfn: 0x200, asked: 'Reclaimable', block: 'CMA', order: 1, flags: '0x2c(referenced|uptodate|lru)' },
    { pfn: 0x300, asked: 'Movable', block: 'CMA' },
    { pfn: 0x400, asked: 'Unmovable', block: 'Unmovable' },
  ])
  expect(pfns(answer)).toEqual([0x200, 0x100])
  expect(answer).toMatchObject({
    isTold: true,
    cma: { allocations: 1, pages: 2, sizeBytes: 8192 },
    movable: { allocations: 1, pages: 1 },
    onLru: { allocations: 1, pages: 2 },
  })
  expect(answer.rows[0]).toMatchObject({ misplacedBy: 'pageblock is CMA', lru: 'on', place: { line: 6 } })
})

test('what cma_alloc() gave out is meant to be in its area, and is counted apart', async () => {
  const answer = await look([
    { pfn: 0x100, block: 'CMA', stack: ['alloc_contig_range_noprof', '__cma_alloc', 'dma_alloc_contiguous'] },
    { pfn: 0x101, block: 'CMA', stack: ['grab', 'cam_open'] },
  ])
  expect(pfns(answer)).toEqual([0x101])
  expect(answer.areaOwn).toMatchObject({ allocations: 1, pages: 1 })
})

test('a contiguous range taken out of Movable pageblocks lies wrong all the same', async () => {
  const answer = await look([{ pfn: 0x100, block: 'Movable', stack: ['alloc_contig_pages', 'memtrace_alloc_node'] }])
  expect(pfns(answer)).toEqual([0x100])
})

test('what was allocated before page_owner began is not judged by a mask that nobody gave', async () => {
  const answer = await look([
    { pfn: 0x100, mask: '0x0()', block: 'Movable', stack: ['register_early_stack', 'init_page_owner'] },
    { pfn: 0x101, mask: '0x0()', block: 'Movable', stack: ['grab'] },
  ])
  expect(pfns(answer)).toEqual([0x101])
  expect(answer.unknown).toMatchObject({ allocations: 1, pages: 1 })
})

test('a zone of movable pages and a CMA area that other files tell count as well', async () => {
  const zoneinfo =
    'Node 0, zone  Movable\n  pages free     10\n        min      1\n        spanned  256\n        present  256\n        managed  256\n  start_pfn:           4096\n'
  const dmesg = '[    0.000000] cma: Reserved 1 MiB at 0x0000000002000000\n'
  const answer = await look(
    [
      { pfn: 4100, block: 'Isolate' },
      { pfn: 0x2001, block: 'Isolate' },
      { pfn: 100, block: 'Isolate' },
    ],
    { 'zoneinfo.txt': zoneinfo, 'dmesg.txt': dmesg },
  )
  expect(answer.rows.map(({ pfn, misplacedBy }) => [pfn, misplacedBy])).toEqual([
    [0x2001, 'CMA area of the boot log'],
    [4100, 'zone Movable'],
  ])
})

test('a filter that hides what lies wrong is said to do so', async () => {
  const trace = await tellCapture({
    'po.txt': ownerText([
      { pfn: 0x100, block: 'CMA' },
      { pfn: 0x101, comm: 'other' },
    ]),
  })
  const ask = (filter: string): MisplacedAnswer => findMisplaced(trace, { dump: '', filter, offset: 0, limit: 9 })
  expect(ask('other')).toMatchObject({ total: 0, isFiltered: true })
  expect(ask('')).toMatchObject({ total: 1, isFiltered: false })
})

/** A record as kernels before 4.6 print it. */
const oldRecord = (mask: string, pfn: number, type: number): string =>
  `Page allocated via order 0, mask ${mask}\nPFN ${pfn} Block ${pfn >> 9} type ${type}          Flags   RU L         \n [<ffffffff8116147e>] grab+0x1/0x10\n\n`

test('a kernel that prints numbers of migratetypes is judged by its release alone, or by the areas', async () => {
  const dump = oldRecord('0x201da', 0x2001, 2) + oldRecord('0x200d0', 0x2002, 2) + oldRecord('0x200d0', 0x2003, 0)
  const ask = async (log: string): Promise<MisplacedAnswer> => {
    const trace = await tellCapture({ 'po.txt': dump, ...(log === '' ? {} : { 'dmesg.txt': log }) })
    return findMisplaced(trace, { dump: '', filter: '', offset: 0, limit: 9 })
  }
  expect(await ask('')).toMatchObject({ isTold: false, total: 0 })
  expect(pfns(await ask('[    0.000000] Linux version 4.3.0 (a@b) #1\n'))).toEqual([0x2002])
  const byArea = await ask('[    0.000000] cma: Reserved 1 MiB at 0x0000000002000000\n')
  expect(pfns(byArea)).toEqual([0x2002, 0x2003])
  expect(byArea.rows[0].lru).toBe('untold')
})
