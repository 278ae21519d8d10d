import { isDigit, LF, skipBlanks, SPACE, startsWith, TAB } from '../../base/ascii.ts'
import { type ContextTableBuilder, IN_UNKNOWN } from '../../model/context-table.ts'
import { CPU_LIMIT, PID_LIMIT, SECONDS_LIMIT } from '../../model/kernel-limits.ts'
import { type ContextId, NONE } from '../../model/ids.ts'
import { type StringInterner } from '../../model/string-table.ts'
import { KnownColumns } from './known-columns.ts'
import { OUR_EVENT } from './our-event.ts'

const DASH = 45
const DOT = 46
const SLASH = 47
const COLON = 58
const OPEN = 91
const CLOSE = 93
const UNDERSCORE = 95
const SLOTS = 1 << 10
/** No field in front of the event is longer: a colon further on is not the time's. */
const FIELDS_LIMIT = 256
/**
 * `-F` without `time`: the event is known by the colon between system and name. A line that has a time has columns before it
 * that could not be read.
 */
const TIMELESS =
  /^(?!.*\s\d+\.\d{6,9}:\s)\s*(?:(.*?)\s+)?(?:(?:-?\d+\/)?(-?\d+)\s+(?:\[(-?\d+)\]\s+)?|\[(-?\d+)\]\s+)(\d+\s+)?(?=[A-Za-z_][\w-]*:[A-Za-z_][\w-]*:)/
/** Without `tid` and `cpu` too, only what is ours. */
const BARE = new RegExp(`^(?!.*\\s\\d+\\.\\d{6,9}:\\s)\\s*(?:(.*?)\\s+)??(?=${OUR_EVENT.source})`)

/** `VM: 1234 VCPU:000 `, which stands in front of the comm of a guest's sample (perf inject --guest-data). */
const GUEST = /^VM: *\d+ +(?:VCPU:\d+ +)?\S/
const LETTER_V = 86

/** A number alone in its column, with the blanks that fill it. */
const LONE_NUMBER = /(?:^|[ \t])( *\d+)[ \t]+$/
/** Characters that perf prints a period in at least; a pid or tid takes at most 7. */
const PERIOD_WIDTH = 10

const TIME_OF_DAY = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/
const TIME_OF_DAY_BYTES = 26
const STARTS_OURS = new RegExp(`^(?:${OUR_EVENT.source})`)

/** One cached task on a CPU. */
interface Slot {
  readonly comm: Uint8Array
  readonly pid: number
  readonly cpu: number
  readonly context: ContextId
}

/**
 * Reads the fields in front of a sample's event, as builtin-script.c perf_sample__fprintf_start() prints them:
 *
 *     cuda-EvtHandlr 31023 [000]  3244.976411:                   page_pinner:page_pinner_put: pfn=…
 *            :31023 31023/31023   [000]  3244.976411123:          1  page_pinner:page_pinner_put: pfn=…
 *
 * A comm may hold anything, so the fields are read from the time backwards. Every line must end with LF.
 */
export class SampleHeader {
  context = NONE as ContextId
  cpu = NONE
  pid = NONE
  /** False when the line has no time. */
  hasTime = true
  /** The sample was taken in a guest: its PFNs are of other memory. */
  isGuest = false
  seconds = 0
  fractionNs = 0
  /** Digits of the fraction as printed: 6, or 9 with --ns. */
  digits = 0
  readonly #strings: StringInterner
  readonly #contexts: ContextTableBuilder
  readonly #slots: (Slot | undefined)[] = Array.from({ length: SLOTS })
  readonly #known = new KnownColumns()
  /** Positions of the time that was read last, and behind the comm before it. */
  #timeAt = 0
  #commEnd = 0

  constructor(strings: StringInterner, contexts: ContextTableBuilder) {
    this.#strings = strings
    this.#contexts = contexts
  }

  /**
   * Position behind a time and its period when the columns before it are known from an earlier sample, else -1. Only where
   * an event stands there (`isEvent`) it is a sample. Hot.
   */
  readKnown(bytes: Uint8Array, view: DataView, start: number): number {
    const known = this.#known
    const columnsEnd = known.read(bytes, view, start)
    const colon = columnsEnd < 0 ? -1 : this.#readTime(bytes, columnsEnd)
    if (colon < 0) return -1
    this.context = known.context
    this.cpu = known.cpu
    this.pid = known.pid
    this.isGuest = false
    return skipPeriod(bytes, colon + 1)
  }

