import { expect, test } from 'vitest'
import { mapJson } from '../../../src/report/map/map-json.ts'
import { derive } from '../../../src/derive/derive.ts'
import { gatherMap, type MapReportQuestion } from '../../../src/report/map/map-report.ts'
import { mapText } from '../../../src/report/map/map-text.ts'
import { parseMap } from '../../../src/cli/map-arguments.ts'
import { ownerText } from '../../support/owner-text.ts'
import { tellCapture } from '../../support/tell-capture.ts'
import { LEAK, toldCapture } from '../../support/told-capture.ts'

const { trace, derived } = toldCapture(LEAK)

test('prints a line for each page of a small range, of which a file tells', () => {
  const report = gatherMap(trace, derived, { range: { startPfn: 0x100, endPfn: 0x200 } })
  expect(mapText(report)).toMatchInlineSnapshot(`
    "Memory map of [0x100, 0x200): 3 pages of which a file tells, by PFN; ? is not told
    pageblock order 9 is assumed, as on x86-64 with 4 KiB pages: no file tells it; memory blocks are not drawn: no file tells their size
    contig failed [0x100, 0x200) at 2.000000: test_pages_isolated ret=fail; fin_pfn is the first page still in the way (trace.txt:31)

    0x100 type=CMA|HighAtomic|Isolate owned=? misplaced=? order=? oldest_ns=? open_holds=1 holders=driver:1 blocked=1 excess=1 events=4 failed_ranges=1 lines=trace.txt:13,trace.txt:1
    0x101 type=CMA|HighAtomic|Isolate owned=? misplaced=? order=? oldest_ns=? open_holds=0 holders=- blocked=0 excess=? events=2 failed_ranges=1 lines=trace.txt:7
    0x102 type=CMA|HighAtomic|Isolate owned=? misplaced=? order=? oldest_ns=? open_holds=1 holders=io:1 blocked=0 excess=? events=1 failed_ranges=1 lines=trace.txt:32,trace.txt:32
    "
  `)
})

test('prints a line for each pageblock of all memory', () => {
  const report = gatherMap(trace, derived, { by: 'blocked' })
  expect(mapText(report).split('\n').at(-2)).toMatch(/^0x0-0x200 .* blocked=1 excess=1 events=7 failed_ranges=1 /)
})

test('leaves out pageblocks of which nothing but allocations in their place is told, and counts them', async () => {
  const movable = { asked: 'Movable', block: 'Movable' }
  const owners = [
    { pfn: 0, ...movable },
    { pfn: 0x200, ...movable, order: 3 },
    { pfn: 0x400, block: 'Movable' },
  ]
  const told = await tellCapture({ 'page_owner.txt': ownerText(owners) })
  const mapOf = (question: MapReportQuestion) => gatherMap(told, derive(told), question)
  const [head, ...lines] = mapText(mapOf({})).trimEnd().split('\n')
  expect(head).toMatch(/^Memory map: 1 of 3 pageblocks of which a file tells, /)
  expect(lines.filter((line) => line.startsWith('0x'))).toEqual([expect.stringMatching(/^0x400-0x600 type=Movable /)])
  expect(lines.at(-1)).toMatch(/^and 2 more pageblocks: .* \(--all\)$/)
  expect(mapOf({ isWhole: true })).toMatchObject({ rows: { length: 3 }, leftOff: 0 })
  // What the map is sorted by is something to tell, and so is each page that is asked for.
  expect(mapOf({ by: 'order' }).rows.map(({ startPfn }) => startPfn)).toEqual([0x200, 0x400])
  expect(mapOf({ range: { startPfn: 0x200, endPfn: 0x400 } })).toMatchObject({ rows: { length: 8 }, leftOff: 0 })
})

test('is told to programs with the same numbers', () => {
  const { rows, ...head } = mapJson(gatherMap(trace, derived, {}))
  expect(head).toMatchObject({ by: 'pfn', unitPages: 512, pageblockOrderAssumed: true })
  expect(rows).toMatchObject([{ start: '0x0', end: '0x200', blocked: 1, excess: 1, blockingPfns: ['0x100'] }])
})

test.each([
  [['--range', '0x100-0x200', '--by=order', '--json', 'a'], { ok: true }],
  [['--all', 'a'], { ok: true, value: { isWhole: true } }],
  [['a', '--by', 'size'], { ok: false, error: expect.stringMatching(/^--by needs one of blocked, /) }],
  [['a', '--range', '0x1-0x2,0x4-0x5'], { ok: false, error: expect.stringMatching(/^--range needs one range/) }],
  [['a', '--what'], { ok: false, error: 'unknown option --what' }],
  [[], { ok: false, error: 'map needs a file or a folder' }],
])('reads the words %j', (words, expected) => {
  expect(parseMap(words)).toMatchObject(expected)
})
