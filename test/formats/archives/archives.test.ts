import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { fc, test as property } from '@fast-check/vitest'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { knownSha256 } from '../../../src/model/file-hash.ts'
import { nodeInflate } from '../../../src/cli/node-source.ts'
import { openArchives } from '../../../src/formats/archives/open-archives.ts'
import { readLines } from '../../../src/formats/raw-lines.ts'
import { readTrace } from '../../../src/formats/read-trace.ts'
import { type Source } from '../../../src/formats/source.ts'
import { type SourceFile } from '../../../src/model/source-file.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { toldTrace } from '../../support/told-trace.ts'
import { bytesOf, factsOf, fateOf, gz, sourceOf } from '../read-bytes.ts'
import { tarOf, type TarPart } from './tar-of.ts'

const fixtures = new URL('../../fixtures/', import.meta.url)
const bytesIn = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, fixtures)))

const TRACE = bytesIn('ftrace/interleaved-cpus-612.txt')
const OWNER = bytesIn('page-owner/linux-6.12.txt')
const LOG = bytesIn('dmesg/linux-6.12.txt')

interface Opened {
  readonly sources: readonly Source[]
  readonly files: readonly SourceFile[]
  readonly trace: Trace | undefined
}

async function open(...given: readonly Source[]): Promise<Opened> {
  const sources = await openArchives(given)
  const outcome = await readTrace(sources)
  return outcome.ok
    ? { sources, files: outcome.value.files, trace: outcome.value }
    : { sources, files: outcome.error.files, trace: undefined }
}

function factsIn(trace: Trace | undefined): unknown {
  if (trace === undefined) return undefined
  return { ...factsOf(trace), events: toldTrace(trace).events, losses: toldTrace(trace).losses }
}

function damagesOf(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => file.damage.map(({ message }) => `${file.name}: ${message}`))
}

const PARTS: readonly TarPart[] = [
  { path: 'cap/', data: new Uint8Array(0), type: '5' },
  { path: 'cap/dmesg.txt.gz', data: gz(LOG) },
  { path: 'cap/page_owner.txt', data: OWNER },
  { path: 'cap/trace.txt', data: TRACE },
]
const FILES = PARTS.slice(1)

function zipOf(parts: readonly TarPart[], level: 0 | 6 = 6): Uint8Array {
  return zipSync(Object.fromEntries(parts.map(({ path, data }) => [path, data])), { level })
}

const WRAPPERS: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['made.tar', tarOf(PARTS)],
  ['made.tar.gz', gz(tarOf(PARTS))],
  ['made.zip', zipOf(FILES)],
  ['stored.zip', zipOf(FILES, 0)],
  ['cap.tar.gz', bytesIn('packed/cap.tar.gz')],
  ['cap.tar.zst', bytesIn('packed/cap.tar.zst')],
  ['cap.zip', bytesIn('packed/cap.zip')],
  ['piped.zip', bytesIn('packed/piped.zip')],
]

