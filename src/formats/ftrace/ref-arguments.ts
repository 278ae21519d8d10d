import { CR, isDigit, LF, SPACE, startsWith, textOf } from '../../base/ascii.ts'
import { NONE, type PageId, type ShapeId, type StringId } from '../../model/ids.ts'
import { type PageTableBuilder } from '../../model/page-table.ts'
import { MAPPING_UNKNOWN, plainShape, type Shape, type ShapeTableBuilder } from '../../model/shape-table.ts'
import { type StringInterner } from '../../model/string-table.ts'
import { PFN_LIMIT } from '../../model/kernel-limits.ts'
import { FREEZE, MOD_AND_RETURN, MOD_AND_TEST, MOD_UNLESS } from '../../model/event-kind.ts'
import { type EventName } from './event-names.ts'
import { mappingOf } from './mapping.ts'
import { endOfKey, endOfValue, nextKey } from './key-value.ts'
import { NumberReader } from './read-number.ts'

const EQUALS = 61
const DASH = 45
const MOST_INT = 0x7fff_ffff
const [PFN, FLAGS, COUNT, MAPCOUNT, MAPPING, MT, VAL, RET] = [
  'pfn=0x',
  ' flags=',
  ' count=',
  ' mapcount=',
  ' mapping=',
  ' mt=',
  ' val=',
  ' ret=',
].map((text) => new TextEncoder().encode(text))
const FLAG_SLOTS = 1 << 9
const FLAG_MASK = FLAG_SLOTS - 1

/** The line ends before the event does: the next one may go on with it. */
export const CUT_SHORT = 'page reference event cut short'
/** No kernel printed that: letters, or more than the field holds. */
const NO_NUMBER = 'page reference event with a number that is none'
type Refusal = typeof CUT_SHORT | typeof NO_NUMBER

const NUMBERS = ['pfn', 'count', 'mapcount', 'mt', 'val', 'ret']

/**
 * Reads the arguments of a page_ref event (include/trace/events/page_ref.h) and of page_pinner's two events:
 *
 *     pfn=0x1fb7b flags=uptodate|lru count=4 mapcount=1 mapping=000000000e32d1c4 mt=4 val=1 ret=0
 *
 * `readUsual` takes this order at full speed; `readAny` takes any order, spelling and unknown keys.
 */
export class RefArguments {
  page = NONE as PageId
  count = 0
  shape = NONE as ShapeId
  readonly #pages: PageTableBuilder
  readonly #strings: StringInterner
  readonly #shapes: ShapeTableBuilder
  /** Why `readAny` said no last. */
  refusal: Refusal = CUT_SHORT
  readonly #number = new NumberReader()
  /** By `NUMBERS`, of the event that `readAny` reads; NaN where there is none. */
  readonly #values = new Float64Array(NUMBERS.length)
  #flags = NONE as StringId
  #mapping = MAPPING_UNKNOWN
  readonly #probe: Shape = plainShape(NONE as StringId)
  readonly #flagBytes: (Uint8Array | undefined)[] = Array.from({ length: FLAG_SLOTS })
  readonly #flagIds = new Int32Array(FLAG_SLOTS)
  /** Position behind the integer that `#integer` read last. */
  #at = 0

  constructor(strings: StringInterner, pages: PageTableBuilder, shapes: ShapeTableBuilder) {
    this.#strings = strings
    this.#pages = pages
    this.#shapes = shapes
  }

