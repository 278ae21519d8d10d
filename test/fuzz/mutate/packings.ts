import { gzipSync } from 'node:zlib'
import { type Random } from '../random.ts'
import { zipSync } from 'fflate'
import { type FuzzFile } from '../fuzz-case.ts'
import { tarOf } from '../../formats/archives/tar-of.ts'
import { BYTE_MUTATIONS } from './bytes.ts'

/** The same files as they are sent: packed one by one, or all in one archive; at times damaged behind that. */
export function packed(files: readonly FuzzFile[], random: Random): readonly FuzzFile[] {
  const pack = random.pick([gzipped, twiceGzipped, gzippedInParts, zipped, tarred, packedTar])
  const made = pack(files)
  return random.chance(0.5) ? made.map((file) => damaged(file, random)) : made
}

function damaged({ name, bytes }: FuzzFile, random: Random): FuzzFile {
  return { name, bytes: random.pick(BYTE_MUTATIONS)(bytes, random).slice() }
}

function gzipped(files: readonly FuzzFile[]): readonly FuzzFile[] {
  return files.map(({ name, bytes }) => ({ name: `${name}.gz`, bytes: new Uint8Array(gzipSync(bytes)) }))
}

function twiceGzipped(files: readonly FuzzFile[]): readonly FuzzFile[] {
  return gzipped(gzipped(files))
}

/** As `cat a.gz b.gz` makes them. */
function gzippedInParts(files: readonly FuzzFile[]): readonly FuzzFile[] {
  return files.map(({ name, bytes }) => {
    const middle = bytes.length >> 1
    const parts = [gzipSync(bytes.subarray(0, middle)), gzipSync(bytes.subarray(middle))]
    return { name: `${name}.gz`, bytes: new Uint8Array(Buffer.concat(parts)) }
  })
}

function zipped(files: readonly FuzzFile[]): readonly FuzzFile[] {
  const members = Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]))
  return [{ name: 'capture.zip', bytes: zipSync(members, { mtime: '2024-01-01T00:00:00Z' }).slice() }]
}

function tarred(files: readonly FuzzFile[]): readonly FuzzFile[] {
  return [{ name: 'capture.tar', bytes: tarBytes(files) }]
}

function packedTar(files: readonly FuzzFile[]): readonly FuzzFile[] {
  return [{ name: 'capture.tar.gz', bytes: new Uint8Array(gzipSync(tarBytes(files))) }]
}

function tarBytes(files: readonly FuzzFile[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(tarOf(files.map(({ name, bytes }) => ({ path: name, data: bytes }))))
}
