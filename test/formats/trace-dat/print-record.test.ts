import { describe, expect, test } from 'vitest'
import { parseEventFormat } from '../../../src/formats/trace-dat/event-format.ts'
import { RecordPrinter } from '../../../src/formats/trace-dat/print-record.ts'
import { RecordView } from '../../../src/formats/trace-dat/record-view.ts'
import { Symbols } from '../../../src/formats/trace-dat/symbols.ts'

const SYMBOLS = new Symbols(
  new TextEncoder().encode('ffffffff81000000 T _text\nffffffff81000100 T leaky_grab\nffffffff81000200 T _etext\n'),
)
/** A record of two ints, a long and a text: 7, -2, 0xffffffff81000110, "cma0". */
const FIELDS = `	field:int a;	offset:8;	size:4;	signed:1;
	field:int b;	offset:12;	size:4;	signed:1;
	field:unsigned long at;	offset:16;	size:8;	signed:0;
	field:char name[8];	offset:24;	size:8;	signed:0;`

function print(printFormat: string): string {
  const format = parseEventFormat(`name: made\nID: 9\nformat:\n${FIELDS}\n\nprint fmt: ${printFormat}\n`)
  if (format === undefined) throw new Error('no format')
  const bytes = new Uint8Array(32)
  const view = new DataView(bytes.buffer)
  view.setInt32(8, 7, true)
  view.setInt32(12, -2, true)
  view.setBigUint64(16, 0xffffffff81000110n, true)
  bytes.set(new TextEncoder().encode('cma0\n'), 24)
  const record = new RecordView(true, 8)
  record.aim(view, bytes, 0, 32)
  return new RecordPrinter(SYMBOLS).print({ format, record })
}

describe('print formats', () => {
  test.each([
    ['"a=%d b=%d", REC->a, REC->b', 'a=7 b=-2'],
    ['"%x %u %lx", REC->b, REC->b, REC->at', 'fffffffe 4294967294 ffffffff81000110'],
    ['"%5d|%-5d|%05d|%#x", REC->a, REC->a, REC->a, REC->a', '    7|7    |00007|0x7'],
    ['"%s", REC->name', 'cma0\n'],
    ['"%p %p", REC->at, (void *)0', '0xffffffff81000110 (nil)'],
    ['"%pS %ps", (void *)REC->at, (void *)REC->at', 'leaky_grab+0x10 leaky_grab'],
    ['"%s", REC->a > 3 ? "big" : "small"', 'big'],
    ['"%s", REC->b >= 0 ? "plus" : "minus"', 'minus'],
    ['"%d", (REC->a & ~(1 << 1)) | (1UL << 4)', '21'],
    ['"%d%%" , REC->a * 2 + 1 - 3 / 2 % 4', '14%'],
    ['"%s", __print_symbolic(REC->a, { 6, "six" }, { 7, "seven" })', 'seven'],
    ['"%s", __print_symbolic(REC->a, { 6, "six" })', '0x7'],
    ['"%s", __print_flags(REC->a, "|", { 1, "one" }, { 2UL, "two" })', 'one|two|0x4'],
    ['"%s", __print_flags(REC->a, "|", { 1UL << PG_locked, "locked" })', 'locked|0x6'],
    ['"%s" " and %s", "one", (REC->a && !REC->b) || 0 ? "yes" : "no"', 'one and no'],
    ['"%d", (u8)REC->b', '254'],
    ['"%.3s", REC->name', 'cma'],
  ])('%s', (format, text) => expect(print(format)).toBe(text))

  test.each(['"%d", __unheard_of(REC->a)', '"%d", REC->missing', '"%d %d", REC->a', '"%d", REC->a @ 2', 'no format'])(
    'that are not understood give the fields: %s',
    (format) => expect(print(format)).toBe('a=7 b=-2 at=0xffffffff81000110 name=cma0\n'),
  )
})

describe('symbols', () => {
  test('are found by any address inside', () => {
    expect(SYMBOLS.find(0xffffffff, 0x8100_01ff)).toEqual({ name: 'leaky_grab', module: '', offset: 0xff })
  })

  test("before the first and behind the last are nobody's", () => {
    expect(SYMBOLS.find(0xffffffff, 0x80ff_ffff)).toBeUndefined()
    expect(SYMBOLS.find(0xffffffff, 0x8100_0201)).toBeUndefined()
  })

  test('that the kernel hides find nothing', () => {
    const hidden = new Symbols(new TextEncoder().encode('0000000000000000 T _text\n0000000000000000 T leaky_grab\n'))
    expect(hidden.areHidden).toBe(true)
    expect(hidden.find(0xffffffff, 0x8100_0000)).toBeUndefined()
  })
})
