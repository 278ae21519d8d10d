import { gzipSync } from 'node:zlib'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type Embedded } from '../../src/base/embedded.ts'
import { readEmbedded, unpackEmbedded } from '../../src/state/embedded.ts'
import { embedFiles } from '../../src/state/report-file.ts'

const GOOD: Embedded = {
  pinscope: 'embedded',
  version: 1,
  link: '/triage?v=1',
  files: [{ name: 'trace.txt', gz: gzipSync('# tracer: nop\n').toString('base64') }],
  made: {
    by: 'pinscope 0.1.0',
    on: '2026-11-22',
    from: [{ name: 'trace.txt', sizeBytes: 14, sha256: 'a'.repeat(64) }],
  },
}

describe('what is embedded', () => {
  test('is read, with who made it and of what', () => {
    expect(readEmbedded(JSON.stringify({ ...GOOD, session: { any: 'thing' }, more: 1 }))).toEqual({
      ok: true,
      value: { ...GOOD, session: { any: 'thing' } },
    })
  })

  test.each([
    ['no JSON', '{"pinscope":"embedded"', 'no JSON'],
    ['another kind of JSON', '[]', 'no report of this version'],
    ['of a later version', JSON.stringify({ ...GOOD, version: 2 }), 'version'],
    ['without files', JSON.stringify({ ...GOOD, files: [] }), 'files'],
    ['with a link out of the page', JSON.stringify({ ...GOOD, link: 'https://example.org/' }), 'link'],
    ['with a link that is none', JSON.stringify({ ...GOOD, link: { toString: 'x' } }), 'link'],
    ['with a name that is none', JSON.stringify({ ...GOOD, files: [{ name: '', gz: '' }] }), 'files.0.name'],
    [
      'with a hash that is none',
      JSON.stringify({ ...GOOD, made: { by: '', from: [{ name: 'a', sizeBytes: 1, sha256: '<b>' }] } }),
      'sha256',
    ],
    [
      'with more files than a capture has',
      JSON.stringify({ ...GOOD, files: Array(10_001).fill(GOOD.files[0]) }),
      'files',
    ],
  ])('is refused in words: %s', (_what, text, words) => {
    expect(readEmbedded(text)).toEqual({ ok: false, error: expect.stringContaining(words) as string })
  })

  test('reaches no prototype', () => {
    const read = readEmbedded(
      JSON.stringify(GOOD).replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'),
    )
    expect(read).toEqual({ ok: true, value: GOOD })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(read.ok && 'polluted' in read.value).toBe(false)
  })
})

describe('embedded files', () => {
  property.prop(
    [fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.uint8Array({ maxLength: 5000 })), { maxLength: 4 })],
    {
      numRuns: 30,
    },
  )('come back byte for byte under their names', async (given) => {
    const files = given.map(([name, bytes]) => ({ name, bytes: new Blob([new Uint8Array(bytes)]) }))
    const unpacked = await unpackEmbedded(await embedFiles(files))
    expect(unpacked.map(({ name }) => name)).toEqual(files.map(({ name }) => new File([], name).name))
    const bytes = await Promise.all(unpacked.map(async (file) => [...new Uint8Array(await file.arrayBuffer())]))
    expect(bytes).toEqual(given.map(([, one]) => [...one]))
  })

  test('of more than one piece of base64 come back whole', async () => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, at) => (Math.imul(at, 2_654_435_761) >>> 13) & 255)
    const [file] = await unpackEmbedded(await embedFiles([{ name: 'a', bytes: new Blob([bytes]) }]))
    expect(Buffer.compare(Buffer.from(await file.arrayBuffer()), bytes)).toBe(0)
  })

  test('stop being unpacked where they are more than a report may hold, all together', async () => {
    const bomb = { name: 'bomb', gz: gzipSync(Buffer.alloc(4 << 20)).toString('base64') }
    await expect(unpackEmbedded([bomb], 1 << 20)).rejects.toThrow('more than a report may hold, at bomb')
    const half = { name: 'half', gz: gzipSync(Buffer.alloc(700_000)).toString('base64') }
    await expect(unpackEmbedded([half, { ...half, name: 'other' }], 1 << 20)).rejects.toThrow('at other')
    await expect(unpackEmbedded([half], 1 << 20)).resolves.toHaveLength(1)
  })

  test.each([
    ['no base64', '***'],
    ['no gzip', Buffer.from('plain').toString('base64')],
    ['cut', gzipSync(Buffer.alloc(90_000, 'abc')).subarray(0, 50).toString('base64')],
  ])('that are damaged say so: %s', async (_what, gz) => {
    await expect(unpackEmbedded([{ name: 'trace.txt', gz }])).rejects.toThrow(
      'the embedded trace.txt cannot be unpacked',
    )
  })

  test('that are too much are not put into a report', async () => {
    // Nothing of it is read.
    const large = Object.defineProperty(new Blob([]), 'size', { value: 101 << 20 })
    await expect(embedFiles([{ name: 'a', bytes: large }])).rejects.toThrow('100.0 MiB at most')
  })
})
