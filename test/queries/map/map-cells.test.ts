import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { REFERENCE_CLASSES } from '../../../src/derive/attribution/reference-class.ts'
import { derive } from '../../../src/derive/derive.ts'
import { type Derived } from '../../../src/derive/derived.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { findMapCells } from '../../../src/queries/map/map-cells.ts'
import { MAP_MODES, MAP_PLACEMENTS, type MapMode, placementOf } from '../../../src/queries/map/map-modes.ts'
import { findMapSpace } from '../../../src/queries/map/map-space.ts'
import { mapUnit } from '../../../src/queries/map/map-unit.ts'
import { findMapUnits } from '../../../src/queries/map/map-units.ts'
import { LATE_PUT, LEAK, toldCapture } from '../../support/told-capture.ts'
import { tellCapture } from '../../support/tell-capture.ts'
import { tracedText } from '../../support/tell.ts'

const record = (pfn: number, order: number, type: string, block: string, ts: number): string =>
  `Page allocated via order ${order}, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid 7, tgid 7 (app), ts ${ts} ns
PFN 0x${pfn.toString(16)} type ${type} Block ${Math.floor(pfn / 512)} type ${block} Flags 0x0()
 post_alloc_hook+0x1/0x2
 do_anonymous_page+0x1/0x2

`

async function owned(...records: readonly string[]): Promise<{ readonly trace: Trace; readonly derived: Derived }> {
  const trace = await tellCapture({ 'trace.txt': tracedText(LEAK), 'page_owner.txt': records.join('') })
  return { trace, derived: derive(trace) }
}

const cellsOf = (
  { trace, derived }: { readonly trace: Trace; readonly derived: Derived },
  mode: MapMode,
  startPfn: number,
  endPfn: number,
  cellPages = 1,
) => findMapCells(trace, derived, { spans: [{ startPfn, endPfn }], cellPages, mode, thresholdNs: 0 })

describe('cells of the memory map', () => {
  test('tell what no file knows of apart from zero', () => {
    const capture = toldCapture(LEAK)
    const { known, value } = cellsOf(capture, 'blocked', 0xff, 0x104)
    expect(known).toEqual([0, 2, 2, 2, 0])
    expect(value).toEqual([-1, 1, 0, 0, -1])
  })

  test('count holds that migration does not expect and no put let go', () => {
    expect(cellsOf(toldCapture(LEAK), 'holds', 0x100, 0x103).value).toEqual([1, 0, 1])
  })

  test('count at a failed range what is held at its time, and say at which', () => {
    const { trace, derived } = toldCapture(LATE_PUT)
    const [{ range }] = derived.findings
    const asked = { spans: [{ startPfn: range.startPfn, endPfn: range.endPfn }], cellPages: 1, thresholdNs: 0 } as const
    const atEnd = findMapCells(trace, derived, { ...asked, mode: 'holds' })
    const atFailure = findMapCells(trace, derived, { ...asked, mode: 'holds', heldAt: range.id })
    const slow = (pfn: number): number => {
      const { holds } = derived
      const isHeld = (hold: number): boolean =>
        trace.pages.pfn[holds.page[hold]] === pfn &&
        !REFERENCE_CLASSES[holds.class[hold]].isExpected &&
        holds.from[hold] <= (range.time ?? -1) &&
        holds.to[hold] >= (range.time ?? -1)
      return Array.from({ length: holds.length }, (_, hold) => hold).filter(isHeld).length
    }
    expect(atFailure.value.map((held) => Math.max(0, held))).toEqual(
      atFailure.value.map((_, at) => slow(range.startPfn + at)),
    )
    expect(atFailure.value).not.toEqual(atEnd.value)
    expect([atEnd.heldAt, atFailure.heldAt?.ns]).toEqual([undefined, range.time])
  })

  test('name the class of the first open hold of a page', () => {
    const { holder, holderClasses } = cellsOf(toldCapture(LEAK), 'events', 0x100, 0x101)
    expect(holderClasses[holder[0] - 1]).toBe('driver')
  })

  test('show the gravest placement, the largest order and the oldest allocation', async () => {
    const capture = await owned(
      record(0x200, 0, 'Movable', 'Movable', 500),
      record(0x204, 2, 'Unmovable', 'Movable', 900),
    )
    const [placed] = cellsOf(capture, 'migratetype', 0x200, 0x210, 16).value
    expect(MAP_PLACEMENTS[placed]).toBe('unmovable_in_movable')
    expect(cellsOf(capture, 'order', 0x200, 0x209).value).toEqual([0, -1, -1, -1, 2, 2, 2, 2, -1])
    expect(cellsOf(capture, 'age', 0x200, 0x208, 4).value).toEqual([400, 0])
  })

  test('reach back to an allocation that begins before the window', async () => {
    const capture = await owned(record(0x400, 9, 'Movable', 'Movable', 1))
    expect(cellsOf(capture, 'order', 0x5ff, 0x601).value).toEqual([9, -1])
  })

  test('believe the later record where two cover a page', async () => {
    const capture = await owned(record(0x400, 3, 'Movable', 'Movable', 1), record(0x402, 0, 'Unmovable', 'Movable', 2))
    expect(cellsOf(capture, 'order', 0x400, 0x404).value).toEqual([-1, -1, 0, -1])
    expect(findMapSpace(capture.trace, capture.derived).replacedRecords).toBe(1)
  })

  test('are the sums of their pages, however large they are and wherever they begin', () => {
    const capture = toldCapture(LEAK)
    const modes: readonly MapMode[] = ['events', 'holds', 'blocked']
    fc.assert(
      fc.property(
        fc.constantFrom(...modes),
        fc.integer({ min: 0xf0, max: 0x105 }),
        fc.integer({ min: 1, max: 9 }),
        (mode, start, cellPages) => {
          const end = start + cellPages * 3
          const large = cellsOf(capture, mode, start, end, cellPages).value
          const pages = cellsOf(capture, mode, start, end).value
          const sums = large.map((_, cell) =>
            pages
              .slice(cell * cellPages, (cell + 1) * cellPages)
              .reduce((sum, own) => (own < 0 ? sum : Math.max(0, sum) + own), -1),
          )
          expect(large).toEqual(sums)
        },
      ),
    )
  })

  test.each(MAP_MODES)('of %s are the same whether spans are asked for together or one by one', (mode) => {
    const capture = toldCapture(LEAK)
    const spans = [
      { startPfn: 0xf8, endPfn: 0x101 },
      { startPfn: 0x101, endPfn: 0x108 },
    ]
    const both = findMapCells(capture.trace, capture.derived, { spans, cellPages: 1, mode, thresholdNs: 0 })
    const single = spans.flatMap(({ startPfn, endPfn }) => [...cellsOf(capture, mode, startPfn, endPfn).value])
    expect(both.value).toEqual(single)
  })
})

