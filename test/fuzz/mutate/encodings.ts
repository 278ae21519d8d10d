import { type Random } from '../random.ts'
import { joined } from './lines.ts'
import { type Mutation } from './mutation.ts'

/** Mutations of how a text is written: as other systems, terminals and mail programs save it. */
export const ENCODING_MUTATIONS: readonly Mutation[] = [
  (bytes, random) => utf16(bytes, random.chance(0.5), random.chance(0.5)),
  (bytes) => replaced(bytes, '\n', '\r\n'),
  (bytes) => replaced(bytes, '\n', '\r'),
  (bytes, random) => replaced(bytes, '\n', random.pick(['\n\n', '\r\n\r', '\u0085', '\u2028', '\n\r'])),
  (bytes) => joined([Uint8Array.of(0xef, 0xbb, 0xbf), bytes]),
  overlong,
  (bytes, random) => replaced(bytes, ' ', random.pick(['\t', '\u00a0', '  ', ''])),
  (bytes, random) => joined([noise(random), bytes]),
  (bytes, random) => joined([bytes, noise(random)]),
  ansi,
  quoted,
]

function utf16(bytes: Uint8Array, isLittle: boolean, hasMark: boolean): Uint8Array {
  const units = Buffer.from(`${hasMark ? '\ufeff' : ''}${new TextDecoder().decode(bytes)}`, 'utf16le')
  return new Uint8Array(isLittle ? units : units.swap16())
}

function replaced(bytes: Uint8Array, one: string, other: string): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const bytesOfOther = Buffer.from(other, 'utf8').toString('latin1')
  return new Uint8Array(Buffer.from(text.replaceAll(one, bytesOfOther), 'latin1'))
}

/** An ASCII letter in two bytes, as no writer may write it and no reader may take it. */
function overlong(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length)
  const byte = bytes[at] ?? 0x2f
  return joined([
    bytes.subarray(0, at),
    Uint8Array.of(0xc0 | (byte >> 6), 0x80 | (byte & 0x3f)),
    bytes.subarray(at + 1),
  ])
}

function noise(random: Random): Uint8Array {
  return Uint8Array.from({ length: random.below(300) }, () => random.below(256))
}

function ansi(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length)
  return joined([bytes.subarray(0, at), new TextEncoder().encode('\u001b[01;31m\u001b[K'), bytes.subarray(at)])
}

function quoted(bytes: Uint8Array, random: Random): Uint8Array {
  const mark = random.pick(['> ', '>> ', '| ', '[12:00:01] ', 'Nov 22 08:00:00 host kernel: ', '<6>'])
  return joined([new TextEncoder().encode(mark), replaced(bytes, '\n', `\n${mark}`)])
}
