import { type Random } from '../random.ts'
import { joined } from './lines.ts'
import { type Mutation } from './mutation.ts'

/** Mutations that know nothing of what the bytes mean. */
export const BYTE_MUTATIONS: readonly Mutation[] = [flipBit, setByte, dropBytes, repeatBytes, putNul, truncate, setWord]

const TELLING_BYTES = [0, 1, 9, 10, 13, 27, 32, 0x3a, 0x3d, 0x5b, 0x5d, 0x7f, 0x80, 0xc0, 0xe2, 0xff]
const TELLING_WORDS = [0n, 1n, 0x7fff_ffffn, 0x8000_0000n, 0xffff_ffffn, 1n << 53n, (1n << 63n) - 1n, (1n << 64n) - 1n]

function changed(bytes: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array {
  if (bytes.length === 0) return bytes
  const copy = bytes.slice()
  change(copy)
  return copy
}

function flipBit(bytes: Uint8Array, random: Random): Uint8Array {
  return changed(bytes, (copy) => (copy[random.below(copy.length)] ^= 1 << random.below(8)))
}

function setByte(bytes: Uint8Array, random: Random): Uint8Array {
  return changed(bytes, (copy) => (copy[random.below(copy.length)] = random.pick(TELLING_BYTES)))
}

function putNul(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length)
  const nuls = new Uint8Array(1 + random.below(40))
  return random.chance(0.5)
    ? joined([bytes.subarray(0, at), nuls, bytes.subarray(at)])
    : changed(bytes, (copy) => copy.fill(0, at, at + nuls.length))
}

function dropBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length)
  return joined([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(24))])
}

function repeatBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length)
  const size = 1 + random.below(24)
  const times = random.chance(0.1) ? 1 + random.below(4000) : 1 + random.below(8)
  const again = Array.from({ length: times }, () => bytes.subarray(at, at + size))
  return joined([bytes.subarray(0, at), ...again, bytes.subarray(at)])
}

function truncate(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.slice(0, random.below(bytes.length))
}

/** Sizes, counts and offsets of binary formats are words of 1, 2, 4 or 8 bytes. */
function setWord(bytes: Uint8Array, random: Random): Uint8Array {
  return changed(bytes, (copy) => {
    const size = random.pick([1, 2, 4, 8])
    const word = random.chance(0.5) ? random.pick(TELLING_WORDS) : BigInt(random.below(copy.length * 2))
    const at = random.below(Math.max(1, Math.min(copy.length - size, random.chance(0.5) ? 512 : copy.length)))
    const isBig = random.chance(0.3)
    for (let byte = 0; byte < size; byte++)
      copy[at + (isBig ? size - 1 - byte : byte)] = Number((word >> BigInt(8 * byte)) & 0xffn)
  })
}
