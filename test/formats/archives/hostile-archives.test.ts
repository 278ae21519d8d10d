import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { deflateSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { nodeInflate } from '../../../src/cli/node-source.ts'
import { openArchives } from '../../../src/formats/archives/open-archives.ts'
import { type ReadOptions } from '../../../src/formats/read-options.ts'
import { readTrace } from '../../../src/formats/read-trace.ts'
import { type Source } from '../../../src/formats/source.ts'
import { type SourceFile } from '../../../src/model/source-file.ts'
import { bytesOf, gz, sourceOf } from '../read-bytes.ts'
import { tarOf } from './tar-of.ts'

const bytesIn = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url)))
const OWNER = bytesIn('page-owner/linux-6.12.txt')
const NOTHING = new Uint8Array(0)

async function read(source: Source, options: ReadOptions = {}): Promise<readonly SourceFile[]> {
  const outcome = await readTrace(await openArchives([source, sourceOf(OWNER, 'good.txt')], options), options)
  const files = outcome.ok ? outcome.value.files : outcome.error.files
  for (const { ledger } of files) expect(ledger.parsed + ledger.skipped + ledger.rejected).toBe(ledger.total)
  // Whatever is wrong with one file, the others are read.
  expect(files.at(-1)).toMatchObject({ name: 'good.txt', format: 'page_owner', damage: [] })
  return files.slice(0, -1)
}

function told(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ name, damage, notices }) =>
    [...damage.map(({ message }) => message), ...notices].map((words) => `${name}: ${words}`),
  )
}

const lineOf = (row: number): string => `line ${row} of many lines, ${(row * 7919) % 1000}\n`
const textOf = (rows: number): string => Array.from({ length: rows }, (_, row) => lineOf(row)).join('')

describe('zstd', () => {
  /** Magic, no flags, a window of `2 ** (10 + exponent)` bytes; blocks that repeat one character. */
  const frame = (exponent: number, ...blocks: readonly (readonly [size: number, isLast: boolean])[]): Uint8Array =>
    Buffer.concat([
      Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, exponent << 3),
      ...blocks.map(([size, isLast]) => {
        const head = (size << 3) | 2 | Number(isLast)
        return Uint8Array.of(head & 255, (head >> 8) & 255, head >> 16, 97)
      }),
    ])

  test.each([
    ['many-blocks.zst', 12_000],
    ['small-window.zst', 3000],
  ])('%s is unpacked as it was packed', async (name, rows) => {
    const { inflateZstd } = await import('../../../src/formats/zstd.ts')
    const fate = { damage: '', isCutOff: false }
    const pieces: Uint8Array[] = []
    async function* packed(): AsyncGenerator<Uint8Array> {
      yield bytesIn(`packed/${name}`)
    }
    for await (const piece of inflateZstd(packed(), fate)) pieces.push(piece)
    expect(Buffer.concat(pieces).toString()).toBe(textOf(rows))
    expect(fate).toEqual({ damage: '', isCutOff: false })
  })

  test('of thousands of frames that ask for 128 MiB each takes no more memory than its text', async () => {
    const bytes = Buffer.concat(Array.from({ length: 1000 }, () => frame(17, [1, true])))
    const [file] = await read(sourceOf(bytes, 'frames.zst'))
    expect(file).toMatchObject({ textBytes: 1000, damage: [] })
  })

  test('that asks for terabytes of memory is given those that its text needs', async () => {
    const [file] = await read(sourceOf(frame(31, [7, false], [3, true]), 'wide.zst'))
    expect(file).toMatchObject({ textBytes: 10, damage: [] })
  })

  test('that could look back further than can be looked is stopped before, with what to do', async () => {
    const blocks = Array.from({ length: 514 }, (_, at) => [128 << 10, at === 513] as const)
    const [file] = await read(sourceOf(frame(17, ...blocks), 'far.zst'))
    expect(file.textBytes).toBe(511 * (128 << 10))
    expect(told([file])[0]).toMatch(/far\.zst: not unpacked further: .* zstd -d --long=31 and load the plain file/)
    // With a window that can be looked through, it is read.
    expect((await read(sourceOf(frame(15, ...blocks), 'near.zst')))[0].textBytes).toBe(514 * (128 << 10))
  })

  test('with a part to be skipped that does not end is cut off', async () => {
    const [file] = await read(sourceOf(Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 255, 255, 255, 255, 1), 'skip.zst'))
    expect(told([file])[0]).toMatch(/cut off: the zstd stream ends early; copy the file again/)
  })
})

