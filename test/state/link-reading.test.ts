import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { captureRefOf, hasAskedName, refWords } from '../../src/state/capture-ref.ts'
import { readLinkText, writeLinkText } from '../../src/state/link-text.ts'
import { DEFAULT_VIEW, isLinkName, readView, serializeView, type ViewState } from '../../src/state/view-state.ts'
import { fileAnswer } from '../support/fake-trace-api.ts'

const LINK = '/pfn?v=2&f=trace.txt.gz~1a2b3c4d5e6f7a8b~81263&set=00ff00ff&pfn=0x1f4b4&from=1000&to=2000&threshold=5&end'
const NONE = { unread: [], mended: [], isCut: false }

function read(link: string) {
  const at = link.indexOf('?')
  return readView(link.slice(0, at), readLinkText(link.slice(at), isLinkName))
}

const meant = read(LINK).view

describe('a link that a mail program changed', () => {
  test.each([
    ['a point behind it', `${LINK}.`],
    ['a bracket behind it', `${LINK}>`],
    ['an encoded bracket and a comma behind it', `${LINK}%3E,`],
    ['ampersands of HTML', LINK.replaceAll('&', '&amp;')],
    ['lines of 78 columns', LINK.replaceAll(/.{78}/g, '$&\r\n')],
    ['quoted-printable text', LINK.replaceAll('=', '=3D')],
    ['quoted-printable text in lines', LINK.replaceAll('=', '=3D').replaceAll(/.{60}/g, '$&=\n')],
    [
      'soft breaks in quoted-printable text, encoded',
      LINK.replaceAll('=', '=3D').replace('pfn=3D0x1', 'pfn=3D0x1=%0D%0A'),
    ],
    ['a soft break in a value without its newline', LINK.replace('0x1f4b4', '0x1f=4b4')],
    ['a soft break in a name without its newline', LINK.replace('threshold', 'thres=hold')],
    ['a space in a hash', LINK.replace('1a2b3c4d', '1a2b%203c4d')],
  ])('is read as it was meant: %s', (_, link) => {
    expect(read(link).view).toEqual(meant)
    expect(read(link).trouble).toMatchObject({ unread: [], isCut: false })
  })

  test('says that it was cut, wherever', () => {
    for (let length = LINK.length - 1; length > LINK.indexOf('&'); length--)
      expect(read(LINK.slice(0, length)).trouble.isCut).toBe(true)
  })

  test('says what it could not read, and shows the rest', () => {
    const { view, trouble } = read(LINK.replace('0x1f4b4', '0xZZ').replace('&end', '&colour=red&end'))
    expect(trouble).toEqual({ ...NONE, unread: ['pfn=0xZZ', 'colour=red'] })
    expect(view).toEqual({ ...meant, pfn: undefined })
  })

  test('tells a value that was read without what stood behind it', () => {
    expect(read('/pfn?v=1&pfn=0x1f4b4.')).toEqual({
      view: { ...read('/pfn?v=1').view, pfn: 0x1f4b4 },
      trouble: { ...NONE, mended: ['pfn'] },
    })
  })

  test('is not suspected of anything when it is whole', () => {
    expect(read(LINK).trouble).toEqual(NONE)
    expect(read('/pfn?pfn=0x1').trouble).toEqual(NONE)
  })

  test('says that its path names no screen', () => {
    expect(readView('/colours', {}).trouble.unread).toEqual(['/colours'])
    expect(readView('/', {}).trouble.unread).toEqual([])
  })
})

test('a link of a later version says so, and is read as far as it is understood', () => {
  const { view, trouble } = read(LINK.replace('v=2', 'v=7').replace('&end', '&smell=new&end'))
  expect(view).toEqual(meant)
  expect(trouble).toEqual({ ...NONE, unread: ['smell=new'], laterVersion: 7 })
})

describe('the length of a link', () => {
  const lengthOf = (view: ViewState): number => {
    const { path, parameters } = serializeView(view)
    return `#${path}${writeLinkText(parameters)}`.length
  }
  const fileName = fc.stringMatching(/^[a-z][a-z0-9_.-]{3,60}$/)
  const views: fc.Arbitrary<ViewState> = fc
    .record({
      name: fileName,
      sizeBytes: fc.nat({ max: 4e9 }),
      pfn: fc.nat({ max: 2 ** 32 }),
      lifetime: fc.nat({ max: 99 }),
      // A boot of some ten days, in ns.
      from: fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }).map(String),
      to: fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }).map(String),
      thresholdUs: fc.nat({ max: 9_999_999 }),
      filter: fc.stringMatching(/^[a-z_]{1,12}$/),
      ruleSet: fc.stringMatching(/^[0-9a-f]{8}$/),
    })
    .map(({ name, sizeBytes, ...view }) => ({
      ...DEFAULT_VIEW,
      ...view,
      view: 'pfn' as const,
      capture: captureRefOf([fileAnswer(name, { sizeBytes })]),
    }))

  test.prop([views])('is 200 characters at most, of a page with all that is usually chosen', (view) => {
    expect(lengthOf(view)).toBeLessThanOrEqual(200)
  })

  test('stays so with a failed range of the example, and a line of its file', () => {
    const capture = captureRefOf([fileAnswer('trace.txt.gz', { sizeBytes: 322_097 })])
    const failure = 'cma:dc00-1fc00:4189784000'
    const chosen = { ...DEFAULT_VIEW, capture, failure, pfn: 0x1f048, event: 'trace.txt.gz:304628' }
    for (const view of ['triage', 'pfn', 'pinners', 'map', 'owners', 'events', 'files'] as const) {
      const window = { lifetime: 1, from: '3700000000', to: '4200000000' }
      expect(lengthOf({ ...chosen, ...window, view, thresholdUs: 100_000, ruleSet: '1a2b3c4d' })).toBeLessThanOrEqual(
        200,
      )
    }
  })
})

describe('the name of a file in a link', () => {
  test('is cut at its end, with a mark, when it is long', () => {
    const file = fileAnswer('ftrace-cma-alloc-failure-2026-11-20-host7.txt', { sizeBytes: 7 })
    const ref = captureRefOf([file])
    expect(ref?.fileName).toBe('ftrace-cma-alloc-failu..')
    expect(ref && hasAskedName(ref, file)).toBe(true)
    expect(ref && hasAskedName(ref, fileAnswer('other.txt'))).toBe(false)
  })

  test.prop([fc.string({ unit: 'grapheme' })])('takes no more than its part of the link, in any script', (name) => {
    const written = captureRefOf([fileAnswer(`a${name}`)])?.fileName ?? ''
    expect(writeLinkText({ f: written }).length).toBeLessThanOrEqual('?f='.length + 24)
  })

  test('is said with size and hash', () => {
    const ref = captureRefOf([fileAnswer('a.txt', { sizeBytes: 7, hash: { kind: 'known', sha256: 'ab'.repeat(32) } })])
    expect(ref && refWords(ref)).toBe('a.txt, 7 bytes, SHA-256 abababababababab…')
  })
})
