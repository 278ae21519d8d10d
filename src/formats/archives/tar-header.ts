/** A tar archive is made of blocks of this size (POSIX pax, `ustar Interchange Format`). */
export const BLOCK_BYTES = 512

/** What one header block says. */
export interface TarHeader {
  readonly path: string
  /** Bytes of data behind the header, without the padding to a whole block. */
  readonly sizeBytes: number
  /** `0` file, `5` folder, `L` GNU long name, `x` pax header, … */
  readonly type: string
  /** An old GNU sparse file goes on with further header blocks. */
  readonly hasMoreBlocks: boolean
}

const SUM_AT = 148
const SUM_BYTES = 8

/** True when the block is a tar header: its checksum fits, which also holds for archives older than `ustar`. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < BLOCK_BYTES || block[0] === 0) return false
  const told = octal(block, SUM_AT, SUM_BYTES)
  let sum = 0
  for (let at = 0; at < BLOCK_BYTES; at++) sum += at >= SUM_AT && at < SUM_AT + SUM_BYTES ? 32 : block[at]
  return told === sum
}

/** Reads a block that `isTarHeader`; undefined when its size is no number. */
export function readTarHeader(block: Uint8Array): TarHeader | undefined {
  const type = block[156] === 0 ? '0' : String.fromCharCode(block[156])
  const sizeBytes = numberOf(block, 124, 12)
  if (!Number.isSafeInteger(sizeBytes)) return undefined
  const isUstar = textOf(block, 257, 6) === 'ustar' && block[262] === 0
  const prefix = isUstar ? textOf(block, 345, 155) : ''
  const name = textOf(block, 0, 100)
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    sizeBytes: isWithoutData(type) ? 0 : sizeBytes,
    type,
    hasMoreBlocks: type === 'S' && block[482] !== 0,
  }
}

/** The records of a pax extended header, `length key=value\n` each; later ones win. */
export function readPax(data: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < data.length;) {
    const blank = data.indexOf(32, at)
    const size = blank < 0 ? Number.NaN : Number(textOf(data, at, blank - at))
    if (!(size > 0) || at + size > data.length) break
    const record = textOf(data, blank + 1, at + size - blank - 2)
    const equals = record.indexOf('=')
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1))
    at += size
  }
  return records
}

/** The text of a field up to its NUL. */
export function textOf(bytes: Uint8Array, start: number, size: number): string {
  const field = bytes.subarray(start, start + size)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end))
}

/** Links, devices, folders and pipes have no data, whatever size is told. */
function isWithoutData(type: string): boolean {
  return type >= '2' && type <= '6'
}

/** Octal digits, or with the high bit set a big-endian number (GNU, for 8 GiB and more). */
function numberOf(block: Uint8Array, start: number, size: number): number {
  if ((block[start] & 0x80) === 0) return octal(block, start, size)
  let value = block[start] & 0x7f
  for (let at = start + 1; at < start + size; at++) value = value * 256 + block[at]
  return value
}

function octal(block: Uint8Array, start: number, size: number): number {
  const digits = textOf(block, start, size).trim()
  return /^[0-7]*$/.test(digits) ? Number.parseInt(`0${digits}`, 8) : Number.NaN
}
