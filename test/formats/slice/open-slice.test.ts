import { deflateSync, gzipSync } from 'fflate'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { openArchives } from '../../../src/formats/archives/open-archives.ts'
import { readLines } from '../../../src/formats/raw-lines.ts'
import { readTrace } from '../../../src/formats/read-trace.ts'
import { LINK_PREFIX, readSlice } from '../../../src/formats/slice/open-slice.ts'
import { unpackSlice } from '../../../src/formats/slice/unpack-slice.ts'
import { sourceOfBlob } from '../../../src/formats/source.ts'
import { MOST_LINK_CHARACTERS, type SliceFile } from '../../../src/model/slice-file.ts'
import { SLICE_DICTIONARY_1 } from '../../../src/model/slice-dictionary.ts'
import { fileLineOf, lineIdOf } from '../../../src/model/trace.ts'
import { packSlice } from '../../../src/report/slice/pack-slice.ts'

const HASH = 'ab'.repeat(32)
const LINES = [
  '# tracer: nop',
  '#',
  '            init-1       [001] .....     3.180454: page_ref_mod: pfn=0x1fb59 flags=lru count=2 mapcount=1 mapping=0 mt=1 val=1',
  '            init-1       [001] .....     3.280454: page_ref_mod: pfn=0x1fb59 flags=lru count=1 mapcount=1 mapping=0 mt=1 val=-1',
]
const SLICE: SliceFile = {
  pinscope: 'slice',
  version: 1,
  about: { kind: 'page', pfn: '0x1fb59' },
  link: '/pfn?v=1&pfn=0x1fb59',
  files: [
    {
      name: 'trace.txt',
      sizeBytes: 123_456,
      sha256: HASH,
      lines: 5000,
      unit: 'line',
      format: 'ftrace',
      spans: [
        [1, 2],
        [400, 400],
        [4321, 4321],
      ],
      text: LINES.join('\n'),
    },
    { name: 'dmesg.txt', sizeBytes: 7, sha256: '', lines: 3, unit: 'line', spans: [], text: '' },
  ],
  redacted: [],
  told: ['held'],
}

async function opened(content: string | Uint8Array<ArrayBuffer>, name = 'any') {
  const sources = await openArchives([sourceOfBlob(new File([content], name))])
  return { sources, outcome: await readTrace(sources) }
}

async function trace(content: string | Uint8Array<ArrayBuffer>) {
  const { sources, outcome } = await opened(content)
  if (!outcome.ok) throw new Error(outcome.error.message)
  return { sources, trace: outcome.value }
}

