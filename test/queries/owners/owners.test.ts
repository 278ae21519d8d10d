import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { type Trace } from '../../../src/model/trace.ts'
import { findOwnerPages } from '../../../src/queries/owners/owner-pages.ts'
import { OWNER_GROUPINGS } from '../../../src/queries/owners/owner-keys.ts'
import { findOwners, type OwnersAnswer, type OwnersQuestion } from '../../../src/queries/owners/owners.ts'
import { ownerText, type ToldOwner } from '../../support/owner-text.ts'
import { tellCapture } from '../../support/tell-capture.ts'

function ask(trace: Trace, question: Partial<OwnersQuestion> = {}): OwnersAnswer {
  return findOwners(trace, {
    dump: '',
    grouping: 'stack',
    filter: '',
    sort: 'pages',
    isDescending: true,
    offset: 0,
    limit: 999,
    ...question,
  })
}

const brief = ({ rows }: OwnersAnswer): readonly string[] =>
  rows.map(({ level, title, pages, allocations }) => `${'  '.repeat(level - 1)}${title} ${pages} ${allocations}`)

const DUMP: readonly ToldOwner[] = [
  { pfn: 0x100, comm: 'cam', pid: 3, ts: 1_000_000_000, stack: ['grab', 'cam_open'] },
  { pfn: 0x108, order: 3, comm: 'cam', pid: 3, ts: 2_000_000_000, stack: ['grab', 'cam_read'] },
  { pfn: 0x200, comm: 'sh', pid: 9, ts: 2_000_400_000, stack: ['fork_one'], asked: 'Movable', block: 'CMA' },
]

test('allocations are grouped by stack, with pages, bytes, allocations and share', async () => {
  const trace = await tellCapture({ 'po.txt': ownerText(DUMP) })
  const answer = ask(trace)
  expect(brief(answer)).toEqual(['grab 8 1', 'fork_one 1 1', 'grab 1 1'])
  expect(answer.rows[0]).toMatchObject({
    sizeBytes: 32768,
    share: 0.8,
    tasks: 1,
    place: { fileName: 'po.txt', line: 6 },
  })
  expect(answer).toMatchObject({
    groups: 3,
    isPageSizeAssumed: true,
    sums: { pages: 10, sizeBytes: 40960, allocations: 3 },
  })
})

test.each([
  ['task', ['cam-3 9 2', 'sh-9 1 1']],
  ['gfp', ['0xcc0(GFP_KERNEL) 10 3']],
  ['migratetype', ['Unmovable in Unmovable 9 2', 'Movable in CMA 1 1']],
  ['order', ['3 8 1', '0 2 2']],
  ['age', ['under 1 ms 9 2', '1 s to 10 s 1 1']],
] as const)('allocations are grouped by %s', async (grouping, rows) => {
  const trace = await tellCapture({ 'po.txt': ownerText(DUMP) })
  expect(brief(ask(trace, { grouping }))).toEqual(rows)
})

test('an opened group lists its stacks below it, and a stack its pages with their lines', async () => {
  const trace = await tellCapture({ 'po.txt': ownerText(DUMP) })
  const answer = ask(trace, { grouping: 'task', opened: ['cam-3'] })
  expect(brief(answer)).toEqual(['cam-3 9 2', '  grab 8 1', '  grab 1 1', 'sh-9 1 1'])
  const stack = answer.rows[1].stackName
  const pages = findOwnerPages(trace, {
    dump: '',
    grouping: 'task',
    filter: '',
    group: 'cam-3',
    stack,
    offset: 0,
    limit: 9,
  })
  expect(pages.rows.map(({ pfn, order, place }) => [pfn, order, place.line])).toEqual([[0x108, 3, 6]])
})

test('ages are measured to the newest allocation of the dump, and unknown where no time is printed', async () => {
  const timed = await tellCapture({ 'po.txt': ownerText(DUMP) })
  expect(ask(timed).age).toMatchObject({ ts: 2_000_400_000, place: { fileName: 'po.txt', line: 11 } })
  const untimed = await tellCapture({
    'old.txt':
      'Page allocated via order 0, mask 0xcc0(GFP_KERNEL)\nPFN 256 type Unmovable Block 0 type Unmovable Flags 0x0()\n grab+0x1/0x10\n\n',
  })
  const answer = ask(untimed, { grouping: 'age' })
  expect(answer.age).toMatchObject({ ts: -1, text: 'this kernel prints no time of allocation' })
  expect(answer.rows).toMatchObject([{ group: '', title: '', oldestText: '' }])
})

test('a record of a page that was freed after its allocation is no allocation; one that was migrated is', async () => {
  const trace = await tellCapture({
    'po.txt': ownerText([
      { pfn: 0x100, ts: 50, freeTs: 40 },
      { pfn: 0x101, ts: 50, freeTs: 50 },
      { pfn: 0x102, ts: 50, freeTs: 60 },
    ]),
  })
  expect(ask(trace)).toMatchObject({ freed: 1, sums: { pages: 2, allocations: 2 } })
})

