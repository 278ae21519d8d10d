import { gzipSync, strToU8 } from 'fflate'
import { expect, test } from 'vitest'
import { readTrace } from '../../src/formats/read-trace.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'
import { type SourceFile } from '../../src/model/source-file.ts'

const RECORD = 'Page allocated via order 0, mask 0x0()\nPFN 16 type Unmovable Block 0 type Unmovable Flags 0x0()\n\n'
const TEXT = Array.from({ length: 20_000 }, (_, row) => RECORD.replace('16', String(row * 7919))).join('')

async function fileOf(...parts: BlobPart[]): Promise<SourceFile> {
  const outcome = await readTrace([sourceOfBlob(new File(parts, 'dump.gz'))])
  return outcome.ok ? outcome.value.files[0] : outcome.error.files[0]
}

function packed(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(strToU8(text)))
}

test('a browser reads a packed file', async () => {
  expect(await fileOf(packed(TEXT))).toMatchObject({ records: 20_000, isCompressed: true, damage: [] })
})

test('a browser reads a packed file of several members', async () => {
  expect(await fileOf(packed(TEXT), packed(TEXT), packed(''))).toMatchObject({ records: 40_000, damage: [] })
})

test('a browser keeps what comes before a cut', async () => {
  const bytes = packed(TEXT)
  const file = await fileOf(bytes.slice(0, bytes.length / 2))
  expect(file.damage[0].message).toMatch(/^cut off: the gzip stream ends early/)
  expect(file.records).toBeGreaterThan(5000)
  expect(file.records).toBeLessThan(15_000)
})

test('a browser tells a wrong checksum and garbage behind the end', async () => {
  const bytes = packed(TEXT)
  bytes[bytes.length - 6] ^= 0xff
  expect((await fileOf(bytes)).damage[0].message).toMatch(/checksum/)
  expect((await fileOf(packed(TEXT), 'garbage, no gzip')).damage[0].message).toMatch(/bytes after the end/)
})
