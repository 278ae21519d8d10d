import { hexValue, isDigit, SPACE, TAB, textOf } from '../../base/ascii.ts'
import { type TimeStyle } from '../../base/clock.ts'
import { isSameText } from '../../base/same-text.ts'
import {
  type ContextTableBuilder,
  IN_HARDIRQ,
  IN_NMI,
  IN_SOFTIRQ,
  IN_TASK,
  IN_UNKNOWN,
} from '../../model/context-table.ts'
import { type ContextId, NONE } from '../../model/ids.ts'
import { CPU_LIMIT, isU64, PID_LIMIT, SECONDS_LIMIT } from '../../model/kernel-limits.ts'
import { type StringInterner } from '../../model/string-table.ts'
import { areDigits, skipDifference, skipSpaces, valueOf } from './time-text.ts'
import { irqOfFlags, verboseColumnsOf } from './verbose-columns.ts'

const SLOT_BYTES = 64
const SLOTS = 1 << 11
const MIN_PREFIX = 8
/** A dash later than this belongs to no comm (15 bytes, plus what a tool or a mail puts before it). */
const DASH_LIMIT = 256
/** The columns of the option `verbose` end before this. */
const VERBOSE_BYTES = 200
const PID_DIGITS = 10
const CPU_DIGITS = 5
/** `116627: `, and its end as a number. */
const MICROSECONDS_BYTES = 8
const COLON_SPACE = 0x203a

const DASH = 45
const DOT = 46
const COLON = 58
const OPEN = 91
const CLOSE = 93
const ROUND_OPEN = 40
const ROUND_CLOSE = 41
const LETTER_S = 115
const LETTER_U = 117
const LETTER_X = 120

/** Widths of the comm column: `%16s` in kernel/trace/trace_output.c trace_print_context(), `%8.8s` with latency-format. */
const COMM_COLUMNS = [16, 8]

/**
 * Reads the columns before an event, as trace_print_context() and trace_print_lat_context() of
 * kernel/trace/trace_output.c print them, or trace-cmd report:
 *
 *                 init-1       [000] .....    26.116627: page_ref_mod: …
 *                 init-1       (      1) [001] .....     1.500230: page_ref_mod: …
 *         init-1         1..... 267985us!: page_ref_mod: …
 *
 * The columns up to the flags repeat: those of earlier lines are known by their bytes (`readKnown`); only new ones are
 * parsed (`readNew`). Every line must end with LF within `bytes`.
 */
export class EntryContext {
  context = NONE as ContextId
  cpu = NONE
  pid = NONE
  irq = IN_UNKNOWN
  /** Whole seconds or microseconds, by `unit`; of counts as many 10^9 as there are, as cycles outgrow a double. */
  whole = 0
  /** What is left of the seconds in ns, or of the counts. */
  fractionNs = 0
  digits = 0
  unit: TimeStyle['unit'] = 'seconds'
  /** Column of the flags that the irq context stands in, when the header's legend tells; -1 when it does not. */
  #irqColumn = -1
  /** Files and instances that trace-cmd report names before the lines, when it prints several. */
  readonly inputs = new Set<string>()
  readonly #strings: StringInterner
  readonly #contexts: ContextTableBuilder
  readonly #pool = new DataView(new ArrayBuffer(SLOTS * SLOT_BYTES))
  readonly #sizes = new Uint8Array(SLOTS)
  readonly #fields = new Int32Array(SLOTS * 4)
  /** Bytes that are hashed: no more than the shortest columns seen, so that the time is never among them. */
  #span = SLOT_BYTES
  #flagsEnd = 0
  /** Seconds that were read last, with the blanks before and the dot behind: first and last four bytes, and their size. */
  #secondsHead = 0
  #secondsTail = 0
  #secondsSize = 0
  #seconds = 0
  /** Where the fraction began that was read last. */
  #fraction = 0
  /** The columns that were read last. */
  #last = 0
  #isLatencyFormat = false

  constructor(strings: StringInterner, contexts: ContextTableBuilder) {
    this.#strings = strings
    this.#contexts = contexts
  }