test('the filter finds frames, tasks, masks, migratetypes and the page itself', async () => {
  const trace = await tellCapture({ 'po.txt': ownerText(DUMP) })
  const pagesOf = (filter: string): number => ask(trace, { filter, grouping: 'order' }).sums.pages
  expect(pagesOf('CAM_')).toBe(9)
  expect(pagesOf('cam_read')).toBe(8)
  expect(pagesOf('sh-9')).toBe(1)
  expect(pagesOf('gfp_kernel')).toBe(10)
  expect(pagesOf('in cma')).toBe(1)
  expect(pagesOf('0x10f')).toBe(8)
  expect(pagesOf('0x110')).toBe(0)
  expect(ask(trace, { filter: 'cam_read' }).all.pages).toBe(10)
})

test('rows are sorted by one column after another, and by age from the time of allocation', async () => {
  const trace = await tellCapture({ 'po.txt': ownerText(DUMP) })
  const by = (question: Partial<OwnersQuestion>) => ask(trace, question).rows.map(({ place }) => place.line)
  expect(by({ sort: 'allocations', thenBy: [{ sort: 'pages', isDescending: false }] })).toEqual([11, 1, 6])
  expect(by({ sort: 'oldest' })).toEqual([1, 6, 11])
  expect(by({ sort: 'oldest', isDescending: false })).toEqual([11, 6, 1])
})

test('a selected row and the group of a page are found wherever they are listed', async () => {
  const trace = await tellCapture({ 'po.txt': ownerText(DUMP) })
  const last = ask(trace).rows[2]
  expect(ask(trace, { find: { group: last.group }, limit: 1 }).foundAt).toBe(2)
  expect(ask(trace, { page: 0x10b, limit: 1 }).ofPage).toMatchObject({ at: 0, place: { line: 6 } })
  expect(ask(trace, { page: 0x300 }).ofPage).toBeUndefined()
})

test('the newest dump is shown unless another is named, and no file is no dump', async () => {
  const trace = await tellCapture({
    'a.txt': ownerText([{ pfn: 1, ts: 900 }]),
    'b.txt': ownerText([{ pfn: 1, ts: 100 }]),
  })
  expect(ask(trace)).toMatchObject({ dump: 'a.txt', orderedBy: 'time' })
  expect(ask(trace).dumps.map(({ id }) => id)).toEqual(['b.txt', 'a.txt'])
  expect(ask(trace, { dump: 'b.txt' }).dump).toBe('b.txt')
  expect(ask(trace, { dump: 'gone.txt' }).dump).toBe('a.txt')
  const none = await tellCapture({ 'dmesg.txt': '[    1.000000] Linux version 6.1.0\n' })
  expect(ask(none)).toMatchObject({ dumps: [], dump: '', total: 0, rows: [] })
})

test('totals by stack are grouped by stack and task alone, and count no allocations where the file does not', async () => {
  const trace = await tellCapture({
    'stacks.txt': ' grab+0x1/0x10\n caller+0x1/0x10\nnr_base_pages: 8\n\n other+0x1/0x10\nnr_base_pages: 2\n\n',
  })
  const answer = ask(trace, { grouping: 'gfp' })
  expect(answer).toMatchObject({
    grouping: 'stack',
    groupings: ['stack', 'task'],
    sums: { pages: 10, allocations: -1 },
  })
  expect(brief(answer)).toEqual(['grab 8 -1', 'other 2 -1'])
})

const owners = fc.array(
  fc.record({
    pfn: fc.integer({ min: 0, max: 4000 }),
    order: fc.integer({ min: 0, max: 4 }),
    comm: fc.constantFrom('a', 'b'),
    pid: fc.integer({ min: 1, max: 3 }),
    ts: fc.integer({ min: 0, max: 5_000_000_000 }),
    asked: fc.constantFrom('Movable', 'Unmovable'),
    block: fc.constantFrom('Movable', 'CMA', 'Unmovable'),
    stack: fc.array(fc.constantFrom('grab', 'take', 'open'), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 30 },
)

propertyTest.prop([owners])('every grouping has the same sums, and those of an obvious count', async (told) => {
  const trace = await tellCapture({ 'po.txt': ownerText(told) })
  const pages = told.reduce((sum, { order }) => sum + 2 ** order, 0)
  const wrong = told.filter(({ asked, block }) => asked === 'Unmovable' && block !== 'Unmovable')
  for (const grouping of OWNER_GROUPINGS) {
    const { rows, sums } = ask(trace, { grouping })
    expect(sums).toMatchObject({ pages, allocations: told.length })
    expect(rows.reduce((sum, row) => sum + row.pages, 0)).toBe(pages)
    expect(rows.reduce((sum, row) => sum + row.misplaced, 0)).toBe(
      wrong.reduce((sum, { order }) => sum + 2 ** order, 0),
    )
  }
  const byTask = new Map<string, number>()
  for (const { comm, pid, order } of told)
    byTask.set(`${comm}-${pid}`, (byTask.get(`${comm}-${pid}`) ?? 0) + 2 ** order)
  expect(new Map(ask(trace, { grouping: 'task' }).rows.map(({ title, pages: own }) => [title, own]))).toEqual(byTask)
})
