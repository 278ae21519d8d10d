import { unzlibSync } from 'fflate'
import { decompress } from 'fzstd'
import { TraceDatError } from './data-cursor.ts'

/** Unpacks one block whose unpacked size the file states. */
export type Unpack = (packed: Uint8Array, size: number) => Uint8Array

/** A block is a section or some pages; no tool writes larger ones. */
const MOST_BLOCK_BYTES = 1 << 28

/** The way to unpack blocks of a compression that trace-cmd names in the file; throws for one that is not known. */
export function unpackerOf(compression: string): Unpack {
  if (compression === 'none' || compression === '') return (packed) => packed
  if (compression === 'zlib') return checked(compression, (packed, size) => unzlibSync(packed, { out: sized(size) }))
  if (compression === 'zstd') return checked(compression, (packed, size) => decompress(packed, sized(size)))
  throw new TraceDatError(`the compression "${compression}" is not known: convert it with trace-cmd convert`)
}

function sized(size: number): Uint8Array {
  return new Uint8Array(size)
}

function checked(compression: string, unpack: Unpack): Unpack {
  return (packed, size) => {
    if (size > MOST_BLOCK_BYTES) throw new TraceDatError(`a ${compression} block of ${size} bytes is too large`)
    let unpacked: Uint8Array
    try {
      unpacked = unpack(packed, size)
    } catch (error) {
      throw new TraceDatError(`a ${compression} block is damaged (${messageOf(error)})`, { cause: error })
    }
    if (unpacked.length !== size) throw new TraceDatError(`a ${compression} block is shorter than it says`)
    return unpacked
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
