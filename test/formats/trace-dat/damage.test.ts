import { fc, test as propertyTest } from '@fast-check/vitest'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type SourceFile } from '../../../src/model/source-file.ts'
import { readLines } from '../../../src/formats/raw-lines.ts'
import { filesOf, gz, sourceOf } from '../read-bytes.ts'
import { writeTraceDat } from './made-file.ts'
import { STORIES } from './made-stories.ts'

const MACHINE = { isLittle: true, longBytes: 8 } as const
const STORY = STORIES['entries'](MACHINE)
const V6 = writeTraceDat({ ...STORY, version: 6, compression: 'none' })
const V7 = writeTraceDat({ ...STORY, version: 7, compression: 'none' })
const PACKED = writeTraceDat({ ...STORY, version: 7, compression: 'zlib' })

async function fileOf(bytes: Uint8Array): Promise<SourceFile> {
  return (await filesOf([sourceOf(bytes, 'trace.dat')]))[0]
}

async function damageOf(bytes: Uint8Array): Promise<string> {
  return (await fileOf(bytes)).damage.map((damage) => damage.message).join('\n')
}

/** A copy with the bytes at a text replaced. */
function changed(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const copy = bytes.slice()
  const at = new TextDecoder('latin1').decode(copy).indexOf(from)
  if (at < 0) throw new Error(`"${from}" is not in the file`)
  copy.set(new TextEncoder().encode(to), at)
  return copy
}

describe('a damaged trace.dat', () => {
  test('of an unknown version says which are read', async () => {
    expect(await damageOf(changed(V7, 'tracing7', 'tracing9'))).toMatch(
      /version 9 is not known: pinscope reads 6 and 7/,
    )
  })

  test('of an unknown compression says what to do', async () => {
    expect(await damageOf(changed(V7, 'none', 'lzma'))).toMatch(/the compression "lzma" is not known: convert it/)
  })

  test('with a damaged block keeps the rest', async () => {
    const bytes = PACKED.slice()
    bytes.fill(0xff, bytes.lastIndexOf(0x78) + 2, bytes.lastIndexOf(0x78) + 12)
    const file = await fileOf(bytes)
    expect(file.damage.length).toBeGreaterThan(0)
  })

  test('that ends inside its records keeps those before, and says so', async () => {
    const file = await fileOf(V6.subarray(0, V6.length - 4096))
    expect(file.damage[0].message).toMatch(/CPU 1: the file ends before its records do; what was read is kept/)
    expect(file.records).toBeGreaterThan(0)
  })

  test('that ends inside its head says what was being read', async () => {
    expect(await damageOf(V6.subarray(0, 600))).toMatch(/damaged: .+ needed, the file ends at 600/)
  })

  test('with a page that is too full leaves that page out', async () => {
    const bytes = V6.slice()
    new DataView(bytes.buffer).setUint32(bytes.length - 4096 + 8, 0x7ff0, true)
    expect(await damageOf(bytes)).toMatch(/CPU 1: a page says that 32752 of 4080 bytes are used/)
  })

  test('with records of an event that it does not describe counts them as rejected', async () => {
    const file = await fileOf(changed(V6, 'name: page_ref_mod\nID: 361', 'name: page_ref_mod\nID: 461'))
    expect(file.problems[0]).toMatchObject({ reason: 'record of an event that the file does not describe' })
    expect(file.ledger.rejected).toBe(3)
  })

  test('in a cut gzip file gives what was there', async () => {
    const packed = gz(V6)
    const file = await fileOf(packed.subarray(0, packed.length - 200))
    expect(file.damage.map((damage) => damage.message).join(' ')).toMatch(/cut off/)
  })
})

const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 })
const ORIGINALS = { 'version 6': V6, 'version 7': V7, packed: PACKED }
const originals = fc.constantFrom(...(Object.keys(ORIGINALS) as (keyof typeof ORIGINALS)[]))

describe('whatever happens to the bytes', () => {
  propertyTest.prop([originals, flips], { numRuns: 150 })(
    'reading ends, and every record is counted once',
    async (original, changes) => {
      const bytes = ORIGINALS[original].slice()
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      await expectBalanced(bytes)
    },
  )

  propertyTest.prop([originals, fc.nat()], { numRuns: 100 })(
    'a cut file is read up to the cut',
    async (original, at) => {
      await expectBalanced(ORIGINALS[original].slice(0, at % ORIGINALS[original].length))
    },
  )
})

async function expectBalanced(bytes: Uint8Array): Promise<void> {
  const source = sourceOf(bytes, 'trace.dat')
  const [file] = await filesOf([source])
  const { total, parsed, skipped, rejected } = file.ledger
  expect(parsed + skipped + rejected).toBe(total)
  if (file.unit === 'record') expect(await readLines(source, file, [1, 2, 1000])).toMatchObject({ ok: true })
}

describe('many records', () => {
  const recording = new Uint8Array(
    readFileSync(new URL('../../fixtures/trace-dat/recording-612-v7-zstd.dat', import.meta.url)),
  )

  test('are found one by one as in one go', async () => {
    const source = sourceOf(recording, 'trace.dat')
    const [file] = await filesOf([source])
    const all = await readLines(
      source,
      file,
      Array.from({ length: file.ledger.total }, (_, at) => at + 1),
    )
    const one = await readLines(source, file, [77])
    expect(one.ok && all.ok && one.value.get(77)).toBe(all.ok ? all.value.get(77) : '')
  })

  test('are read the same from a packed file', async () => {
    const [plain] = await filesOf([sourceOf(recording, 'trace.dat')])
    const [packed] = await filesOf([sourceOf(gz(recording), 'trace.dat.gz')])
    expect(packed.ledger).toEqual(plain.ledger)
    expect(packed.isCompressed).toBe(true)
  })
})
