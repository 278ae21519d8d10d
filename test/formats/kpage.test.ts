import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fc, test as property } from '@fast-check/vitest'
import { knownSha256 } from '../../src/model/file-hash.ts'
import { ValueKind } from '../../src/formats/kpage/value-kind.ts'
import { readLines } from '../../src/formats/raw-lines.ts'
import { valuesAt } from '../../src/model/pfn-run-table.ts'
import { type StringId } from '../../src/model/ids.ts'
import { type Trace } from '../../src/model/trace.ts'
import { fateOf, filesOf, gz, sourceOf, traceOf } from './read-bytes.ts'

const FREE = 0x400
const HELD = 0x5828 // uptodate lru mmap anonymous swapbacked
const NOPAGE = 0x10_0000
const RESERVED = 2 ** 32

function arrayOf(values: readonly number[], isLittle = true): Uint8Array {
  const bytes = new Uint8Array(values.length * 8)
  const view = new DataView(bytes.buffer)
  for (const [at, value] of values.entries()) view.setBigUint64(at * 8, BigInt(value), isLittle)
  return bytes
}

const FLAGS = [...Array.from({ length: 30 }, () => FREE), HELD, HELD]
const COUNTS = [...Array.from({ length: 30 }, () => 0), 1, 3]
const WINDOW = sourceOf('start_pfn=0x100 end_pfn=0x120\n', 'window.txt')

function flagsAt(trace: Trace, pfn: number): readonly string[] {
  return valuesAt(trace.pageStates, pfn).map(
    ({ value, line }) => `${trace.strings.text(value as StringId)} line ${line}`,
  )
}

test('flags and mappings lie where the note says, whatever the order of the files and the packing', async () => {
  const trace = await traceOf([sourceOf(arrayOf(FLAGS), 'a'), sourceOf(gz(arrayOf(COUNTS)), 'b', 5), WINDOW])
  expect(trace.files.map((file) => [file.format, file.ledger.parsed, file.unit])).toEqual([
    ['kpage', 32, 'record'],
    ['kpage', 32, 'record'],
    ['pfn_window', 1, 'line'],
  ])
  expect(flagsAt(trace, 0x100)).toEqual(['buddy line 0'])
  expect(flagsAt(trace, 0x11f)).toEqual(['uptodate|lru|mmap|anonymous|swapbacked line 31'])
  expect(flagsAt(trace, 0x120)).toEqual([])
  expect(valuesAt(trace.mapcounts, 0x11f)).toEqual([{ value: 3, line: 63 }])
  const turned = await traceOf([WINDOW, sourceOf(arrayOf(COUNTS), 'b'), sourceOf(arrayOf(FLAGS), 'a', 5)])
  expect(valuesAt(turned.mapcounts, 0x11f)).toEqual([{ value: 3, line: 32 }])
  expect(turned.files[1].notices.join()).toContain('[0x100, 0x120)')
})

test('a value is cited by its number, in words', async () => {
  for (const source of [sourceOf(arrayOf(FLAGS)), sourceOf(gz(arrayOf(FLAGS)))]) {
    const [file] = (await traceOf([source, WINDOW])).files
    const lines = await readLines(source, file, [1, 32, 33])
    expect(lines).toMatchObject({ ok: true })
    expect(lines.ok && [...lines.value]).toEqual([
      [1, '0x0000000000000400 buddy'],
      [32, '0x0000000000005828 uptodate|lru|mmap|anonymous|swapbacked'],
    ])
  }
})