  /** Position of the event's name (`page_ref:page_ref_mod`), or -1 when no sample begins at `start`. */
  read(bytes: Uint8Array, start: number): number {
    const event = this.find(bytes, start)
    if (event < 0) return -1
    this.isGuest = isOfGuest(bytes, start, this.#commEnd)
    if (this.isGuest) return event
    this.#setContext(bytes, start, this.#commEnd)
    this.#known.keep(bytes, start, this.#timeAt, this.context, this.cpu, this.pid)
    return event
  }

  /** The same for who only asks: nothing is interned, and there is no context. */
  find(bytes: Uint8Array, start: number): number {
    const limit = start + FIELDS_LIMIT
    for (let at = start; at < limit && bytes[at] !== LF; at++) {
      if (bytes[at] !== COLON || !isBlank(bytes[at + 1]) || !isDigit(bytes[at - 1])) continue
      const commEnd = this.#readTimeBefore(bytes, start, at)
      if (commEnd < 0) continue
      const event = skipPeriod(bytes, at + 1)
      if (!isEvent(bytes, event)) continue
      const isLone = this.pid === NONE && this.cpu === NONE && commEnd > start
      if (isLone && !isOurEvent(bytes, event)) continue
      this.#commEnd = commEnd
      return event
    }
    return -1
  }

  /** `  3244.976411: ` at `start`; position of its colon, or -1. */
  #readTime(bytes: Uint8Array, start: number): number {
    let at = start
    while (bytes[at] === SPACE) at++
    const secondsAt = at
    let seconds = 0
    for (let byte = bytes[at]; byte >= 48 && byte <= 57; byte = bytes[++at]) seconds = seconds * 10 + byte - 48
    if (secondsAt === start || at === secondsAt || bytes[at] !== DOT) return -1
    const fractionAt = ++at
    let fraction = 0
    for (let byte = bytes[at]; byte >= 48 && byte <= 57; byte = bytes[++at]) fraction = fraction * 10 + byte - 48
    const digits = at - fractionAt
    if (digits === 0 || digits > 9 || bytes[at] !== COLON || !isBlank(bytes[at + 1])) return -1
    if (seconds >= SECONDS_LIMIT) return -1
    this.#setTime(seconds, fraction, digits)
    return at
  }

  #setTime(seconds: number, fraction: number, digits: number): void {
    this.hasTime = true
    this.digits = digits
    this.seconds = seconds
    this.fractionNs = fraction * (digits === 6 ? 1000 : 10 ** (9 - digits))
  }

  /** The same for a line without a time; slow, for files made with `-F` that leave it out. */
  readTimeless(bytes: Uint8Array, start: number, end: number): number {
    const event = this.findTimeless(bytes, start, end)
    this.isGuest = event >= 0 && isOfGuest(bytes, start, this.#commEnd)
    if (event >= 0 && !this.isGuest) this.#setContext(bytes, start, this.#commEnd)
    return event
  }

  /** The same for who only asks. */
  findTimeless(bytes: Uint8Array, start: number, end: number): number {
    const text = latin1(bytes, start, Math.min(end, start + FIELDS_LIMIT))
    const fields = TIMELESS.exec(text) ?? BARE.exec(text)
    if (fields === null) return -1
    this.hasTime = false
    this.digits = 0
    this.cpu = Number(fields[3] ?? fields[4] ?? NONE)
    // `-F comm,period,event`: what looks like a tid is none.
    const isLone = fields[2] !== undefined && fields[5] === undefined && this.cpu === NONE
    const lone = isLone ? LONE_NUMBER.exec(fields[0]) : null
    const isPeriod = lone !== null && lone[1].length >= PERIOD_WIDTH
    if (isPeriod && !isOurEvent(bytes, start + fields[0].length)) return -1
    this.pid = isPeriod ? NONE : Number(fields[2] ?? NONE)
    if (this.cpu >= CPU_LIMIT || this.pid >= PID_LIMIT) return -1
    this.#commEnd = skipBlanks(bytes, start, end) + (fields[1]?.length ?? 0)
    return start + fields[0].length
  }

  /** `[000]  3244.976411` before the colon at `colon`; end of the comm, or -1. */
  #readTimeBefore(bytes: Uint8Array, start: number, colon: number): number {
    let at = colon
    while (at > start && isDigit(bytes[at - 1])) at--
    const digits = colon - at
    if (digits === 0 || digits > 9 || at === start || bytes[at - 1] !== DOT) return -1
    const fractionAt = at
    at--
    const dot = at
    while (at > start && isDigit(bytes[at - 1])) at--
    if (at === dot || (at > start && !isBlank(bytes[at - 1]))) return -1
    const commEnd = this.#readTaskBefore(bytes, start, at)
    if (commEnd < 0) return -1
    const seconds = number(bytes, at, dot)
    if (seconds >= SECONDS_LIMIT) return -1
    this.#timeAt = at
    this.#setTime(seconds, number(bytes, fractionAt, colon), digits)
    return commEnd
  }

  /** `31023/31023   [000] ` before `end`; end of the comm, or -1 when it is spoilt. */
  #readTaskBefore(bytes: Uint8Array, start: number, end: number): number {
    let at = skipBlanksBack(bytes, start, skipTimeOfDay(bytes, start, skipBlanksBack(bytes, start, end)))
    at = skipMisc(bytes, start, at)
    this.cpu = NONE
    if (at > start && bytes[at - 1] === CLOSE) {
      const open = numberStart(bytes, start, at - 1)
      if (open === at - 1 || open === start || bytes[open - 1] !== OPEN) return -1
      this.cpu = number(bytes, open, at - 1)
      if (this.cpu >= CPU_LIMIT) return -1
      at = skipBlanksBack(bytes, start, open - 1)
    }
    const tidAt = numberStart(bytes, start, at)
    const isTid = tidAt < at && (tidAt === start || isBlank(bytes[tidAt - 1]) || bytes[tidAt - 1] === SLASH)
    this.pid = isTid ? number(bytes, tidAt, at) : NONE
    if (!isTid) return at
    if (this.pid >= PID_LIMIT) return -1
    if (tidAt > start && bytes[tidAt - 1] === SLASH) {
      const pidAt = numberStart(bytes, start, tidAt - 1)
      if (pidAt === tidAt - 1) return -1
      return skipBlanksBack(bytes, start, pidAt)
    }
    return skipBlanksBack(bytes, start, tidAt)
  }

  #setContext(bytes: Uint8Array, start: number, commEnd: number): void {
    let from = start
    while (from < commEnd && isBlank(bytes[from])) from++
    const { pid, cpu } = this
    const at = (Math.imul(pid, 31) + cpu) & (SLOTS - 1)
    const slot = this.#slots[at]
    if (slot !== undefined && slot.pid === pid && slot.cpu === cpu && isSame(slot.comm, bytes, from, commEnd)) {
      this.context = slot.context
      return
    }
    const task = this.#contexts.internTask(pid, this.#strings.internBytes(bytes, from, commEnd))
    this.context = this.#contexts.intern(task, cpu, IN_UNKNOWN)
    this.#slots[at] = { comm: bytes.slice(from, commEnd), pid, cpu, context: this.context }
  }
}

