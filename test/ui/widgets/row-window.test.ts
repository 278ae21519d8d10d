import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { columnTemplate, type DataColumn, growWidths } from '../../../src/ui/widgets/data-column.ts'
import { rowAfterKey, windowFor } from '../../../src/ui/widgets/row-window.ts'
import { gearFor, TALLEST_PX } from '../../../src/ui/widgets/tall-list.ts'

describe('the window of rows to load', () => {
  test.prop([
    fc.integer({ min: 1, max: 5_000_000 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 1, max: 80 }),
  ])('holds every row in sight and no row that is not there', (total, share, seen) => {
    const first = Math.floor(share * (total - 1))
    const last = Math.min(total - 1, first + seen - 1)
    const { offset, limit } = windowFor(first, last, total)
    expect(offset).toBeLessThanOrEqual(first)
    expect(offset + limit).toBeGreaterThan(last)
    expect(offset).toBeGreaterThanOrEqual(0)
    expect(limit).toBeLessThanOrEqual(seen + 400)
  })

  test('is the same for small scrolls, so that they ask nothing', () => {
    expect(windowFor(250, 290, 10_000)).toEqual(windowFor(251, 291, 10_000))
  })
})

describe('keys in a table', () => {
  test('move by a row, by a page, and to the ends, and stop there', () => {
    const after = (key: string, at: number) => rowAfterKey(key, at, 100, 10)
    expect([after('ArrowDown', 5), after('ArrowUp', 5), after('PageDown', 5), after('PageUp', 5)]).toEqual([
      6, 4, 15, 0,
    ])
    expect([after('Home', 5), after('End', 5), after('ArrowDown', 99), after('ArrowUp', 0)]).toEqual([0, 99, 99, 0])
  })

  test('that do not move are not the table’s', () => {
    expect(rowAfterKey('x', 5, 100, 10)).toBeUndefined()
    expect(rowAfterKey('constructor', 5, 100, 10)).toBeUndefined()
    expect(rowAfterKey('End', 0, 0, 10)).toBeUndefined()
  })
})

describe('a list taller than a browser can lay out', () => {
  test.prop([fc.integer({ min: 1, max: 100_000_000 }), fc.integer({ min: 24, max: 2000 })])(
    'can be scrolled from its first to its last pixel',
    (rows, viewPx) => {
      const listPx = rows * 24
      const { boxPx, ratio } = gearFor(listPx, viewPx)
      expect(boxPx).toBeLessThanOrEqual(TALLEST_PX)
      const lastPx = Math.max(0, boxPx - viewPx) * ratio
      expect(Math.abs(lastPx - Math.max(0, listPx - viewPx))).toBeLessThan(1)
    },
  )
})

describe('column widths', () => {
  const columns: readonly DataColumn<{ readonly symbol: string }>[] = [
    { id: 'symbol', header: 'stack', text: (row) => row.symbol },
    { id: 'none', header: 'other arguments', text: () => '', isSortable: true },
  ]

  test('hold the longest text and the header with its sort mark', () => {
    const widths = growWidths({}, columns, [{ symbol: 'do_tee' }, { symbol: 'shmem_get_folio_gfp' }])
    expect(widths).toEqual({ symbol: 19, none: 17 })
    expect(columnTemplate(columns, widths, 16)).toBe('calc(19ch + 16px) minmax(calc(17ch + 16px), 1fr)')
  })

  test('never shrink, and are the same object when nothing grew', () => {
    const wide = growWidths({}, columns, [{ symbol: 'a_very_long_symbol_indeed' }])
    expect(growWidths(wide, columns, [{ symbol: 'short' }])).toBe(wide)
  })
})