describe('gzip', () => {
  test.each([
    ['the web', undefined],
    ['Node', nodeInflate],
  ])('with a name in its header that does not end is refused, by what %s has', async (_, inflate) => {
    const bytes = new Uint8Array(4 << 20).fill(65)
    bytes.set([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3])
    const [file] = await read(sourceOf(bytes, 'name.gz'), inflate === undefined ? {} : { inflate })
    expect(told([file])[0]).toMatch(/^name\.gz: damaged: the gzip stream cannot be unpacked further/)
  })

  test('of twenty thousand members is one text', async () => {
    const one = gzipSync('a\n')
    const [file] = await read(sourceOf(Buffer.concat(Array.from({ length: 20_000 }, () => one)), 'members.gz'))
    expect(file).toMatchObject({ textBytes: 40_000, damage: [] })
  })

  test('in gzip is unpacked once, and told', async () => {
    expect(told(await read(sourceOf(gz(gz('x\n')), 'a.gz.gz')))[0]).toMatch(
      /a gzip file in a gzip file; unpack it once/,
    )
  })

  test('in a packed archive may unpack to what it takes on disk allows, not what it takes in the archive', async () => {
    const tar = gz(tarOf([{ path: 'po.gz', data: gz(new Uint8Array(50 << 20)) }]))
    const [member] = await openArchives([sourceOf(tar, 'a.tar.gz')])
    expect(member.sizeBytes).toBeGreaterThan(40_000)
    expect(member.diskBytes).toBeLessThan(tar.length + 1)
    expect(tar.length).toBeLessThan(1000)
  })
})

interface ZipPart {
  readonly path: string | Uint8Array
  readonly data?: Uint8Array
  readonly method?: number
  readonly told?: number
  readonly packed?: number
  readonly offset?: number
  readonly extra?: Uint8Array
}

/** A zip archive whose directory says what it is told to say. */
function zipTelling(parts: readonly ZipPart[], start = 0): Uint8Array {
  const locals: Uint8Array[] = []
  const entries: Uint8Array[] = []
  let at = 0
  for (const {
    path,
    data = NOTHING,
    method = 0,
    told: size = data.length,
    packed = data.length,
    offset,
    extra = NOTHING,
  } of parts) {
    const name = bytesOf(path)
    const both = (bytes: Buffer, from: number): void => {
      bytes.writeUInt16LE(method, from)
      bytes.writeUInt32LE(packed, from + 10)
      bytes.writeUInt32LE(size, from + 14)
      bytes.writeUInt16LE(name.length, from + 18)
    }
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    both(local, 8)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    both(entry, 10)
    entry.writeUInt16LE(extra.length, 30)
    entry.writeUInt32LE(offset ?? at, 42)
    locals.push(local, name, data)
    entries.push(entry, name, extra)
    at += 30 + name.length + data.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 10)
  end.writeUInt32LE(
    entries.reduce((sum, { length }) => sum + length, 0),
    12,
  )
  end.writeUInt32LE(at + start, 16)
  return Buffer.concat([...locals, ...entries, end])
}

describe('a zip archive', () => {
  const packed = deflateSync(OWNER)

  test('of entries that all are the same bytes is read once, and the others are named', async () => {
    const same = Array.from({ length: 300 }, (_, at) => ({
      path: `f${at}`,
      offset: 0,
      data: at === 0 ? packed : NOTHING,
    }))
    const entries = same.map((part) => ({ ...part, method: 8, told: OWNER.length, packed: packed.length }))
    const files = await read(sourceOf(zipTelling(entries), 'same.zip'))
    expect(files).toHaveLength(300)
    expect(files.filter(({ textBytes }) => textBytes > 0)).toHaveLength(1)
    expect(told(files)[1]).toMatch(/f\d+: not read: the archive gives it bytes of another file/)
  })

  test('whose first entry has all others in its own bytes (Fifield) unpacks to one of them', async () => {
    const inner = zipTelling([{ path: 'in', data: packed, method: 8 }])
    const parts = [
      { path: 'all', data: inner, packed: inner.length },
      { path: 'in', offset: 33, method: 8, packed: packed.length, told: OWNER.length },
    ]
    const files = await read(sourceOf(zipTelling(parts), 'quoted.zip'))
    expect(files.map(({ name }) => name)).toEqual(['quoted.zip/all', 'quoted.zip/in'])
    expect(told(files).join('\n')).toMatch(/quoted\.zip\/in: not read: the archive gives it bytes of another file/)
  })

  test.each([
    ['more', OWNER.length + 1, /cut off: \d+ of \d+ bytes of this file are there/],
    ['fewer', 1, /damaged: \d+ bytes where the archive tells 1/],
    ['four thousand million', 0xfffffffe, /cut off: \d+ of 4294967294 bytes/],
  ])('that tells %s bytes than there are is read as far as they are there', async (_, size, words) => {
    const files = await read(sourceOf(zipTelling([{ path: 'po', data: packed, method: 8, told: size }]), 'a.zip'))
    expect(files[0].textBytes).toBe(OWNER.length)
    expect(told(files)[0]).toMatch(words)
  })

  test('that tells sizes and places beyond all numbers (zip64) is damaged', async () => {
    const extra = Buffer.alloc(28, 255)
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(24, 2)
    const telling = { path: 'po', data: OWNER, told: 0xffffffff, packed: 0xffffffff, offset: 0xffffffff, extra }
    const files = await read(sourceOf(zipTelling([telling]), 'a.zip'))
    expect(told(files)[0]).toMatch(/damaged: the zip archive has no such file where its directory says/)
  })

  test.each([
    ['behind its end', { offset: 0xfffffff0 }, 0],
    ['in its directory', { offset: 150 }, 0],
    ['before its beginning', { offset: 0 }, 0x7fffffff],
  ])('whose directory points %s gives nothing, and says so', async (_, where, start) => {
    const files = await read(sourceOf(zipTelling([{ path: 'po', data: bytesOf('x\n'), ...where }], start), 'a.zip'))
    expect(files[0].textBytes).toBe(0)
    expect(told(files)[0]).toMatch(/damaged: the zip archive has no such file where its directory says/)
  })

  test('of more than 65535 entries is read as far as archives are', async () => {
    const parts = Array.from({ length: 66_000 }, (_, at) => ({ path: `f${at}` }))
    const sources = await openArchives([sourceOf(zipTelling(parts), 'many.zip')])
    expect(sources).toHaveLength(10_001)
    expect(sources.at(-1)?.damage?.()).toMatch(/more than 10000 files in one archive: the first 10000 are read/)
  })

  test('with names that play tricks has names that play none, each once', async () => {
    const paths = [
      '../../x',
      '/x',
      'C:\\x',
      'a\0b',
      'cod\u202egpj.txt',
      'z\u200bz',
      'same',
      'same',
      'same (2)',
      'n'.repeat(65_535),
    ]
    const files = await read(sourceOf(zipTelling(paths.map((path) => ({ path, data: bytesOf('x\n') }))), 'a.zip'))
    expect(files.map(({ name }) => name)).toEqual([
      'a.zip/../../x',
      'a.zip//x',
      'a.zip/C:\\x',
      'a.zip/a?b',
      'a.zip/cod?gpj.txt',
      'a.zip/z?z',
      'a.zip/same',
      'a.zip/same (3)',
      'a.zip/same (2)',
      `a.zip/${'n'.repeat(1024)}`,
    ])
  })

  test('that has itself, or a slice, in it is opened once', async () => {
    const slice = bytesOf('{"pinscope":"slice","version":1}')
    const files = await read(sourceOf(zipSync({ 'in.zip': zipSync({ a: OWNER }), 's.json': slice }), 'a.zip'))
    expect(told(files).join('\n')).toMatch(/in\.zip: .*a zip archive in an archive or a pipe; unpack it first/)
    expect(told(files).join('\n')).toMatch(/s\.json: .*a slice in an archive or another slice; open it by itself/)
  })
})

