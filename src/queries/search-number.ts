import { formatPfn } from '../base/pfn.ts'

/** 4 KiB pages, where no file tells the size (PAGE_SIZE of x86 and of most arm64 kernels): an address names the page it lies in. */
const USUAL_PAGE_BYTES = 4096

/** One way to read a number as a PFN, with how it was read in words. */
export interface PfnReading {
  readonly pfn: number
  readonly how: string
}

/**
 * All ways to read a text as a PFN, the likelier one first: `0x…` is hex, bare digits are decimal or hex, letters a–f
 * make it hex; `0x…` that is page-aligned or beyond `maxPfn` may be a physical address. Empty when it is no number.
 */
export function readPfn(text: string, maxPfn: number, pageBytes = USUAL_PAGE_BYTES): readonly PfnReading[] {
  const prefixed = /^0x([0-9a-f]+)$/i.exec(text)
  if (prefixed) return prefixedReadings(Number.parseInt(prefixed[1], 16), maxPfn, pageBytes)
  if (!/^[0-9a-f]+$/i.test(text)) return []
  const bare = /^[0-9]+$/.test(text) ? [decimalReading(text), hexReading(text)] : [hexReading(text)]
  // Beyond all memory that the files tell of: bytes, not pages.
  return safe(
    bare.flatMap((reading) => (reading.pfn > maxPfn ? [addressReading(reading.pfn, pageBytes), reading] : [reading])),
  )
}

/** A physical address in hex, with or without `0x`, as /proc/iomem prints them. Empty when it is none. */
export function readAddress(text: string, pageBytes = USUAL_PAGE_BYTES): readonly PfnReading[] {
  const match = /^(?:0x)?([0-9a-f]+)$/i.exec(text)
  return match ? safe([addressReading(Number.parseInt(match[1], 16), pageBytes)]) : []
}

function addressReading(value: number, pageBytes: number): PfnReading {
  const how = `as physical address 0x${value.toString(16)} >> ${Math.log2(pageBytes)}`
  return { pfn: Math.floor(value / pageBytes), how }
}

/** One end of a range: `0x…` and texts with a–f are hex, bare digits decimal. */
function readRangeEnd(text: string): number {
  return /^[0-9]+$/.test(text) ? Number.parseInt(text, 10) : Number.parseInt(text.replace(/^0x/i, ''), 16)
}

/** A range of pages, with how it was read in words; no words when it is plainly PFNs. */
export interface RangeReading {
  readonly startPfn: number
  /** Exclusive. */
  readonly endPfn: number
  readonly how: string
}

/**
 * A PFN range as people write it: `0x17800-0x17c00`, `[0x17800, 0x17c00)`, `17800..17c00`; half-open. One that begins
 * beyond `maxPfn` is of physical addresses, as /proc/iomem and `[mem 0x100000000-0x107ffffff]` print them: the last
 * byte included.
 */
export function readPfnRange(
  text: string,
  maxPfn: number = Number.POSITIVE_INFINITY,
  pageBytes = USUAL_PAGE_BYTES,
): RangeReading | undefined {
  const match = /^\[?(?:mem)?\s*((?:0x)?[0-9a-f]+)\s*(?:-|–|,|\.\.)\s*((?:0x)?[0-9a-f]+)\s*[)\]]?$/i.exec(text)
  if (!match) return undefined
  const isHex = match.slice(1, 3).some((end) => /[a-fx]/i.test(end))
  const [start, end] = match.slice(1, 3).map((side) => readRangeEnd(isHex ? `0x${side.replace(/^0x/i, '')}` : side))
  if (!Number.isSafeInteger(end) || start >= end) return undefined
  if (start <= maxPfn) return { startPfn: start, endPfn: end, how: '' }
  const startPfn = Math.floor(start / pageBytes)
  const endPfn = Math.floor(end / pageBytes) + (end % pageBytes === 0 ? 0 : 1)
  return { startPfn, endPfn, how: `as physical addresses >> ${Math.log2(pageBytes)}` }
}

function prefixedReadings(value: number, maxPfn: number, pageBytes: number): readonly PfnReading[] {
  if (!Number.isSafeInteger(value)) return []
  const asPfn = { pfn: value, how: 'as PFN' }
  const address = addressReading(value, pageBytes)
  if (value > maxPfn) return safe([address, asPfn])
  return safe(value % pageBytes === 0 && value > 0 ? [asPfn, address] : [asPfn])
}

function decimalReading(text: string): PfnReading {
  const pfn = Number.parseInt(text, 10)
  return { pfn, how: `as PFN, decimal ${pfn} = ${formatPfn(pfn)}` }
}

function hexReading(text: string): PfnReading {
  return { pfn: Number.parseInt(text, 16), how: 'as PFN, hex without 0x' }
}

/** A small number reads alike both ways; a huge one is no PFN. */
function safe(readings: readonly PfnReading[]): readonly PfnReading[] {
  const exact = readings.filter((reading) => Number.isSafeInteger(reading.pfn))
  return exact.filter((reading, at) => exact.findIndex((other) => other.pfn === reading.pfn) === at)
}