describe('a slice', () => {
  test.each([
    ['as it is', JSON.stringify(SLICE)],
    ['indented', JSON.stringify(SLICE, undefined, 2)],
    ['packed', gzipSync(new TextEncoder().encode(JSON.stringify(SLICE)))],
    ['in a link', `${LINK_PREFIX}${packSlice(JSON.stringify(SLICE))}`],
  ])('%s is the files that it is of', async (_, content) => {
    const { trace: read } = await trace(content)
    const [file, other] = read.files
    expect(file).toMatchObject({ name: 'trace.txt', sizeBytes: 123_456, hash: { kind: 'known', sha256: HASH } })
    expect(file.ledger).toEqual({ total: 4, parsed: 2, skipped: 2, rejected: 0 })
    expect(file.notices).toContain('slice: 4 of 5000 lines of the file; what is in the others is not known here')
    expect(other).toMatchObject({ name: 'dmesg.txt', damage: [], ledger: { total: 0 } })
    expect(read.files[0].excerpt?.slice).toMatchObject({ told: ['held'], link: SLICE.link })
  })

  test('cites its lines under the numbers of the whole file, and gives them by these', async () => {
    const { sources, trace: read } = await trace(JSON.stringify(SLICE))
    const lines = [0, 1].map((row) => fileLineOf(read, read.events.line[row]).line)
    expect(lines).toEqual([400, 4321])
    expect(lineIdOf(read.files[0], 4321)).toBe(read.events.line[1])
    const texts = await readLines(sources[0], read.files[0], [2, 3, 400, 4321])
    expect(texts.ok && [...texts.value]).toEqual([
      [2, LINES[1]],
      [400, LINES[2]],
      [4321, LINES[3]],
    ])
  })

  test('of records gives frames on lines of their own back as one record', async () => {
    const entry = LINES[2].replace(' .....', '')
    const text = `${entry}\n            init-1       [001]     3.180460: kernel_stack: <stack trace >\n=> do_tee\n=> __do_sys_tee`
    const files = [{ ...SLICE.files[0], unit: 'record' as const, spans: [[7, 8]] as [number, number][], text }]
    const { sources, trace: read } = await trace(JSON.stringify({ ...SLICE, files }))
    expect(read.events.stack[0]).toBeGreaterThanOrEqual(0)
    expect(fileLineOf(read, read.events.line[0]).line).toBe(7)
    const texts = await readLines(sources[0], read.files[0], [8])
    expect(texts.ok && texts.value.get(8)).toContain('<stack trace > => do_tee => __do_sys_tee')
  })

  test('of a later version is read as far as it says the same', () => {
    const later = { ...SLICE, version: 2, more: 'of it' }
    expect(readSlice(JSON.stringify(later))).toMatchObject({ ok: true, value: { version: 2 } })
    expect(readSlice(JSON.stringify({ ...later, files: 'elsewhere' }))).toEqual({
      ok: false,
      error: expect.stringMatching(/^it is of version 2, and this pinscope reads 1; files: /),
    })
  })

  test('whose spans and text do not agree says so, and shows its lines', async () => {
    const { trace: read } = await trace(JSON.stringify({ ...SLICE, files: [{ ...SLICE.files[0], spans: [[1, 2]] }] }))
    expect(read.files[0].damage).toEqual([
      { message: 'damaged slice: its lines and their numbers do not agree, so that the numbers may be wrong' },
    ])
    expect(read.events.length).toBe(2)
  })

  test.each([
    [
      'a cut link',
      `${LINK_PREFIX}${packSlice(JSON.stringify(SLICE)).slice(0, 99)}`,
      'it is damaged: it was cut, or changed on its way',
    ],
    [
      'a link of another packing',
      `${LINK_PREFIX}CQAA`,
      'it was made by a newer pinscope, which packs slices in another way',
    ],
    [
      'text that is no JSON',
      '{"pinscope":"slice","version":1,',
      'it is damaged: its text is no JSON; it was cut, or changed on its way',
    ],
    [
      'a hash that is none',
      JSON.stringify({ ...SLICE, files: [{ ...SLICE.files[0], sha256: 'x' }] }),
      'files.0.sha256',
    ],
    ['a line too many', `${LINK_PREFIX}${'A'.repeat(MOST_LINK_CHARACTERS + 1)}`, 'characters'],
  ])('of %s says what is wrong', async (_, content, words) => {
    const { outcome } = await opened(content, 'x.pinscope-slice.json')
    expect(outcome.ok ? '' : outcome.error.message).toContain('This slice cannot be read')
    expect(outcome.ok ? '' : outcome.error.message).toContain(words)
  })

  test.each([
    ['descend', '[[400,400],[1,2],[4321,4321]]'],
    ['run backwards', '[[1,2],[401,400],[4321,4321]]'],
    ['are told twice', '[[1,2],[2,2],[4321,4321]]'],
  ])('whose numbers %s is refused, for nobody can tell which line is which', async (_, spans) => {
    const { outcome } = await opened(JSON.stringify(SLICE).replace(/"spans":\[\[.*?\]\]/, `"spans":${spans}`))
    expect(outcome.ok ? '' : outcome.error.message).toContain('files.0.spans: the numbers of its lines do not ascend')
  })

  test('that grows out of all proportion is not unpacked', () => {
    const dictionary = new TextEncoder().encode(SLICE_DICTIONARY_1)
    const bomb = deflateSync(new Uint8Array(80 << 20), { level: 9, dictionary })
    const packed = Buffer.concat([Uint8Array.of(1), bomb]).toString('base64url')
    expect(packed.length).toBeLessThan(MOST_LINK_CHARACTERS)
    expect(unpackSlice(packed)).toEqual({ ok: false, error: 'it is more than 64 MiB when it is unpacked' })
  })

  test('with names of properties of all objects is a slice of such names', async () => {
    const text = JSON.stringify(SLICE).replace(
      '"redacted":[]',
      '"__proto__":{"told":["x"]},"constructor":1,"redacted":[]',
    )
    const { trace: read } = await trace(text)
    expect(read.files[0].excerpt?.slice.told).toEqual(['held'])
    expect(({} as { told?: unknown }).told).toBeUndefined()
  })
})