  /** Position of the event's name when the columns are known from an earlier line, else -1. Hot. */
  readKnown(bytes: Uint8Array, view: DataView, start: number): number {
    if (start + SLOT_BYTES > view.byteLength) return -1
    let slot = this.#last // a stack has the columns of its event, as a rule
    if (!this.#isAt(slot, bytes, view, start)) {
      slot = this.#slotOf(view, start)
      if (!this.#isAt(slot, bytes, view, start)) return -1
      this.#last = slot
    }
    const body = this.#readKnownTime(bytes, view, start + this.#sizes[slot])
    if (body < 0) return -1
    this.context = this.#fields[slot * 4] as ContextId
    this.cpu = this.#fields[slot * 4 + 1]
    this.pid = this.#fields[slot * 4 + 2]
    this.irq = this.#fields[slot * 4 + 3]
    return body
  }

  #isAt(slot: number, bytes: Uint8Array, view: DataView, start: number): boolean {
    const size = this.#sizes[slot]
    return size > 0 && bytes[start + size] === SPACE && isSameText(this.#pool, slot * SLOT_BYTES, view, start, size)
  }

  /** Position of the event's name, or -1 when the line does not begin with the columns of an event. */
  readNew(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const dash = this.#findDash(bytes, start, end)
    if (dash < 0) return this.#readVerbose(bytes, start, end)
    const body = this.#readAfterComm(bytes, dash)
    let commStart = this.#skipInput(bytes, start, dash)
    while (commStart < dash && (bytes[commStart] === SPACE || bytes[commStart] === TAB)) commStart++
    const task = this.#contexts.internTask(this.pid, this.#strings.internBytes(bytes, commStart, dash))
    this.context = this.#contexts.intern(task, this.cpu, this.irq)
    this.#remember(bytes, view, start)
    return body
  }

  /** The columns of the option `verbose`, which end with no dash between comm and pid. */
  #readVerbose(bytes: Uint8Array, start: number, end: number): number {
    const columns = verboseColumnsOf(latin1(bytes, start, Math.min(end, start + VERBOSE_BYTES)))
    if (columns === undefined) return -1
    this.pid = columns.pid
    this.cpu = columns.cpu
    this.irq = columns.irq
    this.unit = columns.unit
    this.fractionNs = 0
    this.digits = 0
    if (columns.unit === 'counts') this.#setCount(columns.time)
    else this.whole = Number(columns.time)
    const at = latin1(bytes, start, start + columns.size).indexOf(columns.comm)
    const comm = this.#strings.intern(textOf(bytes, start + at, start + at + columns.comm.length))
    this.context = this.#contexts.intern(this.#contexts.internTask(this.pid, comm), this.cpu, this.irq)
    return start + columns.size
  }

  /**
   * Position behind `<file>: `, which trace-cmd report puts before the comm's own column when it prints several files or
   * instances (tracecmd/trace-read.c print_handle_file()); `start` where there is none.
   */
  #skipInput(bytes: Uint8Array, start: number, dash: number): number {
    const comm = dash - (this.#isLatencyFormat ? COMM_COLUMNS[1] : COMM_COLUMNS[0])
    if (comm - 2 <= start || bytes[comm - 1] !== SPACE || bytes[comm - 2] !== COLON) return start
    this.inputs.add(textOf(bytes, start, comm - 2).trim())
    return comm
  }

  /** For a line without columns (the option context-info off): no task, no CPU, and `count` for a time. */
  readNothing(count: number): void {
    this.cpu = NONE
    this.pid = NONE
    this.irq = IN_UNKNOWN
    this.unit = 'counts'
    this.whole = 0
    this.fractionNs = count
    this.digits = 0
    this.context = this.#contexts.intern(this.#contexts.internTask(NONE, this.#strings.intern('')), NONE, IN_UNKNOWN)
  }

  /**
   * The dash between comm and pid. A comm may hold anything, even `-12 [003]`, so a dash counts only when all columns
   * up to the time follow it; where the kernel's padding is intact it stands in a fixed column, which is asked first.
   */
  #findDash(bytes: Uint8Array, start: number, end: number): number {
    for (const column of COMM_COLUMNS) {
      if (start + column < end && bytes[start + column] === DASH && this.#readAfterComm(bytes, start + column) >= 0) {
        return start + column
      }
    }
    const last = Math.min(end, start + DASH_LIMIT)
    for (let at = start; at < last; at++) if (bytes[at] === DASH && this.#readAfterComm(bytes, at) >= 0) return at
    return -1
  }