describe('placement in a pageblock', () => {
  test.each([
    ['Unmovable', 'Movable', 'unmovable_in_movable'],
    ['Reclaimable', 'Movable', 'reclaimable_in_movable'],
    ['Unmovable', 'CMA', 'unmovable_in_cma'],
    ['Movable', 'CMA', 'alike'],
    ['Movable', 'Unmovable', 'movable_elsewhere'],
    ['Unmovable', 'Isolate', 'isolated'],
    ['Unmovable', 'Unmovable', 'alike'],
    ['', 'Movable', 'none'],
  ] as const)('of %s in %s is %s', (page, block, placement) => {
    expect(placementOf(page, block)).toBe(placement)
  })
})

describe('what there is of PFN space', () => {
  test('says when the size of a pageblock is assumed', () => {
    const { trace, derived } = toldCapture(LEAK)
    const space = findMapSpace(trace, derived)
    expect(space).toMatchObject({ blockOrder: 9, isBlockAssumed: true })
    expect(space.memoryBlockBasis).toMatch(/not drawn/)
    expect(space.spans).toEqual([{ startPfn: 0, endPfn: 0x200 }])
    expect(space.outlines).toMatchObject([
      { kind: 'failed', startPfn: 0x100, endPfn: 0x200, time: { text: '2.000000' } },
    ])
  })

  test('keeps memory that nothing lies between apart', async () => {
    const capture = await owned(record(0x8_0000, 0, 'Movable', 'Movable', 1))
    expect(findMapSpace(capture.trace, capture.derived).spans).toEqual([
      { startPfn: 0, endPfn: 0x200 },
      { startPfn: 0x8_0000, endPfn: 0x8_0200 },
    ])
  })
})

describe('a pageblock in words', () => {
  test('tells allocations, misplaced pages, holds and failures with their lines', async () => {
    const { trace, derived } = await owned(record(0x104, 1, 'Unmovable', 'Movable', 900))
    const unit = mapUnit(trace, derived, 0, 0x200)
    expect(unit.facts).toEqual([
      'block Movable',
      'allocated 2 of 512: Unmovable 2',
      '2 unmovable in a movable block',
      'order up to 1',
      'oldest 0 ns',
      'in 1 failed range',
      'blocked 1 time: 0x100',
      'excess 1',
      expect.stringMatching(/^open holds 2: /),
      expect.stringMatching(/^\d+ events on 3 pages$/),
    ])
    expect(unit.places.map(({ what }) => what)).toEqual(['first allocation', 'get of an open hold', 'first event'])
  })

  test('says that nothing is known, not that nothing is there', () => {
    const { trace, derived } = toldCapture(LEAK)
    expect(mapUnit(trace, derived, 0x4000, 0x4200).facts).toEqual(['no file knows of this memory'])
  })
})

test('units are listed by PFN or by value, those of which a file tells alone', async () => {
  const { trace, derived } = await owned(
    record(0x400, 0, 'Movable', 'Movable', 1),
    record(0x800, 3, 'Movable', 'Movable', 1),
  )
  const question = { spans: [{ startPfn: 0, endPfn: 0x1000 }], unitPages: 512, mode: 'order', thresholdNs: 0 } as const
  const asked = { ...question, offset: 0, limit: 9 }
  const pfns = (sort: 'pfn' | 'value') =>
    findMapUnits(trace, derived, { ...asked, sort }).rows.map(({ startPfn }) => startPfn)
  expect(pfns('pfn')).toEqual([0, 0x400, 0x800])
  expect(pfns('value')).toEqual([0x800, 0x400, 0])
  expect(findMapUnits(trace, derived, { ...asked, sort: 'pfn', offset: 1, limit: 1 })).toMatchObject({
    total: 3,
    rows: [{ startPfn: 0x400 }],
  })
})