describe('of a big-endian machine', () => {
  test('flags and mappings are the same as of a little-endian one, and the file says so', async () => {
    const big = [sourceOf(gz(arrayOf(FLAGS, false)), 'a', 5), sourceOf(arrayOf(COUNTS, false), 'b'), WINDOW]
    const trace = await traceOf(big)
    expect(flagsAt(trace, 0x11f)).toEqual(['uptodate|lru|mmap|anonymous|swapbacked line 31'])
    expect(valuesAt(trace.mapcounts, 0x11f)).toEqual([{ value: 3, line: 63 }])
    expect(trace.files[0].notices.join()).toContain('big-endian')
    const lines = await readLines(big[0], trace.files[0], [1, 32])
    expect(lines.ok && [...lines.value.values()]).toEqual([
      '0x0000000000000400 buddy',
      '0x0000000000005828 uptodate|lru|mmap|anonymous|swapbacked',
    ])
  })

  test('zeros at the head of the file do not hide it', async () => {
    const late = [...Array.from({ length: 20_000 }, () => 0), ...COUNTS]
    const note = sourceOf(`start_pfn=0 end_pfn=${late.length}\n`)
    const trace = await traceOf([sourceOf(arrayOf(late, false)), note])
    expect(valuesAt(trace.mapcounts, late.length - 1)).toEqual([{ value: 3, line: late.length - 1 }])
  })

  const holes = fc.array(fc.constantFrom(0, NOPAGE), { minLength: 16, maxLength: 99 })
  const mixed = fc.array(fc.constantFrom(0, 1, 3, 0x400, 0x5828, NOPAGE), { minLength: 16, maxLength: 99 })
  property.prop([fc.oneof(holes, mixed)])('no value is taken for another', async (told) => {
    fc.pre(told.some((value) => value > 0))
    const note = sourceOf(`start_pfn=0 end_pfn=${told.length}\n`)
    const [little, big] = await Promise.all(
      [true, false].map(async (is) => traceOf([sourceOf(arrayOf(told, is)), note])),
    )
    for (let pfn = 0; pfn < told.length; pfn++) {
      expect(flagsAt(big, pfn)).toEqual(flagsAt(little, pfn))
      expect(valuesAt(big.mapcounts, pfn)).toEqual(valuesAt(little.mapcounts, pfn))
    }
  })
})

describe('without a note of its size', () => {
  const zones = (end: number): ReturnType<typeof sourceOf> =>
    sourceOf(`Node 0, zone   Normal\n  pages free     1\n        spanned  ${end - 1}\n  start_pfn: 1\n`, 'zoneinfo.txt')

  test('the first PFN is asked for, and nothing is said of any page', async () => {
    const other = sourceOf('start_pfn=0x100 end_pfn=0x121\n', 'window.txt')
    const trace = await traceOf([sourceOf(arrayOf(FLAGS)), other])
    expect(trace.files[0].notices.join()).toContain('start_pfn=0x… end_pfn=0x…')
    expect(trace.pageStates.length).toBe(0)
    expect(fateOf(trace.files[0])).toMatchObject({ ledger: { total: 32, parsed: 32, rejected: 0 } })
  })

  test('two notes of its size that differ are no note', async () => {
    const other = sourceOf('start_pfn=0x200 end_pfn=0x220\n', 'other.txt')
    expect((await traceOf([sourceOf(arrayOf(FLAGS)), WINDOW, other])).pageStates.length).toBe(0)
  })

  test('a person may tell the first PFN, of one file or of all that no note tells', async () => {
    const sources = [sourceOf(arrayOf(FLAGS), 'a'), sourceOf(arrayOf([...COUNTS, 0]), 'b')]
    const [{ hash }] = await filesOf(sources)
    const one = await traceOf(sources.toReversed(), {
      kpageStarts: { byHash: new Map([[knownSha256(hash) ?? '', 0x200]]) },
    })
    expect(flagsAt(one, 0x21f)).toEqual(['uptodate|lru|mmap|anonymous|swapbacked line 64'])
    expect(one.files.map((file) => file.array)).toEqual([
      { kind: 'count', values: 33, basis: 'none' },
      { kind: 'flags', values: 32, startPfn: 0x200, basis: 'given' },
    ])
    const all = await traceOf([...sources, WINDOW], { kpageStarts: { byHash: new Map(), others: 0x200 } })
    expect(all.files.map((file) => file.array?.basis)).toEqual(['note', 'given', undefined])
    expect(valuesAt(all.mapcounts, 0x21f)).toEqual([{ value: 3, line: 63 }])
  })

  test('what a person tells is worth more than a guess', async () => {
    const whole = arrayOf([NOPAGE, ...FLAGS.slice(1)])
    const [guessed] = (await traceOf([sourceOf(whole, 'a')])).files
    const kpageStarts = { byHash: new Map([[knownSha256(guessed.hash) ?? '', 7]]) }
    expect(guessed.array).toEqual({ kind: 'flags', values: 32, startPfn: 0, basis: 'hole' })
    const [told] = (await traceOf([sourceOf(whole, 'a')], { kpageStarts })).files
    expect(told.array).toEqual({ kind: 'flags', values: 32, startPfn: 7, basis: 'given' })
  })

  test('an array as long as memory begins at 0', async () => {
    const trace = await traceOf([sourceOf(arrayOf(FLAGS)), zones(32)])
    expect(flagsAt(trace, 31)).toEqual(['uptodate|lru|mmap|anonymous|swapbacked line 31'])
    expect((await traceOf([sourceOf(arrayOf(FLAGS)), zones(33)])).pageStates.length).toBe(0)
  })

  test('flags whose first page is no memory begin at 0, and so do mappings of the same length', async () => {
    for (const first of [NOPAGE, RESERVED]) {
      const whole = arrayOf([first, ...FLAGS.slice(1)])
      const trace = await traceOf([sourceOf(arrayOf(COUNTS), 'c'), sourceOf(whole, 'f')])
      expect(flagsAt(trace, 1)).toEqual(['buddy line 33'])
      expect(valuesAt(trace.mapcounts, 31)).toEqual([{ value: 3, line: 31 }])
    }
  })
})