function isOfGuest(bytes: Uint8Array, start: number, end: number): boolean {
  const at = skipBlanks(bytes, start, end)
  if (bytes[at] !== LETTER_V) return false
  return GUEST.test(latin1(bytes, at, end))
}

/** One character a byte, so that positions in the text are positions in the bytes. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}

/** Position behind blanks and a period, if one stands there. */
function skipPeriod(bytes: Uint8Array, start: number): number {
  let at = start
  while (isBlank(bytes[at])) at++
  if (!isDigit(bytes[at])) return at
  while (isDigit(bytes[at])) at++
  while (isBlank(bytes[at])) at++
  return at
}

/** `2026-11-21 14:00:06.158539`, which `-F +tod` puts before the time. */
function skipTimeOfDay(bytes: Uint8Array, start: number, end: number): number {
  const from = end - TIME_OF_DAY_BYTES
  if (from < start || bytes[end - 7] !== DOT || bytes[from + 10] !== SPACE) return end
  return TIME_OF_DAY.test(latin1(bytes, from, end)) ? from : end
}

/** The letters of `-F +misc` between the CPU and the time: `K`, `UHg`. */
function skipMisc(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && isUpperOrLower(bytes[at - 1]) && end - at < 4) at--
  if (at === end || !isBlank(bytes[at - 1])) return end
  const before = skipBlanksBack(bytes, start, at)
  return before > start && bytes[before - 1] === CLOSE ? before : end
}

function skipBlanksBack(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && isBlank(bytes[at - 1])) at--
  return at
}

/** Where the integer that ends at `end` begins; `end` when none does. */
function numberStart(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && isDigit(bytes[at - 1])) at--
  return at < end && at > start && bytes[at - 1] === DASH ? at - 1 : at
}

function number(bytes: Uint8Array, start: number, end: number): number {
  const isNegative = bytes[start] === DASH
  let value = 0
  for (let at = isNegative ? start + 1 : start; at < end; at++) value = value * 10 + bytes[at] - 48
  return isNegative ? -value : value
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB
}

function isUpperOrLower(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
}

/** True for a word that ends with a colon, or a record of perf's own: `PERF_RECORD_LOST lost 12`. */
export function isEvent(bytes: Uint8Array, start: number): boolean {
  if (!isUpperOrLower(bytes[start]) && bytes[start] !== UNDERSCORE && bytes[start] !== OPEN) return false
  let end = start
  while (bytes[end] > SPACE) end++
  return bytes[end - 1] === COLON || startsWith(bytes, start, end, 'PERF_RECORD_')
}

/** An event that no prose would name with its system: `page_ref:page_ref_mod: `. */
function isOurEvent(bytes: Uint8Array, start: number): boolean {
  return STARTS_OURS.test(latin1(bytes, start, start + FIELDS_LIMIT))
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let at = 0; at < known.length; at++) if (known[at] !== bytes[start + at]) return false
  return true
}
