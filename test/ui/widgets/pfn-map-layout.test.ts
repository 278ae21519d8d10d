import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { cellAfterKey } from '../../../src/ui/widgets/pfn-map-cursor.ts'
import {
  cellAtPoint,
  gridAt,
  layoutFrom,
  layoutOfAll,
  layoutOfWindow,
  levelOf,
  placeOfPfn,
  spansInSight,
  windowAround,
  windowMoved,
  windowOf,
} from '../../../src/ui/widgets/pfn-map-layout.ts'

const BOX = { width: 1100, height: 420 }
const SPANS = [
  { startPfn: 0x1000, endPfn: 0x9000 },
  { startPfn: 0x40_0000, endPfn: 0x41_0000 },
]
const level = fc.integer({ min: 0, max: 14 })
const knownPfn = fc.oneof(fc.integer({ min: 0x1000, max: 0x8fff }), fc.integer({ min: 0x40_0000, max: 0x40_ffff }))
const box = fc.record({ width: fc.integer({ min: 200, max: 2600 }), height: fc.integer({ min: 100, max: 1300 }) })

describe('the layout of the memory map', () => {
  test('shows all of memory, with the hole between its parts in one line', () => {
    const { rows } = layoutOfAll(SPANS, BOX)
    expect(rows.at(0)?.startPfn).toBeLessThanOrEqual(0x1000)
    expect(rows.at(-1)?.endPfn).toBeGreaterThanOrEqual(0x41_0000)
    expect(rows.filter(({ isHole }) => isHole)).toHaveLength(1)
  })

  test('has rows that follow on each other, all as long, and no page twice', () => {
    fc.assert(
      fc.property(box, level, knownPfn, (own, at, pfn) => {
        const { rows, grid } = layoutFrom(SPANS, pfn - (pfn % gridAt(at, own).cellPages), gridAt(at, own))
        expect(rows.length).toBeLessThanOrEqual(grid.rows)
        expect(rows.slice(1).map(({ startPfn }) => startPfn)).toEqual(rows.slice(0, -1).map(({ endPfn }) => endPfn))
        const lengths = rows.filter(({ isHole }) => !isHole).map(({ startPfn, endPfn }) => endPfn - startPfn)
        expect(lengths).toEqual(lengths.map(() => grid.rowPages))
      }),
    )
  })

  test('finds a page where it draws it', () => {
    fc.assert(
      fc.property(box, level, knownPfn, (own, at, pfn) => {
        const grid = gridAt(at, own)
        const layout = layoutFrom(SPANS, pfn - (pfn % grid.rowPages), grid)
        const place = placeOfPfn(layout, pfn)
        const cell = place && cellAtPoint(layout, place.x + 1, place.y + 1)
        expect(cell?.startPfn).toBeLessThanOrEqual(pfn)
        expect(cell?.endPfn).toBeGreaterThan(pfn)
      }),
    )
  })

  test('comes back from a link at the level that it had', () => {
    fc.assert(
      fc.property(box, level, knownPfn, (own, at, pfn) => {
        const grid = gridAt(at, own)
        const window = windowOf(layoutFrom(SPANS, pfn - (pfn % grid.cellPages), grid))
        const back = layoutOfWindow(SPANS, window, own)
        expect(back.rows.at(0)?.startPfn).toBe(window.startPfn)
        expect(levelOf(back)).toBe(at)
      }),
    )
  })

  test('keeps the page under the pointer where it is, unless memory begins there', () => {
    const point = { x: 700, y: 200 }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0x40_8000, max: 0x40_ffff }), (at, pfn) => {
        const layout = layoutOfWindow(SPANS, windowAround(SPANS, BOX, at, pfn, point), BOX)
        const cell = cellAtPoint(layout, point.x, point.y)
        expect(cell?.startPfn).toBeLessThanOrEqual(pfn)
        expect(cell?.endPfn).toBeGreaterThan(pfn)
      }),
    )
  })

  test('moves down and up again to the same place', () => {
    const layout = layoutFrom(SPANS, 0x40_2000, gridAt(3, BOX))
    const down = layoutOfWindow(SPANS, windowMoved(SPANS, layout, 5), BOX)
    expect(windowMoved(SPANS, down, -5).startPfn).toBe(0x40_2000)
  })

  test('asks for what is in sight and not for what is folded', () => {
    const layout = layoutOfAll(SPANS, BOX)
    const pages = spansInSight(layout).reduce((sum, { startPfn, endPfn }) => sum + endPfn - startPfn, 0)
    expect(pages).toBeLessThan(0x2_0000)
  })
})

describe('the cursor of the memory map', () => {
  test('steps over a hole to the next page of memory, and back', () => {
    const layout = layoutFrom(SPANS, 0x8ff0, gridAt(0, BOX))
    const end = { startPfn: 0x8fff, endPfn: 0x9000 }
    const over = cellAfterKey('ArrowRight', end, layout, SPANS)
    expect(over?.cell.startPfn).toBe(0x40_0000)
    const after = layoutOfWindow(SPANS, over?.window ?? windowOf(layout), BOX)
    expect(cellAfterKey('ArrowLeft', over?.cell, after, SPANS)?.cell.startPfn).toBe(0x8fff)
  })

  test('ends at the first and the last page', () => {
    const layout = layoutFrom(SPANS, 0x2000, gridAt(0, BOX))
    const at = { startPfn: 0x2001, endPfn: 0x2002 }
    expect(cellAfterKey('Home', at, layout, SPANS)?.cell.startPfn).toBe(0x1000)
    const last = cellAfterKey('End', at, layout, SPANS)
    expect(last?.cell.startPfn).toBe(0x40_ffff)
    const shown = layoutOfWindow(SPANS, last?.window ?? windowOf(layout), BOX)
    expect(placeOfPfn(shown, 0x40_ffff)).toBeDefined()
  })

  test('leaves other keys alone', () => {
    const layout = layoutOfAll(SPANS, BOX)
    expect(cellAfterKey('x', undefined, layout, SPANS)).toBeUndefined()
  })
})
