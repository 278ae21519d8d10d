import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { stripParts, THINNEST_PX } from '../../../src/ui/widgets/strip-parts.ts'

test('a single page of a large range is 2 px at its place', () => {
  const [part] = stripParts(0xdc00, 0x1fc00, [0x1f4b4], 400)
  expect(part.pfns).toEqual([0x1f4b4])
  expect(part.widthPx).toBe(2)
  expect(part.leftPx).toBeCloseTo(((0x1f4b4 - 0xdc00) / (0x1fc00 - 0xdc00)) * 400)
})

test('pages of a small range are to scale', () => {
  expect(stripParts(0, 4, [2], 400)).toEqual([{ firstPfn: 2, pfns: [2], leftPx: 200, widthPx: 100 }])
})

test.prop([
  fc.integer({ min: 0, max: 1e6 }),
  fc.integer({ min: 1, max: 1e6 }),
  fc.array(fc.integer({ min: 0, max: 2e6 }), { maxLength: 60 }),
  fc.integer({ min: 20, max: 1000 }),
])(
  'every page of the range is in one mark, no mark is too thin, none hides another or sticks out',
  (start, size, pfns, width) => {
    const parts = stripParts(start, start + size, pfns, width)
    const inside = pfns.filter((pfn) => pfn >= start && pfn < start + size)
    expect(parts.flatMap((part) => part.pfns).toSorted((a, b) => a - b)).toEqual(inside.toSorted((a, b) => a - b))
    for (const [position, part] of parts.entries()) {
      expect(part.widthPx).toBeGreaterThanOrEqual(THINNEST_PX - 1e-6)
      expect(part.leftPx).toBeGreaterThanOrEqual(0)
      expect(part.leftPx + part.widthPx).toBeLessThanOrEqual(width + 1e-6)
      const before = parts[position - 1]
      if (before) expect(part.leftPx).toBeGreaterThan(before.leftPx + before.widthPx)
    }
  },
)
