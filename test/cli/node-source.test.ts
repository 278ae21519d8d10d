import { execFileSync } from 'node:child_process'
import { appendFile, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createNodeSha256, nodeInflate, nodeSource } from '../../src/cli/node-source.ts'
import { pipeSource } from '../../src/cli/pipe-source.ts'
import { fingerprintOf } from '../../src/formats/fingerprint.ts'
import { hashPutOff } from '../../src/formats/put-off-hash.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { type Source } from '../../src/formats/source.ts'
import { type SourceFile } from '../../src/model/source-file.ts'

const RECORD = 'Page allocated via order 0, mask 0x0()\nPFN 16 type Unmovable Block 0 type Unmovable Flags 0x0()\n\n'
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'node-source-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function fileOf(source: Source): Promise<SourceFile> {
  const options = { inflate: nodeInflate, createSha256: createNodeSha256 }
  const outcome = await readTrace([source], options)
  return outcome.ok ? outcome.value.files[0] : outcome.error.files[0]
}

async function saved(content: string | Uint8Array, name = 'dump.txt'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function textOf(stream: ReadableStream<Uint8Array> | undefined): Promise<string> {
  return stream === undefined ? '' : new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text()
}

describe('a file on disk', () => {
  test('larger than one read comes whole', async () => {
    const file = await fileOf(await nodeSource(await saved(RECORD.repeat(30_000))))
    expect(file).toMatchObject({ format: 'page_owner', records: 30_000, damage: [], sizeBytes: RECORD.length * 30_000 })
  })

  test('gives any slice of itself', async () => {
    const source = await nodeSource(await saved('0123456789'))
    expect(await textOf(source.slice?.(3, 6))).toBe('345')
    expect(await textOf(source.slice?.(8, 99))).toBe('89')
    expect(await textOf(source.slice?.(5, 5))).toBe('')
  })

  test('passes by in the memory of two pieces, the same bytes', async () => {
    const text = Array.from({ length: 60_000 }, (_, row) => RECORD.replace('16', String(row))).join('')
    const source = await nodeSource(await saved(text))
    const memory = new Set<ArrayBufferLike>()
    const pieces: Uint8Array[] = []
    const reader = source.passing?.(5).getReader()
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      memory.add(next.value.buffer)
      pieces.push(next.value.slice())
    }
    expect(Buffer.concat(pieces).toString()).toBe(text.slice(5))
    expect(memory.size).toBe(2)
  })

  test('passes by where it is hashed beside, and is read as it is where it is not', async () => {
    const text = Array.from({ length: 30_000 }, (_, row) => RECORD.replace('16', String(row))).join('')
    const source = await nodeSource(await saved(`\uFEFF${text}`))
    const beside = { ...source, sha256: () => Promise.resolve('0'.repeat(64)) }
    const { hash: _here, ...plain } = await fileOf(source)
    const { hash: _there, ...passed } = await fileOf(beside)
    expect(passed).toEqual(plain)
    expect(passed).toMatchObject({ records: 30_000, sizeBytes: text.length + 3, damage: [] })
    const { hash: _streamed, ...streamed } = await fileOf({ ...beside, passing: () => new Response('').body as never })
    expect(streamed.records).toBeLessThan(30_000) // it is `passing` that was read
  })

  test('told to be empty is opened once: it may be consumed by reading it', async () => {
    expect(Object.keys(await nodeSource('/proc/self/status'))).not.toContain('passing')
  })

  test('packed is unpacked the same as without the fast way', async () => {
    const path = await saved(gzipSync(RECORD.repeat(1000)), 'dump.gz')
    const fast = await fileOf(await nodeSource(path))
    const plain = await readTrace([await nodeSource(path)])
    expect(plain.ok && plain.value.files[0]).toEqual(fast)
  })

  test('packed and cut off keeps what comes before the cut', async () => {
    const packed = gzipSync(Array.from({ length: 9000 }, (_, row) => RECORD.replace('16', String(row * 7919))).join(''))
    const path = await saved(packed.subarray(0, packed.length / 2), 'dump.gz')
    const file = await fileOf(await nodeSource(path))
    expect(file.records).toBeGreaterThan(1000)
    expect(file.damage[0].message).toMatch(/^cut off: the gzip stream ends early/)
    const plain = await readTrace([await nodeSource(path)])
    expect(plain.ok && plain.value.files[0]).toEqual(file)
  })
})

