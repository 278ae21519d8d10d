import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { EventNames } from '../../../src/formats/ftrace/event-names.ts'
import { RefArguments } from '../../../src/formats/ftrace/ref-arguments.ts'
import { RefTemplates } from '../../../src/formats/ftrace/ref-templates.ts'
import { TraceBuilder } from '../../../src/model/trace-builder.ts'

/** Room behind the last line, as there is in a piece of a file. */
const ROOM = '\n'.repeat(2048)

const FIELDS = {
  name: fc.constantFrom('page_ref_mod', 'page_ref_set', 'page_ref_mod_and_test', 'page_ref_freeze', 'page_pinner_put'),
  pfn: fc.constantFrom('0', '1fb7b', '001fb7b', 'ffffffffffff', 'fffffffffffff', '', '1FB7B', '12g'),
  flags: fc.constantFrom('none', 'uptodate|lru', '0x4000', 'a', 'a count=1'),
  count: fc.constantFrom('0', '4', '-1', '-', '', '123456789', '2147483647', '2147483648', '0x4'),
  mapcount: fc.constantFrom('0', '-1', '12'),
  mapping: fc.constantFrom(
    '0000000000000000',
    '000000000e32d1c4',
    '00000000aec7812a',
    'ffff880015a78dc1',
    '(null)',
    '00000000',
    '00000000 0000000',
    '00000000(ptrval)',
    '000000000e32d1c',
    '000000000e32d1c40',
    '00000000\t032d1c4',
    '000000000e32d1\r4',
    `init_mm+0x0/0x400${'0'.repeat(40)}`,
  ),
  rest: fc.constantFrom('mt=4 val=1', 'mt=4 val=1 ret=0', 'mt=4', 'mt=1 val=-1 ret=1', 'mt=4 val=1\r', ' mt=4 val=1'),
}
const event = fc.record({
  name: fc.constantFrom('page_ref_mod', 'page_ref_set'),
  pfn: fc.constantFrom('1fb7b', '2a'),
  flags: fc.constantFrom('uptodate|lru', 'none'),
  count: fc.constantFrom('4', '-1'),
  mapcount: fc.constant('1'),
  mapping: fc.constantFrom('0000000000000000', '000000000e32d1c4', 'ffff880015a78dc1'),
  rest: fc.constant('mt=4 val=1'),
})
/** One of a few events, with another value in one place: what a guess may get wrong. */
const variation = fc.record({
  at: fc.nat(2),
  change: fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    ...Object.entries(FIELDS).map(([field, value]) => ({
      weight: 1,
      arbitrary: value.map((told) => ({ [field]: told })),
    })),
  ),
})

const lineOf = ({ name, pfn, flags, count, mapcount, mapping, rest }: Record<string, string>): string =>
  `${name}: pfn=0x${pfn} flags=${flags} count=${count} mapcount=${mapcount} mapping=${mapping} ${rest}\n`

describe('an event that is compared with the one that was guessed', () => {
  test.prop([
    fc.array(event, { minLength: 1, maxLength: 3 }),
    fc.array(variation, { minLength: 20, maxLength: 60, size: 'max' }),
  ])('gives what it gives when it is read', (events, variations) => {
    const lines = variations.map(({ at, change }) => lineOf({ ...events[at % events.length], ...change }))
    const bytes = new TextEncoder().encode(lines.join('') + ROOM)
    const view = new DataView(bytes.buffer)
    const into = new TraceBuilder()
    const names = new EventNames(into.strings)
    const plain = new RefArguments(into.strings, into.pages, into.shapes)
    const templates = new RefTemplates(into.pages)
    let start = 0
    for (const line of lines) {
      const guessed = templates.read(bytes, view, start)
      const { page, count, shape } = templates
      const name = names.find(bytes, start)
      if (name === undefined) throw new Error('every line has a name')
      const next = plain.readUsual(bytes, names.end + 1, name)
      if (guessed >= 0) {
        expect([guessed, page, count, shape]).toEqual([next, plain.page, plain.count, plain.shape])
        expect(templates.name.bytes).toEqual(name.bytes)
      } else if (next >= 0) templates.keep(bytes, start, next, plain.shape, name)
      start += line.length
    }
  })

  test('is guessed from the second time on', () => {
    const line = lineOf({
      name: 'page_ref_mod',
      pfn: '1fb7b',
      flags: 'lru',
      count: '4',
      mapcount: '1',
      mapping: '000000000e32d1c4',
      rest: 'mt=4 val=1',
    })
    const bytes = new TextEncoder().encode(line + line.replace('1fb7b', '2a') + ROOM)
    const view = new DataView(bytes.buffer)
    const into = new TraceBuilder()
    const names = new EventNames(into.strings)
    const plain = new RefArguments(into.strings, into.pages, into.shapes)
    const templates = new RefTemplates(into.pages)
    const name = names.find(bytes, 0)
    if (name === undefined) throw new Error('the line has a name')
    const next = plain.readUsual(bytes, names.end + 1, name)
    templates.keep(bytes, 0, next, plain.shape, name)
    templates.keep(bytes, 0, next, plain.shape, name)
    expect(templates.read(bytes, view, next)).toBe(bytes.length - ROOM.length)
    expect(into.pages.rows()).toEqual(Float64Array.of(0x1fb7b, 0x2a))
  })
})