const json: fc.Arbitrary<unknown> = fc.anything({ withNullPrototype: false, maxDepth: 2 })

/** A link that was made when slices were of version 1: links of each version that there was are read for good. */
const MADE_1 =
  'ASN5qTzaKnfDtCRTS-Sl7rA165AlrRBp4terGxoZm5iaIa1aT0yiDCJWvZsCV8aSsPIdtLJcJxq47UvHxAB5_TvKdpQY6A51CADGfAlwITF8gbkhaIE5EID5xnqGFgYmpibAxb5Ylv6Cwwm22BzbmmKkVb5Iy3tJtt_MwApls4Qd0AT44jYlnAvplTJSgXRsLQA'

test('a link of version 1 is read as it was made', async () => {
  const { trace: read } = await trace(LINK_PREFIX + MADE_1)
  expect(read.files).toMatchObject([{ name: 'trace.txt', hash: { sha256: HASH }, ledger: { total: 4, rejected: 0 } }])
  expect(fileLineOf(read, read.events.line[0]).line).toBe(400)
  expect(read.events.stack[0]).toBeGreaterThanOrEqual(0)
})

describe('hostile slices', () => {
  property.prop([fc.constantFrom(...Object.keys(SLICE)), json])(
    'with any value in a place never throw',
    async (key, value) => {
      const text = JSON.stringify({ ...SLICE, [key]: value }, (_, one: unknown) =>
        typeof one === 'bigint' ? String(one) : one,
      )
      const { outcome } = await opened(text)
      expect(outcome).toHaveProperty('ok')
    },
  )

  property.prop([fc.constantFrom(...Object.keys(SLICE.files[0])), json])(
    'with any value in a file never throw',
    async (key, value) => {
      const files = [{ ...SLICE.files[0], [key]: value }]
      const text = JSON.stringify({ ...SLICE, files }, (_, one: unknown) =>
        typeof one === 'bigint' ? String(one) : one,
      )
      const { outcome } = await opened(text)
      for (const { ledger } of outcome.ok ? outcome.value.files : outcome.error.files)
        expect(ledger.parsed + ledger.skipped + ledger.rejected).toBe(ledger.total)
    },
  )

  const packed = packSlice(JSON.stringify(SLICE))
  property.prop([fc.nat({ max: packed.length - 1 }), fc.constantFrom('A', 'z', '0', '9', '-', '_', ' ', '%')])(
    'in a link that was changed anywhere never throw',
    async (at, character) => {
      const { outcome } = await opened(LINK_PREFIX + packed.slice(0, at) + character + packed.slice(at + 1))
      expect(outcome).toHaveProperty('ok')
    },
  )

  property.prop([fc.string()])('are none of any other text', async (text) => {
    expect(readSlice(text).ok).toBe(false)
    expect(unpackSlice(text).ok).toBe(false)
  })

  test('with names that would move a terminal or leave a folder are names only', async () => {
    const { trace: read } = await trace(
      JSON.stringify({ ...SLICE, files: [{ ...SLICE.files[0], name: '../\u001b[2J<img>' }] }),
    )
    expect(read.files[0].name).toBe('../?[2J<img>')
  })
})

property.prop([fc.string()])('what is packed for a link is unpacked as it was', (text) => {
  const packed = packSlice(text)
  expect(packed).toMatch(/^[\w-]+$/)
  // What is no whole character is none any more.
  expect(unpackSlice(packed)).toEqual({ ok: true, value: new TextDecoder().decode(new TextEncoder().encode(text)) })
})
