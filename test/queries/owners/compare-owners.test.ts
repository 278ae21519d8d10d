import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { type Trace } from '../../../src/model/trace.ts'
import {
  compareOwners,
  type CompareOwnersAnswer,
  type CompareOwnersQuestion,
  OWNER_CHANGES,
} from '../../../src/queries/owners/compare-owners.ts'
import { findOwnerTrend, type OwnerTrendQuestion } from '../../../src/queries/owners/owner-trend.ts'
import { findPageFacts } from '../../../src/queries/page-facts.ts'
import { derive } from '../../../src/derive/derive.ts'
import { ownerText, type ToldOwner } from '../../support/owner-text.ts'
import { tellCapture } from '../../support/tell-capture.ts'

function compare(trace: Trace, question: Partial<CompareOwnersQuestion> = {}): CompareOwnersAnswer {
  return compareOwners(trace, {
    base: '',
    other: '',
    filter: '',
    changes: [],
    sort: 'delta',
    isDescending: true,
    offset: 0,
    limit: 999,
    ...question,
  })
}

const brief = ({ rows }: CompareOwnersAnswer): readonly string[] =>
  rows.map(({ change, title, pagesBefore, pagesAfter }) => `${change} ${title} ${pagesBefore} ${pagesAfter}`)

/** So many pages of a stack, from a PFN on. */
const pages = (leaf: string, count: number, ts: number, pfn: number): readonly ToldOwner[] =>
  Array.from({ length: count }, (_, at) => ({ pfn: pfn + at, ts, stack: [leaf, 'entry'] }))

const OLD = ownerText([
  ...pages('grown_one', 2, 10, 0),
  ...pages('gone_one', 3, 11, 20),
  ...pages('same_one', 1, 12, 40),
])
const NEW = ownerText([
  ...pages('grown_one', 7, 20, 0),
  ...pages('new_one', 1, 21, 20),
  ...pages('same_one', 1, 12, 40),
])

test('stacks are new, grown, shrunk, gone or the same, the largest change first', async () => {
  const trace = await tellCapture({ 'new.txt': NEW, 'old.txt': OLD })
  const answer = compare(trace)
  expect(answer).toMatchObject({ base: { id: 'old.txt' }, other: { id: 'new.txt' }, deltaPages: 3, deltaBytes: 12288 })
  expect(brief(answer)).toEqual(['grown grown_one 2 7', 'gone gone_one 3 0', 'new new_one 0 1'])
  expect(answer.rows[0]).toMatchObject({
    allocationsBefore: 2,
    allocationsAfter: 7,
    placeBefore: { fileName: 'old.txt', line: 1 },
    placeAfter: { fileName: 'new.txt', line: 1 },
  })
  expect(answer.rows[1].placeAfter).toBeUndefined()
  expect(brief(compare(trace, { changes: ['same'] }))).toEqual(['same same_one 1 1'])
  expect(brief(compare(trace, { filter: 'NEW_' }))).toEqual(['new new_one 0 1'])
})

test('compared stacks are sorted by one column after another, and a named one is found', async () => {
  const ranked = ownerText([...pages('big', 3, 9, 0), ...pages('a_twin', 2, 10, 20), ...pages('b_twin', 2, 11, 40)])
  const trace = await tellCapture({ 'a.txt': ownerText(pages('late', 1, 1, 99)), 'b.txt': ranked })
  const by = (thenBy: CompareOwnersQuestion['thenBy']) => compare(trace, { filter: 'entry', sort: 'before', thenBy })
  const titles = ({ rows }: CompareOwnersAnswer) => rows.map(({ title }) => title)
  const up = { sort: 'after', isDescending: false } as const
  const answer = by([up, { sort: 'name', isDescending: true }])
  expect(titles(answer)).toEqual(['late', 'b_twin', 'a_twin', 'big'])
  expect(titles(by([up, { sort: 'name', isDescending: false }]))).toEqual(['late', 'a_twin', 'b_twin', 'big'])
  expect(answer.foundAt).toBe(-1)
  expect(compare(trace, { sort: 'after', isDescending: false, find: answer.rows[3].name }).foundAt).toBe(3)
})

test('a named pair is compared as named', async () => {
  const trace = await tellCapture({ 'new.txt': NEW, 'old.txt': OLD })
  expect(compare(trace, { base: 'new.txt', other: 'old.txt' })).toMatchObject({ deltaPages: -3 })
})

test('dumps of two kernels are compared by names, and it is said', async () => {
  const functions = ['grab', 'two', 'three', 'four', 'five']
  const dump = (size: string, ts: number) =>
    ownerText([{ pfn: 1, ts, stack: functions.map((name) => `${name}+0x4/${size}`) }])
  const two = compare(await tellCapture({ 'a.txt': dump('0x10', 1), 'b.txt': dump('0x20', 2) }))
  expect(two.kernels).toEqual({ symbol: 'grab', before: 'grab+0x4/0x10', after: 'grab+0x4/0x20' })
  expect(two.sums.find(({ change }) => change === 'same')).toMatchObject({ stacks: 1 })
  expect(compare(await tellCapture({ 'a.txt': dump('0x10', 1), 'b.txt': dump('0x10', 2) })).kernels).toBeUndefined()
})

