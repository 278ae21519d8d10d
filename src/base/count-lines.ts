import { LF } from './ascii.ts'

/** LF in each byte of a word. */
const LFS = 0x0a0a0a0a
const LOW_BITS = 0x7f7f7f7f
const HIGH_BITS = 0x80808080
/** A byte of each of two sums counts no further. */
const MOST_WORDS = 510

/** Number of LFs in `[from, to)`. Four bytes at a time: three times as fast as one by one. */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  let count = 0
  while (at < to && ((bytes.byteOffset + at) & 3) !== 0) if (bytes[at++] === LF) count++
  if (to - at < 4) return count + countSingly(bytes, at, to)
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (to - at) >> 2)
  return count + countInWords(words) + countSingly(bytes, at + words.length * 4, to)
}

function countSingly(bytes: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if (bytes[at] === LF) count++
  return count
}

function countInWords(words: Int32Array): number {
  const pairs = words.length & ~1
  let count = 0
  for (let at = 0; at < pairs;) {
    const stop = Math.min(pairs, at + MOST_WORDS)
    let one = 0
    let two = 0
    for (; at < stop; at += 2) {
      one += marksOf(words[at])
      two += marksOf(words[at + 1])
    }
    count += sumOf(one) + sumOf(two)
  }
  return pairs < words.length ? count + sumOf(marksOf(words[pairs])) : count
}

/** 1 in each byte that is an LF. */
function marksOf(word: number): number {
  const other = word ^ LFS
  // The high bit of a byte stays clear where all its bits are: no carry goes to the next byte.
  return (~((other & LOW_BITS) + LOW_BITS) & ~other & HIGH_BITS) >>> 7
}

function sumOf(marks: number): number {
  return (marks & 255) + ((marks >>> 8) & 255) + ((marks >>> 16) & 255) + (marks >>> 24)
}