  /**
   * Reads the arguments at `start` when they are spelled as the kernel does; position of the next line, or -1 when
   * anything is unusual (nothing is interned then but the flags' text). Hot: no strings, each byte once.
   */
  readUsual(bytes: Uint8Array, start: number, name: EventName): number {
    let at = start
    while (bytes[at] === SPACE) at++
    if (!standsAt(bytes, at, PFN)) return -1
    at += PFN.length
    let pfn = 0
    const firstDigit = at
    for (;;) {
      const byte = bytes[at]
      if (byte >= 48 && byte <= 57) pfn = pfn * 16 + byte - 48
      else if (byte >= 97 && byte <= 102) pfn = pfn * 16 + byte - 87
      else break
      at++
    }
    if (at === firstDigit || at - firstDigit > 12) return -1
    if (!standsAt(bytes, at, FLAGS)) return -1
    at += FLAGS.length
    const flagsStart = at
    let hash = 0
    for (let byte = bytes[at]; byte > SPACE; byte = bytes[++at]) hash = (Math.imul(hash, 31) + byte) | 0
    if (at === flagsStart || !standsAt(bytes, at, COUNT)) return -1
    const flags = this.#flagsOf(bytes, flagsStart, at, hash)
    const count = this.#integer(bytes, at + COUNT.length)
    at = this.#at
    if (!standsAt(bytes, at, MAPCOUNT)) return -1
    const mapcount = this.#integer(bytes, at + MAPCOUNT.length)
    at = this.#at
    if (!standsAt(bytes, at, MAPPING)) return -1
    at += MAPPING.length
    const mappingStart = at
    while (bytes[at] > SPACE) at++
    if (at === mappingStart || !standsAt(bytes, at, MT)) return -1
    const mapping = mappingOf(bytes, mappingStart, at)
    const mt = this.#integer(bytes, at + MT.length)
    at = this.#at
    let val = 0
    if (name.family === 'ref') {
      if (!standsAt(bytes, at, VAL)) return -1
      val = this.#integer(bytes, at + VAL.length)
      at = this.#at
    }
    let ret = NONE
    if (bytes[at] === SPACE) {
      if (!standsAt(bytes, at, RET)) return -1
      ret = this.#integer(bytes, at + RET.length)
      at = this.#at
    }
    if (bytes[at] === CR) at++
    if (bytes[at] !== LF) return -1
    if (hasRet(name) !== (ret !== NONE)) return -1
    this.page = this.#pages.intern(pfn)
    this.count = count
    this.shape = this.#intern(name, flags, mapcount, mapping, mt, val, ret)
    return at + 1
  }

  /**
   * Reads `key=value` arguments in any order from `[start, end)`, which ends at CR or LF. False when the event is not
   * whole (no pfn, no count, no `val` or `ret` where the event has one) or a number is none; `refusal` says which.
   */
  readAny(bytes: Uint8Array, start: number, end: number, name: EventName): boolean {
    this.#values.fill(Number.NaN)
    this.#flags = NONE as StringId
    this.#mapping = MAPPING_UNKNOWN
    this.refusal = CUT_SHORT
    for (let at = nextKey(bytes, start, end); at < end; at = nextKey(bytes, at, end)) {
      const equals = endOfKey(bytes, at, end)
      if (bytes[equals] !== EQUALS) at = equals + (equals === at ? 1 : 0)
      else at = Math.max(this.#readPair(bytes, at, equals, end), at + 1)
    }
    const [pfn, count, mapcount, mt, val, ret] = this.#values
    if (this.refusal !== CUT_SHORT) return false
    const isWhole = !Number.isNaN(pfn) && !Number.isNaN(count) && (name.family === 'pinner' || !Number.isNaN(val))
    if (!isWhole || (hasRet(name) && Number.isNaN(ret))) return false
    this.page = this.#pages.intern(pfn)
    this.count = count
    const own = name.family === 'pinner' ? 0 : val
    this.shape = this.#intern(name, this.#flags, or(mapcount, 0), this.#mapping, or(mt, NONE), own, or(ret, NONE))
    return true
  }

  /** Reads `key=value`, the `=` being at `equals`; end of the value. */
  #readPair(bytes: Uint8Array, at: number, equals: number, end: number): number {
    const key = keyAt(bytes, at, equals)
    let start = equals + 1
    // `mapping=          (null)`, padded to the width of a pointer up to 5.1.
    if (key === 'mapping') while (bytes[start] === SPACE) start++
    const valueEnd = endOfValue(bytes, start, end)
    if (key === 'flags') this.#flags = this.#flagsText(bytes, start, valueEnd)
    else if (key === 'mapping') this.#mapping = mappingOf(bytes, start, valueEnd)
    else if (key !== undefined && valueEnd > start) this.#readNumber(bytes, start, valueEnd, NUMBERS.indexOf(key))
    return valueEnd
  }

