import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { pagesBefore, pfnAtPage } from '../../../../src/ui/views/map/strip-scale.ts'

const SPANS = [
  { startPfn: 0x100, endPfn: 0x300 },
  { startPfn: 0x1000, endPfn: 0x1200 },
]

test('holes take no room in the strip', () => {
  expect(pagesBefore(SPANS, 0x300)).toBe(0x200)
  expect(pagesBefore(SPANS, 0x1000)).toBe(0x200)
  expect(pagesBefore(SPANS, 0x1001)).toBe(0x201)
  expect(pagesBefore(SPANS, 0)).toBe(0)
})

test('a place beyond the last page is the last page', () => {
  expect(pfnAtPage(SPANS, 0x400)).toBe(0x11ff)
  expect(pfnAtPage([], 3)).toBe(0)
})

test.prop([fc.integer({ min: 0, max: 0x3ff })])('a place in the strip is one page, and back', (page) => {
  expect(pagesBefore(SPANS, pfnAtPage(SPANS, page))).toBe(page)
})
