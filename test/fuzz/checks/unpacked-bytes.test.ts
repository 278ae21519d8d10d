import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { tarOf } from '../../formats/archives/tar-of.ts'
import { mostSteps } from '../engine/run-case.ts'
import { readCase } from '../found-cases.ts'
import { unpackedBytes } from './unpacked-bytes.ts'

const TEXT = new TextEncoder().encode('a line of some text\n'.repeat(5000))
const OTHER = new TextEncoder().encode('what stands in another file\n'.repeat(3000))
const GZIP = gzipSync(TEXT)

function bytesIn(...files: readonly Uint8Array[]): number {
  return unpackedBytes({ target: 'load', files: files.map((bytes) => ({ name: 'any', bytes: new Uint8Array(bytes) })) })
}

function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url))))
}

test('what is not packed unpacks to nothing', () => {
  expect(bytesIn(TEXT, OTHER)).toBe(0)
})

test.each([
  ['gzip', GZIP, TEXT.length],
  ['gzip of two members', Buffer.concat([GZIP, gzipSync(OTHER)]), TEXT.length + OTHER.length],
  ['gzip with rubbish behind it', Buffer.concat([GZIP, OTHER]), TEXT.length],
  ['gzip in gzip', gzipSync(GZIP), GZIP.length + TEXT.length],
  [
    'gzip in gzip in gzip, of which the inmost is not unpacked',
    gzipSync(gzipSync(GZIP)),
    gzipSync(GZIP).length + GZIP.length,
  ],
  ['zip', zipSync({ 'a.txt': TEXT, 'b.txt': OTHER }), TEXT.length + OTHER.length],
  ['zip with gzip in it', zipSync({ 'a.txt.gz': [GZIP, { level: 0 }] }), TEXT.length],
  [
    'zip whose directory is cut off',
    zipSync({ 'a.txt': TEXT, 'b.txt': OTHER }).subarray(0, -60),
    TEXT.length + OTHER.length,
  ],
  [
    'tar with gzip in it',
    tarOf([
      { path: 'a.txt', data: OTHER },
      { path: 'a.txt.gz', data: GZIP },
    ]),
    TEXT.length,
  ],
  ['zstd', fixture('packed/trace.txt.zst'), fixture('ftrace/interleaved-cpus-612.txt').length],
])('what is packed is counted: %s', (_, bytes, size) => {
  expect(bytesIn(bytes)).toBe(size)
})

test('what was damaged counts up to the damage', () => {
  const half = bytesIn(GZIP.subarray(0, GZIP.length >> 1))
  expect(half).toBeGreaterThan(TEXT.length / 4)
  expect(half).toBeLessThan(TEXT.length)
})

test.each([
  ['256 MiB', 2500, 256 << 20],
  ['500 times the bytes of the input, where that is more', 140_000, 500 * (140_000 * 4 + 6)],
])('no more counts than is read: %s', (_, blockCount, size) => {
  const block = Uint8Array.of(0x02, 0, 0x10, 0x61) // 128 KiB
  const bomb = Buffer.concat([Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0x38), Buffer.alloc(blockCount * 4, block)])
  expect(bytesIn(bomb)).toBe(size)
})

test('the work that an input may make grows with what is packed in it, where that is much', () => {
  const files = (bytes: Uint8Array) => ({
    target: 'load' as const,
    files: [{ name: 'any', bytes: new Uint8Array(bytes) }],
  })
  expect(mostSteps(files(TEXT))).toBe(20_000_000 + 4000 * TEXT.length)
  expect(mostSteps(files(GZIP))).toBe(20_000_000 + 400 * TEXT.length)
  expect(
    mostSteps(readCase(fileURLToPath(new URL('../../fixtures/fuzz/load--work-of-what-is-packed', import.meta.url)))),
  ).toBe(20_000_000 + 400 * 24_705_140)
})
