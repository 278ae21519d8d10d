import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { countPages, formatPfnSpans, mergeSpans, parsePfnSpans, type PfnSpan } from '../../src/base/pfn-spans.ts'
import { LONGEST_FILTER, pfnFilter } from '../../src/queries/record/pfn-filter.ts'
import { areaLine } from '../../src/queries/record/page-choice.ts'
import { isAreaName, shellQuote } from '../../src/queries/record/shell-text.ts'

const pfn = fc.oneof(fc.integer({ min: 0, max: 0x40000 }), fc.integer({ min: 0, max: 2 ** 50 }))
const span = fc
  .tuple(pfn, fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 0x10000 })))
  .map(([startPfn, pages]): PfnSpan => ({ startPfn, endPfn: startPfn + pages }))
const spans = fc.array(span, { minLength: 1, maxLength: 400 })

/** Judges a filter as the kernel does, by its text alone: an "or" of comparisons of an unsigned number. */
function passes(filter: string, page: number): boolean {
  return filter.split(' || ').some((term) => {
    const single = /^pfn == (0x[0-9a-f]+)$/.exec(term)
    if (single !== null) return page === Number(single[1])
    const range = /^\(pfn >= (0x[0-9a-f]+) && pfn < (0x[0-9a-f]+)\)$/.exec(term)
    if (range === null) throw new Error(`no term that the kernel was given: ${term}`)
    return page >= Number(range[1]) && page < Number(range[2])
  })
}

property.prop([spans, fc.boolean()])(
  'a filter lets each page pass that was asked for, and fits in one write',
  (asked, known) => {
    const { text } = pfnFilter(asked, known)
    expect(text.length).toBeLessThanOrEqual(LONGEST_FILTER)
    for (const { startPfn, endPfn } of asked) {
      for (const page of [startPfn, endPfn - 1, Math.floor((startPfn + endPfn - 1) / 2)]) {
        expect(passes(text, page)).toBe(true)
      }
    }
  },
)

property.prop([pfn, fc.integer({ min: 1, max: 9 })])(
  'the head of any folio that a page may lie in passes with it',
  (page, order) => {
    const head = page - (page % 2 ** order)
    expect(passes(pfnFilter([{ startPfn: page, endPfn: page + 1 }]).text, head)).toBe(true)
  },
)

property.prop([spans])('a filter that is not widened lets no other page pass', (asked) => {
  const { text, spans: passing, widenedBy } = pfnFilter(asked, true)
  expect(countPages(passing)).toBe(countPages(mergeSpans(asked)) + widenedBy)
  if (widenedBy > 0) return
  const merged = mergeSpans(asked)
  for (const { startPfn, endPfn } of merged) {
    expect(passes(text, endPfn)).toBe(false)
    expect(startPfn > 0 && passes(text, startPfn - 1)).toBe(false)
  }
})

property.prop([spans])('PFNs are read back as they are written', (asked) => {
  const merged = mergeSpans(asked)
  expect(parsePfnSpans(formatPfnSpans(merged))).toEqual({ ok: true, value: merged })
})

test('a filter of many pages is widened where the gaps are smallest', () => {
  const near = Array.from({ length: 600 }, (_, at) => ({ startPfn: 0x1000 + at * 4, endPfn: 0x1001 + at * 4 }))
  const far = { startPfn: 0x900000, endPfn: 0x900001 }
  const { text, widenedBy } = pfnFilter([...near, far], true)
  expect(widenedBy).toBeGreaterThan(0)
  expect(text.endsWith('pfn == 0x900000')).toBe(true)
  expect(passes(text, 0x8fffff)).toBe(false)
})

test.each([
  ['', []],
  [' , ', []],
  ['0x10', [{ startPfn: 16, endPfn: 17 }]],
  ['0X1F-0x20 0x20', [{ startPfn: 31, endPfn: 33 }]],
])('%j are PFNs', (text, value) => {
  expect(parsePfnSpans(text)).toEqual({ ok: true, value })
})

test.each([
  ['17ac9', '17ac9 is no PFN'],
  ['97001', '97001 is no PFN'],
  ['0x20-0x10', '0x20-0x10 is empty'],
  ['0x20-0x20', '0x20-0x20 is empty'],
  ['0x1;reboot', '0x1;reboot is no PFN'],
  ['0x1-0x2-0x3', 'is no PFN'],
  ['0xffffffffffffffff', 'is no PFN'],
])('%j are refused', (text, words) => {
  expect(parsePfnSpans(text)).toEqual({ ok: false, error: expect.stringContaining(words) as unknown })
})

property.prop([fc.string({ unit: 'binary' })])('a quoted word is one word, whatever is in it', (text) => {
  const quoted = shellQuote(text)
  // Outside of the quotes stands nothing but \' : the shell sees one word.
  expect(quoted.replaceAll(/'[^']*'/g, '').replaceAll(String.raw`\'`, '')).toBe('')
  const read = quoted.replaceAll(
    /'([^']*)'|\\'/g,
    (part, inner: string | undefined) => inner ?? (part === "\\'" ? "'" : ''),
  )
  expect(read).toBe(text)
})

property.prop([fc.string()])('a name of a CMA area has nothing that a shell reads', (text) => {
  if (isAreaName(text)) expect(text).toMatch(/^[A-Za-z0-9_,.@:+-]+$/)
  expect(areaLine(text)).toContain(shellQuote(text))
})