  /** Reads pid, TGID, CPU, flags and time behind the dash at `dash`; position of the event's name or -1. */
  #readAfterComm(bytes: Uint8Array, dash: number): number {
    let at = dash + 1
    const isNegative = bytes[at] === DASH
    if (isNegative) at++
    let pid = 0
    const firstDigit = at
    while (isDigit(bytes[at])) pid = pid * 10 + bytes[at++] - 48
    if (at === firstDigit || at - firstDigit > PID_DIGITS || pid >= PID_LIMIT) return -1
    this.pid = isNegative ? -pid : pid
    const afterPid = at
    at = skipSpaces(bytes, at)
    if (at === afterPid) return -1
    at = this.#skipTgid(bytes, at)
    return at < 0 ? -1 : this.#readCpu(bytes, at)
  }

  /** `(    1) ` or `(-----) ` of the record-tgid option. */
  #skipTgid(bytes: Uint8Array, start: number): number {
    if (bytes[start] !== ROUND_OPEN) return start
    let at = start + 1
    while (bytes[at] === SPACE || bytes[at] === DASH || isDigit(bytes[at])) at++
    return bytes[at] === ROUND_CLOSE ? skipSpaces(bytes, at + 1) : -1
  }

  /** `[001] d..1. 1.500230: ` or, with latency-format, `  1d..1. 267985us!: `. */
  #readCpu(bytes: Uint8Array, start: number): number {
    const isBracketed = bytes[start] === OPEN
    let at = isBracketed ? start + 1 : start
    let cpu = 0
    const firstDigit = at
    while (isDigit(bytes[at])) cpu = cpu * 10 + bytes[at++] - 48
    if (at === firstDigit || at - firstDigit > CPU_DIGITS || cpu >= CPU_LIMIT) return -1
    this.cpu = cpu
    this.#isLatencyFormat = !isBracketed
    if (!isBracketed) {
      const isRaw = bytes[at] === DASH && bytes[at + 1] === 48 && bytes[at + 2] === LETTER_X
      const isRead = isRaw ? this.#readRawFlags(bytes, at) : this.#readFlags(bytes, at)
      return isRead ? this.#readTime(bytes, this.#flagsEnd) : -1
    }
    if (bytes[at] !== CLOSE || bytes[at + 1] !== SPACE) return -1
    const columnEnd = at + 1
    at = skipSpaces(bytes, columnEnd)
    if (!isDigit(bytes[at]) && this.#readFlags(bytes, at)) return this.#readTime(bytes, this.#flagsEnd)
    this.irq = IN_UNKNOWN
    this.#flagsEnd = columnEnd
    return this.#readTime(bytes, columnEnd)
  }

  /**
   * The flags column (kernel/trace/trace_output.c trace_print_lat_fmt()): 4 characters up to 5.13, 5 from 5.14 on,
   * 6 or 7 in PREEMPT_RT trees, where a lazy need-resched stands before the irq context.
   */
  #readFlags(bytes: Uint8Array, start: number): boolean {
    let end = start
    while (isFlagByte(bytes[end])) end++
    const size = end - start
    if (size < 4 || size > 7 || bytes[end] !== SPACE) return false
    const column = this.#irqColumn >= 0 ? this.#irqColumn : size < 6 ? 2 : 3
    this.irq = column < size ? irqOf(bytes[start + column]) : IN_UNKNOWN // a garbled legend may name any
    if (size >= 6 && this.irq === IN_UNKNOWN) this.irq = irqOf(bytes[start + 2])
    this.#flagsEnd = end
    return true
  }

  /** `-0x8`: trace-cmd report -l -R prints common_flags as a number. */
  #readRawFlags(bytes: Uint8Array, start: number): boolean {
    let end = start + 3
    let flags = 0
    for (let digit = hexValue(bytes[end]); digit >= 0; digit = hexValue(bytes[++end])) flags = flags * 16 + digit
    if (end === start + 3 || bytes[end] !== SPACE) return false
    this.irq = irqOfFlags(flags)
    this.#flagsEnd = end
    return true
  }

  /** Column of the flags that the irq context stands in, -1 while no legend told. */
  get irqColumn(): number {
    return this.#irqColumn
  }

  /** The legend of a header says where the irq context stands: columns known so far may have been read otherwise. */
  setIrqColumn(column: number): void {
    if (column === this.#irqColumn) return
    this.#irqColumn = column
    this.#sizes.fill(0)
  }

  /** `#readTime` for seconds as before and microseconds: four bytes at a time. Hot. */
  #readKnownTime(bytes: Uint8Array, view: DataView, start: number): number {
    const size = this.#secondsSize
    const at = start + size
    const isUsual =
      size > 0 &&
      at + MICROSECONDS_BYTES < view.byteLength &&
      view.getInt32(start, true) === this.#secondsHead &&
      view.getInt32(at - 4, true) === this.#secondsTail
    if (isUsual) {
      const first = view.getInt32(at, true)
      const last = view.getInt32(at + 4, true)
      const digits = last & 0xffff
      const next = bytes[at + MICROSECONDS_BYTES]
      const isPlain = last >>> 16 === COLON_SPACE && next !== SPACE && next !== ROUND_OPEN
      if (isPlain && areDigits(first) && areDigits(digits | 0x3030_0000)) {
        this.whole = this.#seconds
        this.unit = 'seconds'
        this.digits = 6
        this.fractionNs = (valueOf(first) * 100 + (digits & 0xf) * 10 + ((digits >>> 8) & 0xf)) * 1000
        return at + MICROSECONDS_BYTES
      }
    }
    const body = this.#readTime(bytes, start)
    this.#secondsSize = 0
    if (body >= 0 && this.digits === 6) this.#rememberSeconds(view, start, this.#fraction)
    return body
  }

  /** Seconds that end before `end`, when they are as wide as columns of seconds are. */
  #rememberSeconds(view: DataView, start: number, end: number): void {
    if (end - start < 4 || end - start > 8) return
    this.#secondsHead = view.getInt32(start, true)
    this.#secondsTail = view.getInt32(end - 4, true)
    this.#seconds = this.whole
    this.#secondsSize = end - start
  }

  /** `    26.116627: `, ` 267985us!: ` or `     90833021: `. */
  #readTime(bytes: Uint8Array, start: number): number {
    let at = start
    while (bytes[at] === SPACE) at++
    const firstDigit = at
    let whole = 0
    let byte = bytes[at]
    while (byte >= 48 && byte <= 57) {
      whole = whole * 10 + byte - 48
      byte = bytes[++at]
    }
    if (at === firstDigit) return -1
    this.whole = whole
    if (byte === DOT) at = this.#readFraction(bytes, at + 1)
    else at = this.#readUnit(bytes, firstDigit, at)
    if (this.unit === 'seconds' && whole >= SECONDS_LIMIT) return -1
    if (this.unit === 'microseconds' && !Number.isSafeInteger(whole)) return -1
    if (bytes[at] !== COLON || bytes[at + 1] !== SPACE) return -1
    return bytes[at + 2] === SPACE || bytes[at + 2] === ROUND_OPEN ? skipDifference(bytes, at + 2) : at + 2
  }

  #readFraction(bytes: Uint8Array, start: number): number {
    let at = start
    let fraction = 0
    let byte = bytes[at]
    while (byte >= 48 && byte <= 57) {
      if (at - start < 9) fraction = fraction * 10 + byte - 48
      byte = bytes[++at]
    }
    const digits = Math.min(9, at - start)
    this.#fraction = start
    this.unit = 'seconds'
    this.digits = digits
    this.fractionNs = digits === 6 ? fraction * 1000 : fraction * 10 ** (9 - digits)
    return at
  }

  /** `us` and the mark of trace_print_lat_context() for a long delay, or nothing: a counting clock. */
  #readUnit(bytes: Uint8Array, firstDigit: number, start: number): number {
    this.fractionNs = 0
    this.digits = 0
    const isMicroseconds = bytes[start] === LETTER_U && bytes[start + 1] === LETTER_S
    this.unit = isMicroseconds ? 'microseconds' : 'counts'
    if (!isMicroseconds) {
      const digits = latin1(bytes, firstDigit, start)
      this.#setCount(digits)
      return isU64(digits) ? start : -1
    }
    const at = start + 2
    return bytes[at] === COLON ? at : at + 1
  }

  #setCount(digits: string): void {
    this.whole = Number(digits.slice(0, -9))
    this.fractionNs = Number(digits.slice(-9))
  }

  #remember(bytes: Uint8Array, view: DataView, start: number): void {
    const size = this.#flagsEnd - start
    if (size < MIN_PREFIX || size > SLOT_BYTES || start + SLOT_BYTES > view.byteLength) return
    for (let at = 0; at < size; at++) if (bytes[start + at] === 0) return
    this.#span = Math.min(this.#span, size & ~3)
    const slot = this.#slotOf(view, start)
    this.#sizes[slot] = size
    for (let at = 0; at < size; at++) this.#pool.setUint8(slot * SLOT_BYTES + at, bytes[start + at])
    this.#fields[slot * 4] = this.context
    this.#fields[slot * 4 + 1] = this.cpu
    this.#fields[slot * 4 + 2] = this.pid
    this.#fields[slot * 4 + 3] = this.irq
  }

  #slotOf(view: DataView, start: number): number {
    let hash = 0
    const span = this.#span
    for (let at = 0; at < span; at += 4) hash = Math.imul(hash ^ view.getInt32(start + at, true), 0x85ebca6b)
    return ((hash >>> 16) ^ hash) & (SLOTS - 1)
  }
}

/** One character a byte, so that positions are the same. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}

/** A letter, a digit or a dot. */
function isFlagByte(byte: number): boolean {
  return byte === DOT || (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57)
}

/** The hard/soft irq column: `z Z` NMI, `h H` hardirq, `s` softirq, `.` task. */
function irqOf(byte: number): number {
  if (byte === DOT) return IN_TASK
  if (byte === LETTER_S) return IN_SOFTIRQ
  if (byte === 104 || byte === 72) return IN_HARDIRQ
  if (byte === 122 || byte === 90) return IN_NMI
  return IN_UNKNOWN
}
