import { startsWith } from '../base/ascii.ts'
import { isTarHeader } from './archives/tar-header.ts'
import { isZip } from './archives/zip-directory.ts'
import { type Head } from './format.ts'

/** A kind of file that is known but not read. */
interface Recognised {
  /** In words, to stand after "looks like". */
  readonly label: string
  /** Packed bytes without a mark of their own need the `path`. */
  sniff(head: Head, path: string): boolean
}

/** What a file of no readable format looks like, in words; undefined when it looks like nothing known. */
export function recognise(head: Head, path = ''): string | undefined {
  return RECOGNISED.find((kind) => kind.sniff(head, path))?.label
}

const RECOGNISED: readonly Recognised[] = [
  { label: 'perf.data, a binary file (perf script prints it as text)', sniff: beginsWith('PERFILE2') },
  {
    label: 'an xz file; unpack it first: xz -d FILE, or pinscope report <(xz -dc FILE)',
    sniff: beginsWith([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]),
  },
  { label: 'a zstd file in a packed file; unpack it once', sniff: beginsWith([0x28, 0xb5, 0x2f, 0xfd]) },
  { label: 'a bzip2 file; unpack it first (bunzip2)', sniff: beginsWith('BZh') },
  { label: 'a zip archive in an archive or a pipe; unpack it first', sniff: (head) => isZip(head.bytes) },
  { label: 'a tar archive in an archive or a pipe; unpack it first', sniff: (head) => isTarHeader(head.bytes) },
  { label: 'a gzip file in a gzip file; unpack it once', sniff: beginsWith([0x1f, 0x8b, 0x08]) },
  { label: 'an ELF binary', sniff: beginsWith([0x7f, 0x45, 0x4c, 0x46]) },
  {
    label:
      'a pstore record that is still packed (.enc.z: the kernel could not unpack it); read it on a kernel with the ' +
      'compression that wrote it, or unpack it as raw deflate (zlib.decompress(bytes, -15) in Python)',
    sniff: (_, path) => path.endsWith('.enc.z'),
  },
  { label: 'a process memory map', sniff: firstLine(/^[0-9a-f]{8,16}-[0-9a-f]{8,16} [r-][w-][x-][ps] /) },
  { label: 'a trace of Perfetto or Chrome (JSON)', sniff: (head) => isJson(head) && someLine(/"traceEvents"/)(head) },
  {
    label: 'a slice in an archive or another slice; open it by itself',
    sniff: firstLine(/^\uFEFF?\s*(?:\{\s*"pinscope"\s*:\s*"slice"|pinscope-slice:)/),
  },
  { label: 'JSON', sniff: isJson },
  { label: 'HTML', sniff: firstLine(/^\s*<(!doctype|html)\b/i) },
  { label: 'a kernel configuration', sniff: someLine(/^CONFIG_\w+=/) },
]

function beginsWith(magic: string | readonly number[]): (head: Head) => boolean {
  const text = typeof magic === 'string' ? magic : String.fromCharCode(...magic)
  return (head) => startsWith(head.bytes, 0, head.bytes.length, text)
}

function firstLine(pattern: RegExp): (head: Head) => boolean {
  return (head) => pattern.test(head.lines.find((line) => line.trim() !== '') ?? '')
}

function someLine(pattern: RegExp): (head: Head) => boolean {
  return (head) => head.lines.some((line) => line.length < 4096 && pattern.test(line))
}

function isJson(head: Head): boolean {
  const start = head.lines.find((line) => line.trim() !== '')?.trim() ?? ''
  return /^(\{|\{\s*".*|\[\s*(\{.*|\[.*|".*)?)$/.test(start)
}