describe('a tar archive', () => {
  /** A pax header that tells something of the next file. */
  const pax = (records: Readonly<Record<string, string>>): { path: string; type: string; data: Uint8Array } => {
    const lines = Object.entries(records).map(([key, value]) => {
      const rest = ` ${key}=${value}\n`
      const size = [1, 2, 3, 4, 5, 6]
        .map((digits) => rest.length + digits)
        .find((length) => rest.length + String(length).length === length)
      return `${size}${rest}`
    })
    return { path: 'x', type: 'x', data: bytesOf(lines.join('')) }
  }

  test.each(['9007199254740991', '-1', '1e400', 'NaN', '0x10', '99999999999999999999'])(
    'whose next file is told to have %s bytes loses no other file of the capture',
    async (size) => {
      const files = await read(sourceOf(tarOf([pax({ size }), { path: 'po', data: OWNER }]), 'a.tar'))
      expect(files[0].name).toBe('a.tar/po')
      expect(files[0].textBytes).toBeLessThanOrEqual(OWNER.length + 2048)
    },
  )

  test('with two files of one name, and one name of 64 KiB, has each under a name of its own', async () => {
    const parts = [
      pax({ path: 'p'.repeat(65_000) }),
      { path: 'q', data: OWNER },
      { path: 'a', data: OWNER },
      { path: 'a', data: OWNER },
    ]
    const files = await read(sourceOf(tarOf(parts), 'a.tar'))
    expect(files.map(({ name }) => name)).toEqual([`a.tar/${'p'.repeat(1024)}`, 'a.tar/a', 'a.tar/a (2)'])
  })

  test('that is sparse says that places in it are wrong', async () => {
    const files = await read(sourceOf(tarOf([pax({ 'GNU.sparse.size': '9' }), { path: 'po', data: OWNER }]), 'a.tar'))
    expect(told(files)[0]).toMatch(/a sparse file: its holes are left out/)
  })
})

describe('a stream that never ends', () => {
  test.each([
    ['lines', bytesOf('x\n'.repeat(1 << 15))],
    ['one line', new Uint8Array(1 << 16).fill(120)],
    ['NUL', new Uint8Array(1 << 16)],
  ])('of %s is read until a person stops it', async (_, piece) => {
    const abort = new AbortController()
    let pieces = 0
    const endless: Source = {
      name: 'trace_pipe',
      sizeBytes: 0,
      stream: () =>
        new ReadableStream<Uint8Array>({
          pull: async (controller) => {
            controller.enqueue(piece)
            if (pieces++ > 500) abort.abort(new Error('stopped'))
            await new Promise((resolve) => setTimeout(resolve, 0))
          },
        }),
    }
    await expect(readTrace([endless], { signal: abort.signal })).rejects.toThrow('stopped')
  })
})
