import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'

const TAG = Buffer.from('flyrecord\0')
const PAGE = 4096
const PAUSE_NS = 1_000_000_000n

/** Pages of one CPU. */
interface CpuPages {
  readonly entry: number
  readonly pages: Buffer
}

/**
 * Writes a trace.dat of version 6 (trace-cmd.dat.v6(5)) again with its pages `copies` times over, each time later: the
 * events of a real machine, as many as one likes. Takes pages of 4 KiB, little endian, as trace-cmd converts them to.
 */
export function repeatTraceDat(from: string, to: string, copies: number): void {
  const given = readFileSync(from)
  const tag = given.lastIndexOf(TAG)
  if (tag < 0) throw new Error(`${from} has no records of version 6`)
  const cpus = cpusOf(given, tag + TAG.length)
  const spanNs = spanOf(cpus) + PAUSE_NS
  const head = Buffer.from(given.subarray(0, cpus[0].start))
  let offset = cpus[0].start
  for (const { entry, pages } of cpus) {
    head.writeBigUInt64LE(BigInt(offset), entry)
    head.writeBigUInt64LE(BigInt(pages.length * copies), entry + 8)
    offset += pages.length * copies
  }
  const file = openSync(to, 'w')
  writeSync(file, head)
  for (const { pages } of cpus) {
    for (let copy = 0n; copy < copies; copy++) writeSync(file, shifted(pages, copy * spanNs))
  }
  closeSync(file)
}

/** A table of offset and size for each CPU; it ends where the pages of the first one begin, at most. */
function cpusOf(given: Buffer, table: number): readonly (CpuPages & { readonly start: number })[] {
  const cpus = []
  const first = Number(given.readBigUInt64LE(table))
  for (let entry = table; entry + 16 <= first; entry += 16) {
    const start = Number(given.readBigUInt64LE(entry))
    const size = Number(given.readBigUInt64LE(entry + 8))
    if (start < first || start + size > given.length) break
    cpus.push({ entry, start, pages: given.subarray(start, start + size) })
  }
  return cpus
}

/** A page begins with the time of its first event, ns. */
function spanOf(cpus: readonly CpuPages[]): bigint {
  const times = cpus.flatMap(({ pages }) => pageStarts(pages).map((at) => pages.readBigUInt64LE(at)))
  const sorted = times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return sorted[sorted.length - 1] - sorted[0]
}

function shifted(pages: Buffer, byNs: bigint): Buffer {
  const copy = Buffer.from(pages)
  for (const at of pageStarts(copy)) copy.writeBigUInt64LE(copy.readBigUInt64LE(at) + byNs, at)
  return copy
}

function pageStarts(pages: Buffer): readonly number[] {
  return Array.from({ length: Math.floor(pages.length / PAGE) }, (_, page) => page * PAGE)
}