test('dumps of different parts of memory are compared with a warning', async () => {
  const trace = await tellCapture({
    'a.txt': ownerText(pages('one', 4, 1, 0)),
    'b.txt': ownerText(pages('one', 4, 2, 500)),
  })
  expect(compare(trace).notes).toEqual([expect.stringContaining('only because its pages were not read')])
})

test('one dump is not compared', async () => {
  const answer = compare(await tellCapture({ 'a.txt': OLD }))
  expect(answer).toMatchObject({ total: 0, rows: [], sums: [] })
  expect(answer.base).toBeUndefined()
})

const ALL: OwnerTrendQuestion = { filter: '', sort: 'growth', isDescending: true, offset: 0, limit: 99 }

test('a series follows each stack, and says which grew in each dump', async () => {
  const dump = (up: number, wave: number, ts: number): string =>
    ownerText([...pages('up', up, ts, 0), ...pages('wave', wave, ts, 40)])
  const trace = await tellCapture({ 'c.txt': dump(9, 5, 30), 'a.txt': dump(2, 4, 10), 'b.txt': dump(4, 6, 20) })
  const answer = findOwnerTrend(trace, ALL)
  expect(answer.dumps.map(({ id }) => id)).toEqual(['a.txt', 'b.txt', 'c.txt'])
  expect(answer.rows.map(({ title, pages: own, grewInEach }) => [title, own, grewInEach])).toEqual([
    ['up', [2, 4, 9], true],
    ['wave', [4, 6, 5], false],
  ])
  expect(answer).toMatchObject({ orderedBy: 'time', totals: [6, 10, 14], grewInEach: 1 })
  const given = findOwnerTrend(trace, { ...ALL, series: ['c.txt', 'a.txt'] })
  expect(given).toMatchObject({ orderedBy: 'given', totals: [14, 6], grewInEach: 0 })
  const filtered = findOwnerTrend(trace, { ...ALL, filter: 'wave', find: answer.rows[1].name })
  expect(filtered).toMatchObject({ totals: [4, 6, 5], total: 1, foundAt: 0 })
  const rising = { sort: 'growth', isDescending: false } as const
  expect(findOwnerTrend(trace, { ...ALL, ...rising }).rows.map(({ title }) => title)).toEqual(['wave', 'up'])
})

test('dumps without times are in order of their names, and numbers in names count', async () => {
  const untimed = (pfn: number): string =>
    `Page allocated via order 0, mask 0xcc0(GFP_KERNEL)\nPFN ${pfn} type Unmovable Block 0 type Unmovable Flags 0x0()\n grab+0x1/0x10\n\n`
  const trace = await tellCapture({ 'po-10.txt': untimed(1), 'po-9.txt': untimed(2) })
  const answer = findOwnerTrend(trace, ALL)
  expect(answer).toMatchObject({ orderedBy: 'name', dumps: [{ id: 'po-9.txt' }, { id: 'po-10.txt' }] })
})

test('of a page in several dumps the newest tells first, and the others are kept', async () => {
  const trace = await tellCapture({
    'a.txt': ownerText([{ pfn: 0x100, ts: 900, comm: 'late' }]),
    'b.txt': ownerText([{ pfn: 0x100, ts: 100, comm: 'early' }]),
  })
  const facts = findPageFacts(trace, derive(trace), { pfn: 0x100 })
  expect(facts.owners.map(({ task }) => task.comm)).toEqual(['late', 'early'])
})

const dumps = fc.array(
  fc.array(fc.record({ leaf: fc.constantFrom('a', 'b', 'c'), count: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  { minLength: 2, maxLength: 2 },
)

propertyTest.prop([dumps])('a comparison is the difference of obvious sums', async (told) => {
  const sums = told.map((dump) => {
    const bySymbol = new Map<string, number>()
    for (const { leaf, count } of dump) bySymbol.set(leaf, (bySymbol.get(leaf) ?? 0) + count)
    return bySymbol
  })
  const [older, newer] = told.map((dump, ts) =>
    ownerText(dump.flatMap(({ leaf, count }) => pages(leaf, count, ts + 1, 0))),
  )
  const trace = await tellCapture({ 'older.txt': older, 'newer.txt': newer })
  const { rows } = compare(trace, { changes: OWNER_CHANGES })
  const expected = [...new Set([...sums[0].keys(), ...sums[1].keys()])].map((leaf) => [
    leaf,
    (sums[1].get(leaf) ?? 0) - (sums[0].get(leaf) ?? 0),
  ])
  expect(new Map(rows.map(({ title, deltaPages }) => [title, deltaPages]))).toEqual(
    new Map(expected as [string, number][]),
  )
})