test('a file of zeros does not tell what it is, and says so', async () => {
  const trace = await traceOf([sourceOf(new Uint8Array(4096)), WINDOW])
  expect(trace.files[0]).toMatchObject({ format: 'kpage', ledger: { total: 512, parsed: 0, skipped: 512 } })
  expect(trace.files[0].notices.join()).toContain('does not tell')
})

test('a file cut within a value keeps the whole ones and says that it is damaged', async () => {
  const bytes = arrayOf(Array.from({ length: 100 }, () => FREE)).subarray(0, 795)
  const [file] = (await traceOf([sourceOf(bytes), sourceOf('start_pfn=0 end_pfn=99\n')])).files
  expect(file).toMatchObject({ format: 'kpage', ledger: { total: 99, parsed: 99 } })
  expect(file.damage[0].message).toContain('99 whole ones')
})

describe('arrays of a live kernel', () => {
  const bytesOf = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/kpage/${name}`, import.meta.url))
  const swapped = (bytes: Uint8Array): Uint8Array =>
    Uint8Array.from(bytes, (_, at) => bytes[at - (at % 8) + 7 - (at % 8)])
  const tableOf = async (
    names: readonly string[],
    pieceBytes: number,
    change = (bytes: Uint8Array): Uint8Array => bytes,
  ): Promise<string> => {
    const arrays = ['kpageflags-6.1.bin', 'kpagecount-6.1.bin'].map((name, at) =>
      sourceOf(change(bytesOf(name)), names[at], pieceBytes),
    )
    const trace = await traceOf([...arrays, sourceOf(bytesOf('window.txt'), names[2], pieceBytes)])
    for (const { ledger } of trace.files) expect(ledger).toMatchObject({ skipped: 0, rejected: 0 })
    const rows = Array.from({ length: 64 }, (_, at) => {
      const pfn = 0x1f440 + at
      return `0x${pfn.toString(16)} ${flagsAt(trace, pfn).join()}, ${valuesAt(trace.mapcounts, pfn)[0].value} mappings`
    })
    return `${rows.join('\n')}\n`
  }

  test.each([
    ['whole', ['f.bin', 'c.bin', 'w.txt'], 1 << 16, undefined],
    ['in pieces of 100 bytes', ['f.bin', 'c.bin', 'w.txt'], 100, undefined],
    ['gzipped', ['f.bin.gz', 'c.bin.gz', 'w.txt'], 1 << 16, gz],
    ['under wrong names', ['trace.txt', 'dmesg.txt', 'kpageflags.bin'], 7, undefined],
    ['of the other byte order', ['f.bin', 'c.bin', 'w.txt'], 1 << 16, swapped],
  ] as const)('read %s give what is stored', async (_, names, pieceBytes, change) => {
    await expect(tableOf(names, pieceBytes, change)).resolves.toBe(new TextDecoder().decode(bytesOf('values.txt')))
  })
})

const kindOf = (values: readonly number[]): string | undefined => {
  const told = new ValueKind()
  for (const value of values) told.add(value >>> 0, Math.floor(value / 2 ** 32))
  return told.kind
}

describe('the kind is told by the values', () => {
  const few = fc.array(fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 17, 64), { minLength: 20, maxLength: 200 })
  property.prop([few])('few mappings are no flags', (values) => {
    fc.pre(values.some((value) => value > 0))
    expect(kindOf(values)).toBe('count')
  })

  const used = fc.array(fc.constantFrom(0x400, 0x5828, 0x80, 0x10000, 0x20868, 0x4000000, NOPAGE, RESERVED, 0x868), {
    minLength: 20,
    maxLength: 200,
  })
  property.prop([used])('pages in use, free and absent are flags', (values) => {
    expect(kindOf(values)).toBe('flags')
  })

  test('inodes are no flags', () => {
    expect(kindOf([0, 0, 1, 4711, 4711, 4711, 8237, 8237, 1, 0])).toBe('cgroup')
  })
})
