import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { readLinkText, writeLinkText } from '../../src/state/link-text.ts'
import { VIEW_LINKS } from '../../src/state/links/view-links.ts'
import { troubleOf } from '../../src/state/use-link-trouble.ts'
import { isLinkName, parseView, readView, serializeView } from '../../src/state/view-state.ts'

const names = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'v',
    'f',
    'set',
    'pfn',
    'end',
    'event',
  ),
  fc.constantFrom(...Object.values(VIEW_LINKS).map(({ name }) => name)),
  fc.string({ maxLength: 12 }),
)
const values = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '\u001b[2J',
    '=cmd()',
    '../../etc',
    '%',
    '%E0%A4',
  ),
  fc.bigInt().map(String),
)
const texts = fc
  .array(fc.tuple(names, values, fc.constantFrom('=', '', '=3D', '==')))
  .map((parts) => parts.map(([name, value, sign]) => name + sign + value).join('&'))

test.prop([fc.string(), fc.oneof(texts, fc.string(), fc.string({ unit: 'binary' }))])(
  'any text is read as a link without throwing, and what it gives can be written and read again',
  (path, text) => {
    const { view } = readView(path, readLinkText(text, isLinkName))
    const { path: written, parameters } = serializeView(view)
    expect(parseView(written, readLinkText(writeLinkText(parameters), isLinkName))).toEqual(view)
    expect(troubleOf(path, text)).not.toBeNull()
  },
)

test.prop([texts])('no link changes what objects are made of', (text) => {
  const parameters = readLinkText(text, isLinkName)
  const view = parseView('/pfn', parameters)
  expect(Object.getPrototypeOf(parameters)).toBe(Object.prototype)
  expect(Object.getPrototypeOf(view)).toBe(Object.prototype)
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('a link of a million characters is not read, and says so', () => {
  const text = `?v=2&pfn=0x1&filter=${'a'.repeat(1_000_000)}`
  expect(parseView('/pfn', readLinkText(text)).pfn).toBeUndefined()
  expect(troubleOf('/pfn', text)).toMatchObject({ tooLong: text.length })
})

test('a link of a hundred thousand parameters is read no further than there can be parameters', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `a${at}=1`).join('&')
  expect(Object.keys(readLinkText(many)).length).toBeLessThanOrEqual(300)
})

test.each(['.', ' ', '%3E', '~', '=', '&end.', '%0A'])('a link that is full of %j is read in a moment', (piece) => {
  const noise = piece.repeat(Math.floor(290_000 / piece.length))
  // A search for an end that began anew at each character would take minutes.
  expect(readView('/pfn', readLinkText(`?pfn=${noise}a&end${noise}`, isLinkName)).view.pfn).toBeUndefined()
})
