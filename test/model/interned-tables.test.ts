import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameTableBuilder, parseFrame } from '../../src/model/frame-table.ts'
import { NONE } from '../../src/model/ids.ts'
import { PageTableBuilder } from '../../src/model/page-table.ts'
import { StringInterner } from '../../src/model/string-table.ts'
import { TupleInterner } from '../../src/model/tuple-interner.ts'

test('a string table gives each distinct text one id and the text back', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { maxLength: 3000 }), (texts) => {
      const strings = new StringInterner()
      const ids = texts.map((text) => strings.intern(text))
      expect(strings.length).toBe(new Set(texts).size)
      for (const [k, text] of texts.entries()) {
        expect(strings.text(ids[k])).toBe(text)
        expect(strings.find(text)).toBe(ids[k])
      }
      expect(strings.find('never interned')).toBe(NONE)
    }),
    { numRuns: 30 },
  )
})

test('a tuple interner gives each distinct row one id, in order of first sight', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer()), { maxLength: 2000 }), (rows) => {
      const interner = new TupleInterner(2)
      const seen = new Map<string, number>()
      for (const row of rows) {
        interner.probe.set(row)
        const expected = seen.get(row.join()) ?? seen.size
        seen.set(row.join(), expected)
        expect(interner.intern()).toBe(expected)
        expect([interner.at(expected, 0), interner.at(expected, 1)]).toEqual(row)
      }
      expect(interner.length).toBe(seen.size)
    }),
    { numRuns: 50 },
  )
})

test('a page table finds exactly the pages it was given, by PFN and by range', () => {
  const pfn = fc.oneof(fc.nat(300), fc.integer({ min: 0xffff_fff0, max: 0x1_0000_0020 }), fc.nat({ max: 2 ** 40 }))
  fc.assert(
    fc.property(fc.array(pfn, { maxLength: 3000 }), pfn, (pfns, wanted) => {
      const builder = new PageTableBuilder()
      const ids = pfns.map((value) => builder.intern(value))
      const table = builder.build()
      expect(table.length).toBe(new Set(pfns).size)
      for (const [k, value] of pfns.entries()) {
        expect(table.pfn[ids[k]]).toBe(value)
        expect(table.find(value)).toBe(ids[k])
      }
      expect(table.find(wanted)).toBe(pfns.includes(wanted) ? ids[pfns.indexOf(wanted)] : NONE)
      expect(table.positionAtLeast(wanted)).toBe(new Set(pfns.filter((value) => value < wanted)).size)
    }),
    { numRuns: 50 },
  )
})

describe('a printed frame', () => {
  test.each([
    ['leaky_ioctl', 'leaky_ioctl', ''],
    ['leaky_ioctl+0x1a/0x60', 'leaky_ioctl', ''],
    ['leaky_ioctl+0x1a/0x60 [leaky]', 'leaky_ioctl', 'leaky'],
    ['get_page_from_freelist <ffffffff81176659>', 'get_page_from_freelist', ''],
    ['get_page_from_freelist (ffffffff81176659)', 'get_page_from_freelist', ''],
    ['[<ffffffff81176659>] sym+0x1/0x2 [mod]', 'sym', 'mod'],
    ['sym+0x1/0x2 <ffffffff81176659>', 'sym', ''],
    ['ffffffffc0a1b2c3', 'ffffffffc0a1b2c3', ''],
    ['0xffffffffc0a1b2c3', '0xffffffffc0a1b2c3', ''],
    ["[unknown/kretprobe'd]", "[unknown/kretprobe'd]", ''],
    ['[FTRACE TRAMPOLINE]', '[FTRACE TRAMPOLINE]', ''],
    ['simple_attr_write_xsigned.constprop.0.isra.0', 'simple_attr_write_xsigned.constprop.0.isra.0', ''],
    ['sym+0x1/0x2 [mod 0123456789012345678901234567890123456789]', 'sym', 'mod'],
  ])('%s is function %s of module %s', (text, symbol, module) => {
    expect(parseFrame(text)).toEqual({ symbol, module })
  })

  test('is one row however often it is interned', () => {
    const strings = new StringInterner()
    const frames = new FrameTableBuilder(strings)
    const text = strings.intern('leaky_ioctl+0x1a/0x60 [leaky]')
    expect(frames.intern(text)).toBe(frames.intern(text))
    const table = frames.build()
    expect([table.length, strings.text(table.symbol[0]), strings.text(table.module[0])]).toEqual([
      1,
      'leaky_ioctl',
      'leaky',
    ])
  })
})