  /** Names or hex as printed; a decimal number, as tools print fields that they know no format of, in hex. */
  #flagsText(bytes: Uint8Array, start: number, end: number): StringId {
    const isDecimal = end > start && bytes.subarray(start, end).every(isDigit)
    if (!isDecimal) return this.#strings.internBytes(bytes, start, end)
    return this.#strings.intern(`0x${BigInt(textOf(bytes, start, end)).toString(16)}`)
  }

  #readNumber(bytes: Uint8Array, start: number, end: number, column: number): void {
    const number = this.#number
    const value = column === 0 ? number.read(bytes, start, 'decimal') : number.readInt(bytes, start, end)
    if (!number.isNumber && number.end === end) return // `-` or `0x`: cut before its digits
    const isPfn = number.end === end && value >= 0 && value < PFN_LIMIT
    if (column === 0 ? !isPfn : Number.isNaN(value)) this.refusal = NO_NUMBER
    this.#values[column] = value
  }

  #intern(
    name: EventName,
    flags: StringId,
    mapcount: number,
    mapping: number,
    mt: number,
    val: number,
    ret: number,
  ): ShapeId {
    const probe = this.#probe
    probe.name = name.name
    probe.flags = flags
    probe.mapcount = mapcount
    probe.mapping = mapping
    probe.mt = mt
    probe.val = val
    probe.ret = ret
    return this.#shapes.intern(probe)
  }

  /** A decimal integer; leaves `#at` behind it, or on a byte that no check after it accepts. */
  #integer(bytes: Uint8Array, start: number): number {
    let at = start
    const isNegative = bytes[at] === DASH
    if (isNegative) at++
    const firstDigit = at
    let value = 0
    for (let byte = bytes[at]; byte >= 48 && byte <= 57; byte = bytes[++at]) value = value * 10 + byte - 48
    this.#at = at === firstDigit || at - firstDigit > 10 || value > MOST_INT ? start - 1 : at
    return isNegative ? -value : value
  }

  #flagsOf(bytes: Uint8Array, start: number, end: number, hash: number): StringId {
    const slot = (hash ^ (hash >>> 9)) & FLAG_MASK
    const known = this.#flagBytes[slot]
    if (known !== undefined && isSame(known, bytes, start, end)) return this.#flagIds[slot] as StringId
    const id = this.#flagsText(bytes, start, end)
    this.#flagBytes[slot] = bytes.slice(start, end)
    this.#flagIds[slot] = id
    return id
  }
}

const KEYS = ['pfn', 'flags', 'count', 'mapcount', 'mapping', 'mt', 'val', 'ret'] as const

function or(value: number, otherwise: number): number {
  return Number.isNaN(value) ? otherwise : value
}

/** The known key that is `bytes[start, end)`, or undefined. */
function keyAt(bytes: Uint8Array, start: number, end: number): (typeof KEYS)[number] | undefined {
  for (const key of KEYS) if (key.length === end - start && startsWith(bytes, start, end, key)) return key
  return undefined
}

/** The events of the template page_ref_mod_and_test_template: those that print ` ret=%d`. */
function hasRet(name: EventName): boolean {
  const { kind } = name
  return kind === MOD_AND_TEST || kind === MOD_UNLESS || kind === FREEZE || kind === MOD_AND_RETURN
}

/** True when `key` stands at `at`. Hot: shorter than `startsWith`, for keys as bytes. */
function standsAt(bytes: Uint8Array, at: number, key: Uint8Array): boolean {
  for (let k = 0; k < key.length; k++) if (bytes[at + k] !== key[k]) return false
  return true
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let at = 0; at < known.length; at++) if (known[at] !== bytes[start + at]) return false
  return true
}