describe.each(WRAPPERS)('%s', (name, bytes) => {
  const bare = open(...FILES.map(({ path, data }) => sourceOf(data, `${name}/${path}`)))

  test('gives what the bare files give, however it is cut or named', async () => {
    const expected = await bare
    for (const source of [sourceOf(bytes, name), sourceOf(bytes, name, 700), sourceOf(bytes, 'notes.txt')]) {
      const { files, trace } = await open(source)
      const byName = (told: readonly SourceFile[]): unknown =>
        told
          .map((file) => ({ ...fateOf(file), name: file.name.replace(/^[^/]+/, '') }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      expect(byName(files)).toEqual(byName(expected.files))
      expect(factsIn(trace)).toEqual(factsIn(expected.trace))
      expect(trace?.events.length).toBe(expected.trace?.events.length)
    }
  })

  test('has members that are hashed by their own bytes and named by their path', async () => {
    const { files } = await open(sourceOf(bytes, name))
    const [owner] = files.filter((file) => file.format === 'page_owner')
    expect(owner.name).toBe(`${name}/cap/page_owner.txt`)
    expect(knownSha256(owner.hash)).toBe(createHash('sha256').update(OWNER).digest('hex'))
    expect(owner.sizeBytes).toBe(OWNER.length)
  })

  test('gives single lines of its members again, in any order', async () => {
    const { files, sources } = await open(sourceOf(bytes, name, 1000))
    const texts = new Map([
      ['page_owner', OWNER],
      ['ftrace', TRACE],
      ['dmesg', LOG],
    ])
    for (const [row, file] of [...files.entries()].toReversed()) {
      const lines = new TextDecoder().decode(texts.get(file.format)).split('\n')
      const found = await readLines(sources[row], file, [2, 5])
      expect(found.ok && [...found.value]).toEqual([
        [2, lines[1]],
        [5, lines[4]],
      ])
    }
  })

  test('cut anywhere gives what is there and says that it is cut', async () => {
    const whole = (await bare).files.reduce((sum, file) => sum + file.records, 0)
    for (const share of [0.3, 0.6, 0.9]) {
      const { files } = await open(sourceOf(bytes.slice(0, bytes.length * share), name))
      expect(damagesOf(files).join()).toMatch(/cut off|damaged/)
      expect(files.reduce((sum, file) => sum + file.records, 0)).toBeLessThanOrEqual(whole)
      for (const { ledger } of files) expect(ledger.parsed + ledger.skipped + ledger.rejected).toBe(ledger.total)
    }
  })
})

test("Node's zlib opens a packed tar as well", async () => {
  const sources = await openArchives([sourceOf(bytesIn('packed/cap.tar.gz'), 'cap.tar.gz')], { inflate: nodeInflate })
  expect(sources.map((source) => source.name)).toEqual([
    'cap.tar.gz/cap/dmesg.txt.gz',
    'cap.tar.gz/cap/page_owner.txt',
    'cap.tar.gz/cap/trace.txt',
  ])
})

describe('a file packed with zstd', () => {
  const packed = bytesIn('packed/trace.txt.zst')

  test('gives what the bare file gives, and its lines', async () => {
    const [bare, whole] = await Promise.all([open(sourceOf(TRACE)), open(sourceOf(packed, 'x', 10))])
    expect(factsIn(whole.trace)).toEqual(factsIn(bare.trace))
    expect(fateOf(whole.files[0])).toEqual(fateOf(bare.files[0]))
    expect(whole.files[0].isCompressed).toBe(true)
    const found = await readLines(whole.sources[0], whole.files[0], [13])
    expect(found.ok && found.value.get(13)).toBe(new TextDecoder().decode(TRACE).split('\n')[12])
  })

  test('of several frames is one text', async () => {
    const { files } = await open(sourceOf(Buffer.concat([packed, skippable(7), packed])))
    expect(files[0].ledger.total).toBe(2 * new TextDecoder().decode(TRACE).split('\n').length - 2)
    expect(files[0].damage).toEqual([])
  })

  test('keeps the blocks before a cut, says so, and counts it as a loss', async () => {
    const { files, trace } = await open(sourceOf(rawFrame([TRACE, TRACE.subarray(0, 100)]).slice(0, -40)))
    expect(files[0].damage[0].message).toMatch(/^cut off: the zstd stream ends early; copy the file again; \d+ bytes/)
    expect(files[0].textBytes).toBe(TRACE.length)
    expect(trace?.losses).toContainEqual(expect.objectContaining({ kind: 'truncated' }))
  })

  test('keeps what comes before damage and before garbage', async () => {
    const damaged = Buffer.concat([packed, rawFrame([OWNER])])
    damaged[packed.length + 6] |= 6 // a block type that is reserved
    expect(damagesOf((await open(sourceOf(damaged))).files).join()).toMatch(/cannot be unpacked further/)
    const tailed = await open(sourceOf(Buffer.concat([packed, bytesOf('garbage')])))
    expect(damagesOf(tailed.files).join()).toMatch(/bytes after the end/)
    expect(tailed.files[0].textBytes).toBe(TRACE.length)
  })

  test('that asks for a dictionary is told so', async () => {
    const keyed = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1, 0x58, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    expect(damagesOf((await open(sourceOf(keyed))).files).join()).toMatch(/needs a dictionary/)
  })
})

describe('what an archive must not do', () => {
  test('its paths are names and nothing else', async () => {
    const paths = ['../../etc/passwd', '/etc/passwd', './a.txt', 'new\nline\u001b[2J.txt', 'a\\..\\x']
    const tar = tarOf(paths.map((path) => ({ path, data: OWNER })))
    const { files } = await open(sourceOf(tar, 'a.tar'))
    expect(files.map((file) => file.name)).toEqual([
      'a.tar/../../etc/passwd',
      'a.tar//etc/passwd',
      'a.tar/a.txt',
      'a.tar/new?line?[2J.txt',
      'a.tar/a\\..\\x',
    ])
  })

  test('links, devices, folders and hidden files are no members', async () => {
    const none = ['2', '1', '3', '4', '5', '6'].map((type) => ({ path: `x${type}`, data: new Uint8Array(0), type }))
    const tar = tarOf([...none, { path: 'a/.hidden', data: OWNER }, { path: '__MACOSX/b', data: OWNER }, ...FILES])
    expect((await open(sourceOf(tar, 'a.tar'))).files.length).toBe(3)
  })

  test('an archive in it is not opened, and is told', async () => {
    const inner = tarOf(FILES)
    const { files } = await open(
      sourceOf(
        zipOf([
          { path: 'in.tar', data: inner },
          { path: 'in.tar.gz', data: gz(inner) },
          { path: 'in.zip', data: zipOf(FILES) },
        ]),
        'a.zip',
      ),
    )
    expect(files.map((file) => [file.name, file.format])).toEqual([
      ['a.zip/in.tar', 'unknown'],
      ['a.zip/in.tar.gz', 'unknown'],
      ['a.zip/in.zip', 'unknown'],
    ])
    for (const file of files)
      expect(file.notices.join()).toMatch(/looks like a (tar|zip) archive in an archive or a pipe; unpack it first/)
  })

  test('more than ten thousand files are not read', async () => {
    const data = bytesOf('x\n')
    const parts = Array.from({ length: 10_003 }, (_, row) => ({ path: `f${row}`, data }))
    for (const bytes of [tarOf(parts), zipOf(parts, 0)]) {
      const sources = await openArchives([sourceOf(bytes, 'many')])
      expect(sources.length).toBe(10_001)
      expect(sources.at(-1)?.damage?.()).toMatch(/more than 10000 files in one archive: the first 10000 are read/)
    }
  })

  test('a file or member that unpacks out of all proportion is stopped', async () => {
    const packed = new Uint8Array(gzipSync(new Uint8Array(300 << 20).fill(97)))
    const { files } = await open(sourceOf(packed, 'a.gz'), sourceOf(zipOf([{ path: 'po', data: OWNER }]), 'a.zip'))
    expect(files[0].damage[0].message).toMatch(
      /^stopped after 268435456 bytes of text: \d+ bytes on disk unpack to more than 500 times/,
    )
    expect(files[1]).toMatchObject({ format: 'page_owner', damage: [] })
  }, 60_000)

  test('an encrypted member is told, and the others are read', async () => {
    const { files } = await open(sourceOf(bytesIn('packed/locked.zip'), 'locked.zip'))
    expect(damagesOf(files)).toEqual([
      'locked.zip/cap/page_owner.txt: not read: encrypted; unpack the archive with its password and load the files',
    ])
  })

  test('a wrong checksum is told, and the text is kept', async () => {
    const zip = zipOf([{ path: 'po', data: OWNER }], 0)
    zip[30 + 2 + 5] ^= 1
    const { files, sources } = await open(sourceOf(zip, 'a.zip'))
    expect(files[0].damage[0].message).toMatch(/checksum does not fit/)
    expect(files[0].textBytes).toBe(OWNER.length)
    expect((await readLines(sources[0], files[0], [1])).ok).toBe(true)
  })

  test('without files it says so', async () => {
    for (const bytes of [zipOf([]), tarOf([PARTS[0]])]) {
      const { files } = await open(sourceOf(bytes, 'a'))
      expect(damagesOf(files)).toEqual(['a: an archive without files'])
    }
  })
})

test('a trace in an archive that is cut within it has lost its tail', async () => {
  const tar = tarOf([{ path: 'trace.txt', data: TRACE }])
  for (const bytes of [tar.slice(0, 512 + 3000), gz(tar.slice(0, 512 + 3000))]) {
    const { files, trace } = await open(sourceOf(bytes, 'a.tar'))
    expect(files[0].sizeBytes).toBe(3000)
    expect(damagesOf(files)[0]).toMatch(
      /^a\.tar\/trace\.txt: cut off: the archive ends within this file, after 3000 of \d+ bytes/,
    )
    expect(trace?.losses).toContainEqual(expect.objectContaining({ kind: 'truncated' }))
  }
})

test('a source that can be read only once is left alone', async () => {
  const pipe = { ...sourceOf(tarOf(FILES), 'pipe'), sizeBytes: 0 }
  expect(await openArchives([pipe])).toEqual([pipe])
})

test('an abort stops the opening with its reason', async () => {
  const abort = AbortSignal.abort(new Error('enough'))
  await expect(openArchives([sourceOf(gz(tarOf(FILES)), 'a')], { signal: abort })).rejects.toThrow('enough')
})

const MAGICS: readonly (readonly number[])[] = [
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x50, 0x2a, 0x4d, 0x18],
  [0x1f, 0x8b, 0x08],
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
]

property.prop([fc.constantFrom(...MAGICS), fc.uint8Array({ maxLength: 2000 })], { numRuns: 200 })(
  'bytes at random behind any magic never throw',
  async (magic, rest) => {
    const { files } = await open(sourceOf(Uint8Array.of(...magic, ...rest), 'x'))
    expect(files.length).toBeGreaterThan(0)
    expect(files.every((file) => file.damage.length + file.notices.length > 0)).toBe(true)
  },
  60_000,
)

const SOUND = [...WRAPPERS.map(([, bytes]) => bytes), bytesIn('packed/trace.txt.zst')]

property.prop(
  [fc.constantFrom(...SOUND), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }), fc.nat(9)],
  { numRuns: 200 },
)(
  'an archive with bytes changed anywhere never throws, and accounts for every line',
  async (sound, changes, cut) => {
    const bytes = sound.slice(0, cut < 5 ? Math.floor((sound.length * (cut + 1)) / 6) : sound.length)
    for (const [at, value] of changes) bytes[at % bytes.length] = value
    const { files } = await open(sourceOf(bytes, 'x'))
    for (const { ledger } of files) expect(ledger.parsed + ledger.skipped + ledger.rejected).toBe(ledger.total)
  },
  60_000,
)

/** A frame to be skipped (RFC 8878, 3.1.2). */
function skippable(size: number): Uint8Array {
  return Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, size, 0, 0, 0, ...new Uint8Array(size))
}

/** A zstd frame of blocks that are stored as they are. */
function rawFrame(blocks: readonly Uint8Array[]): Uint8Array {
  const told = blocks.map((block, row) => {
    const head = (block.length << 3) | (row === blocks.length - 1 ? 1 : 0)
    return Buffer.concat([Uint8Array.of(head & 0xff, (head >> 8) & 0xff, head >> 16), block])
  })
  return Buffer.concat([Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0x58), ...told])
}