describe('a large file', () => {
  const putOff = { kind: 'put_off', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) }
  const readLarge = async (source: Source): Promise<SourceFile> => {
    const outcome = await readTrace([source], { mostHashedBytes: 100, createSha256: createNodeSha256 })
    return outcome.ok ? outcome.value.files[0] : outcome.error.files[0]
  }

  test('is known by the same fingerprint as in a browser', async () => {
    const text = RECORD.repeat(20_000)
    const source = await nodeSource(await saved(text))
    expect(await source.fingerprint?.()).toBe(await fingerprintOf(new Blob([text])))
  })

  test('is read without its hash, which is given behind that', async () => {
    const path = await saved(RECORD.repeat(9000))
    const source = { ...(await nodeSource(path)), sha256: async () => 'ab' }
    const { hash } = await readLarge(source)
    expect(hash).toEqual(putOff)
    expect(hash.kind === 'put_off' && (await hashPutOff(source, hash))).toMatchObject({ kind: 'known', sha256: 'ab' })
  })

  test.each([
    ['grew', (path: string) => appendFile(path, RECORD)],
    [
      'was written anew at the same size',
      (path: string) => writeFile(path, RECORD.replace('PFN 16', 'PFN 17').repeat(9000)),
    ],
    ['is gone', (path: string) => rm(path)],
  ])('that %s since it was read has no hash, and says so', async (_, change) => {
    const path = await saved(RECORD.repeat(9000))
    const source = { ...(await nodeSource(path)), sha256: async () => 'ab' }
    const { hash } = await readLarge(source)
    await change(path)
    expect(hash.kind === 'put_off' && (await hashPutOff(source, hash))).toMatchObject({
      kind: 'none',
      why: expect.stringMatching(/changed since it was read: .*open it again/),
    })
  })

  test('that changed with its time put back is told by its samples', async () => {
    const path = await saved(RECORD.repeat(9000))
    const source = { ...(await nodeSource(path)), sha256: async () => 'ab', changed: async () => false }
    const { hash } = await readLarge(source)
    await writeFile(path, RECORD.replace('PFN 16', 'PFN 17').repeat(9000))
    expect(hash.kind === 'put_off' && (await hashPutOff(source, hash))).toMatchObject({ kind: 'none' })
  })

  test('that grew while it was read is told, and has no hash', async () => {
    const path = await saved(RECORD.repeat(9000))
    const source = { ...(await nodeSource(path)), sha256: async () => 'ab' }
    await appendFile(path, RECORD)
    const file = await readLarge(source)
    expect(file.damage[0].message).toMatch(/^changed while it was read/)
    expect(file.hash).toMatchObject({ kind: 'none' })
  })

  test('that comes twice is read once', async () => {
    const paths = [await saved(RECORD.repeat(9000), 'a.txt'), await saved(RECORD.repeat(9000), 'b.txt')]
    const sources = await Promise.all(paths.map(nodeSource))
    const hashed = sources.map((source) => ({ ...source, sha256: async () => 'ab' }))
    const outcome = await readTrace(hashed, { mostHashedBytes: 100 })
    const files = outcome.ok ? outcome.value.files : []
    expect(files.map(({ records }) => records)).toEqual([9000, 0])
    expect(files.map(({ hash }) => hash.kind)).toEqual(['known', 'known'])
    expect(files[1].notices).toEqual([expect.stringMatching(/^the same bytes as .*a\.txt: read once$/)])
  })

  test('is not hashed ahead for another of its size that has other samples', async () => {
    const other = RECORD.replace('PFN 16', 'PFN 17')
    const paths = [await saved(RECORD.repeat(9000), 'a.txt'), await saved(other.repeat(9000), 'b.txt')]
    const sources = await Promise.all(paths.map(nodeSource))
    const never = sources.map((source) => ({ ...source, sha256: () => Promise.reject(new Error('hashed')) }))
    const outcome = await readTrace(never, { mostHashedBytes: 100 })
    expect((outcome.ok ? outcome.value.files : []).map(({ records, hash }) => [records, hash])).toEqual([
      [9000, putOff],
      [9000, putOff],
    ])
  })
})

describe('a file that is not what it was', () => {
  test('grown since it was opened, is told', async () => {
    const path = await saved(RECORD)
    const source = await nodeSource(path)
    await appendFile(path, RECORD)
    const file = await fileOf(source)
    expect(file.damage[0].message).toMatch(/^changed while it was read/)
    expect(file.records).toBe(2)
  })

  test('cut since it was opened, is told', async () => {
    const path = await saved(RECORD.repeat(2))
    const source = await nodeSource(path)
    await truncate(path, RECORD.length)
    expect((await fileOf(source)).damage[0].message).toMatch(/^changed while it was read/)
  })

  test('gone or a folder, is listed with the reason', async () => {
    expect((await fileOf(await nodeSource(folder))).damage[0].message).toMatch(/^could not be read \(EISDIR/)
    expect((await fileOf(await nodeSource(join(folder, 'none')))).damage[0].message).toMatch(
      /^could not be read \(ENOENT/,
    )
  })

  test('unchanged, is not suspected', async () => {
    const source = await nodeSource(await saved(RECORD))
    expect(await source.changed?.()).toBe(false)
  })
})

describe.skipIf(process.platform === 'win32')('a pipe', () => {
  function pipeWith(content: string | Uint8Array): string {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    void writeFile(path, content)
    return path
  }

  test('is read to its end once, and then as often as a file', async () => {
    const text = RECORD.repeat(3000)
    const source = await nodeSource(pipeWith(text))
    expect(source.sizeBytes).toBe(text.length)
    expect(await textOf(source.stream())).toBe(text)
    expect(await textOf(source.slice?.(0, 15))).toBe('Page allocated ')
    expect(await fileOf(source)).toMatchObject({ format: 'page_owner', records: 3000, damage: [] })
  })

  test('with packed bytes gives the same as the file would', async () => {
    const packed = gzipSync(RECORD.repeat(1000))
    const file = await fileOf(await nodeSource(await saved(packed, 'dump.gz')))
    const piped = await fileOf(await nodeSource(pipeWith(packed)))
    expect({ ...piped, name: '', lastModified: 0 }).toEqual({ ...file, name: '', lastModified: 0 })
  })

  test('that nobody has written to yet is told, and read once somebody does', async () => {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const said: string[] = []
    const opened = pipeSource(path, (words) => {
      said.push(words)
      void writeFile(path, RECORD)
    })
    expect(await fileOf(await opened)).toMatchObject({ records: 1 })
    expect(said).toEqual([`waiting for ${path}: nothing has been written to this pipe yet`])
  })

  test('leaves nothing behind on the disk', async () => {
    const before = await temporaryFolders()
    await textOf((await nodeSource(pipeWith(RECORD))).stream())
    expect(await temporaryFolders()).toEqual(before)
  })
})

async function temporaryFolders(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('pinscope-pipe-'))
}
