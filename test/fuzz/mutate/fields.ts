import { type Random } from '../random.ts'
import { joined, lineSpan } from './lines.ts'
import { type Mutation } from './mutation.ts'

/** Mutations of what stands in a line: numbers, names of tasks and events, fields. */
export const FIELD_MUTATIONS: readonly Mutation[] = [
  setNumber,
  setNumber,
  setNumberEverywhere,
  setComm,
  swapFields,
  setName,
]

const DIGITS = /(?:0x)?[0-9a-f]*\d[0-9a-f]*/gi
const MOST_NUMBERS = 400

/** Numbers that something breaks at: 2^31, 2^53, 2^64, 40 digits, none, too little. */
const NUMBERS = [
  '0',
  '-1',
  '1',
  '2147483647',
  '2147483648',
  '4294967295',
  '4294967296',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '9223372036854775807',
  '18446744073709551615',
  '18446744073709551616',
  '0xffffffffffffffff',
  '0xfffffffffffff',
  '0x7fffffff',
  '-9223372036854775808',
  '1234567890123456789012345678901234567890',
  '00000000000000000000000000000000000000001',
  '1e308',
  '0x',
  '1.7976931348623157e308',
  '99999999999.999999',
]

/** Names a task may give itself (16 bytes with the NUL, any of them): what a trace has between its columns. */
const COMMS = [
  'a [000] ',
  '-123 [001]',
  '<idle>-0 [000]',
  ' => free_pages',
  '=> <ffffffff>',
  ': page_ref_set:',
  'x: pfn=0x1',
  '] [ ] [',
  '-',
  ' ',
  '                ',
  '<...>',
  '...-1-2-3',
  '\u001b[31mred',
  '\u202eevil',
  '\u0007\u0008',
  'caf\u00e9\u00e9',
  '\u4e2d\u6587\u4e2d\u6587\u4e2d',
  '\ufffd\ufffd',
  '(1)(2)',
  'a\tb\tc',
  '#tracer: nop',
  '%s%n%d',
  '<stack trace>',
  'CPU:0 [LOST 1]',
  '__proto__',
  'constructor',
  '$&',
]

/** Names that other parts of the engine look for. */
const WORDS = [
  'page_ref_mod_unless',
  'page_ref_freeze',
  'page_ref_unfreeze',
  'test_pages_isolated',
  'cma_alloc_start',
  'cma_alloc_finish',
  'cma_alloc_busy_retry',
  'mm_compaction_isolate_migratepages',
  'mm_migrate_pages',
  'kernel_stack',
  'user_stack',
  'print',
  'refcount=-1',
  'alloc_contig_range: [1000, 2000) PFNs busy',
  'pfn=0xfffffffffffff',
  'order=64',
  'ret=fail',
]

function setNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = lineSpan(bytes, random, 1)
  const line = latin(bytes.subarray(from, to))
  const found = Array.from(line.matchAll(DIGITS)).slice(0, MOST_NUMBERS)
  if (found.length === 0) return bytes
  const { index, 0: number } = random.pick(found)
  return withText(bytes, from + index, from + index + number.length, numberLike(number, random))
}

/** One number, wherever it stands, by another: pages and tasks get other names. */
function setNumberEverywhere(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = lineSpan(bytes, random, 1)
  const numbers = latin(bytes.subarray(from, to)).match(DIGITS)
  if (numbers === null) return bytes
  return fromLatin(latin(bytes).replaceAll(random.pick(numbers), random.pick(NUMBERS)))
}

function numberLike(number: string, random: Random): string {
  if (random.chance(0.6)) return random.pick(NUMBERS)
  const value = Number(number)
  if (!Number.isSafeInteger(value)) return '0'
  const near = value + random.pick([-2, -1, 1, 2, 512, -512, 4096])
  return /^0x/i.test(number) ? `0x${Math.max(0, near).toString(16)}` : String(near)
}

/** A name where tasks have theirs: before `-pid`, behind `comm=`, or anywhere. */
function setComm(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = lineSpan(bytes, random, 1)
  const line = latin(bytes.subarray(from, to))
  const comm = random.chance(0.15) ? cutCharacter(random) : new TextEncoder().encode(random.pick(COMMS))
  const place = /(?:comm=|process |: )([^-=\n]{1,16})|^ *([^ \n][^\n]*?)-\d+ /.exec(line)
  const name = place?.[1] ?? place?.[2]
  if (name === undefined || random.chance(0.2)) {
    const at = from + random.below(to - from)
    return joined([bytes.subarray(0, at), comm, bytes.subarray(at)])
  }
  const at = from + line.indexOf(name, place?.index ?? 0)
  return joined([bytes.subarray(0, at), comm, bytes.subarray(at + name.length)])
}

/** 15 bytes of letters of three bytes each, cut in the midst of one. */
function cutCharacter(random: Random): Uint8Array {
  return new TextEncoder()
    .encode(random.pick(['\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac', 'ab\u{1f600}\u{1f600}\u{1f600}\u{1f600}']))
    .slice(0, 13 + random.below(3))
}

function swapFields(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = lineSpan(bytes, random, 1)
  const words = latin(bytes.subarray(from, to)).split(/( +)/)
  const [one, other] = [random.below(words.length), random.below(words.length)]
  const swapped = words.map((word, at) => (at === one ? words[other] : at === other ? words[one] : word))
  return withText(bytes, from, to, swapped.join(''))
}

function setName(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = lineSpan(bytes, random, 1)
  const found = Array.from(latin(bytes.subarray(from, to)).matchAll(/[a-z_][a-z_0-9]{2,}/gi)).slice(0, MOST_NUMBERS)
  if (found.length === 0) return bytes
  const { index, 0: word } = random.pick(found)
  return withText(bytes, from + index, from + index + word.length, random.pick(WORDS))
}

function withText(bytes: Uint8Array, from: number, to: number, text: string): Uint8Array {
  return joined([bytes.subarray(0, from), fromLatin(text), bytes.subarray(to)])
}

/** One character a byte. */
function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function fromLatin(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}
