import { type Random } from '../random.ts'
import { type Mutation } from './mutation.ts'

const LF = 10
const MOST_REPEATS = 400

/** Mutations of texts by their lines: what is there is kept, in other order and number. */
export const LINE_MUTATIONS: readonly Mutation[] = [
  cut,
  swapLines,
  repeatLines,
  repeatDeeply,
  dropLines,
  joinLines,
  breakLine,
]

function cut(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = lineSpan(bytes, random, bytes.length)
  return random.chance(0.5) ? bytes.slice(0, from + random.below(to - from + 1)) : bytes.slice(from)
}

function swapLines(bytes: Uint8Array, random: Random): Uint8Array {
  const one = lineSpan(bytes, random, 1)
  const other = lineSpan(bytes, random, 1)
  const [[from, to], [laterFrom, laterTo]] = one[0] <= other[0] ? [one, other] : [other, one]
  if (laterFrom < to) return bytes
  return joined([
    bytes.subarray(0, from),
    bytes.subarray(laterFrom, laterTo),
    bytes.subarray(to, laterFrom),
    bytes.subarray(from, to),
    bytes.subarray(laterTo),
  ])
}

function repeatLines(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = lineSpan(bytes, random, 1 + random.below(12))
  const [at] = lineSpan(bytes, random, 1)
  return joined([bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(at)])
}

function repeatDeeply(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = lineSpan(bytes, random, 1 + random.below(3))
  const most = Math.min(MOST_REPEATS, Math.ceil(60_000 / (to - from + 1)))
  const again = Array.from({ length: 2 + random.below(most) }, () => bytes.subarray(from, to))
  return joined([bytes.subarray(0, to), ...again, bytes.subarray(to)])
}

function dropLines(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = lineSpan(bytes, random, 1 + random.below(5))
  return joined([bytes.subarray(0, from), bytes.subarray(to)])
}

function joinLines(bytes: Uint8Array, random: Random): Uint8Array {
  const [, to] = lineSpan(bytes, random, 1)
  return to === 0 ? bytes : joined([bytes.subarray(0, to - 1), bytes.subarray(to)])
}

function breakLine(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length)
  return joined([bytes.subarray(0, at), Uint8Array.of(LF), bytes.subarray(at)])
}

/** Where so many whole lines lie, from one that is picked. */
export function lineSpan(bytes: Uint8Array, random: Random, lines: number): readonly [from: number, to: number] {
  const from = bytes.lastIndexOf(LF, random.below(bytes.length)) + 1
  let to = from
  for (let line = 0; line < lines && to < bytes.length; line++) {
    const end = bytes.indexOf(LF, to)
    to = end < 0 ? bytes.length : end + 1
  }
  return [from, to]
}

/** Bytes of all parts, one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
