import { CR, hexValue, LF, SPACE, TAB, textOf } from '../../base/ascii.ts'
import { type SymbolTableBuilder } from '../../model/symbol-table.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type Chunk, type ChunkReader, type TraceFormat } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'

/** `ffffffffc0a1b2c3 t leaky_ioctl	[leaky]`; a System.map has no modules. */
const LINE = /^[0-9a-f]{8,16} [A-Za-z?] [^\s]+(\s\[[^\]\s]+\])?$/

/** /proc/kallsyms (kernel/kallsyms.c s_show: `%016lx %c %s[\t[module]]`) and System.map: functions by address. */
export const kallsyms: TraceFormat = {
  id: 'kallsyms',
  label: 'kallsyms and System.map',
  sniff: ({ lines }) => {
    const first = lines.filter((line) => line.trim() !== '').slice(0, 20)
    return first.length > 0 && first.every((line) => LINE.test(line))
  },
  createReader: (into, problems) => new KallsymsReader(into, problems),
}

const HIDDEN =
  'the addresses are hidden (kernel.kptr_restrict): the names cannot be put to bare addresses; read it as root'
const TEXT_TYPES = new Set(Array.from('tTwW', (letter) => letter.charCodeAt(0)))
const LOWER_D = 100
const UPPER_D = 68
const UPPER_A = 65

class KallsymsReader implements ChunkReader {
  readonly #problems: ProblemLog
  readonly #symbols: SymbolTableBuilder
  readonly #modules = new Map<string, string>()
  #hidden = 0
  /** What tells a System.map from the symbols of the running kernel. */
  #hasModules = false
  #hasAbsolute = false
  #hasLowData = false
  #isAtLinkBase = false
  /** Of the line that was read last. */
  #high = 0
  #low = 0

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#problems = problems
    this.#symbols = into.beginSymbols()
  }

  read(chunk: Chunk): void {
    const bytes = chunk.bytes.subarray(0, chunk.end)
    let line = chunk.firstLine
    for (let start = chunk.start; start < chunk.end; line++) {
      const lf = bytes.indexOf(LF, start)
      const next = lf < 0 ? chunk.end : lf + 1
      let end = lf < 0 ? chunk.end : lf
      while (end > start && (bytes[end - 1] === CR || bytes[end - 1] === SPACE || bytes[end - 1] === TAB)) end--
      if (end === start) this.#problems.skip('blank')
      else if (this.#symbol(bytes, start, end)) this.#problems.parsed++
      else this.#problems.reject('no symbol', line, bytes, start, end)
      start = next
    }
  }

  end(): void {
    if (this.#hidden > 0 && this.#symbols.length === 0) this.#problems.notice(HIDDEN)
    this.#symbols.isAsLinked = !this.#hasModules && !this.#hasAbsolute && (this.#hasLowData || this.#isAtLinkBase)
  }

  #symbol(bytes: Uint8Array, start: number, end: number): boolean {
    const at = this.#address(bytes, start, end)
    if (at < 0 || at + 3 >= end || bytes[at] !== SPACE || bytes[at + 2] !== SPACE) return false
    const type = bytes[at + 1]
    const nameStart = at + 3
    let nameEnd = nameStart
    while (nameEnd < end && bytes[nameEnd] !== TAB && bytes[nameEnd] !== SPACE) nameEnd++
    if (nameEnd === nameStart) return false
    this.#problems.records++
    const module = nameEnd < end ? this.#module(bytes, nameEnd, end) : ''
    this.#note(type, bytes, nameStart, nameEnd)
    if (!TEXT_TYPES.has(type)) return true
    const address = this.#high * 0x1_0000_0000 + this.#low
    if (address === 0) this.#hidden++
    else if (Number.isSafeInteger(address)) this.#symbols.push(address, bytes, nameStart, nameEnd, module)
    return true
  }

  /** Reads 8 or 16 hex digits; gives the place behind them, or -1. */
  #address(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    let high = 0
    let low = 0
    for (let digit = 0; at < end && (digit = hexValue(bytes[at])) >= 0; at++) {
      high = (high << 4) | (low >>> 28)
      low = ((low << 4) | digit) >>> 0
    }
    this.#high = high
    this.#low = low
    return at - start === 8 || at - start === 16 ? at : -1
  }

  #module(bytes: Uint8Array, start: number, end: number): string {
    const text = textOf(bytes, start, end)
      .trim()
      .replace(/^\[|\]$/g, '')
    this.#hasModules = true
    const known = this.#modules.get(text) ?? text
    this.#modules.set(text, known)
    return known
  }

  /** Per-CPU symbols count from zero: absolute in kallsyms (scripts/kallsyms.c), data in the linker's map. */
  #note(type: number, bytes: Uint8Array, start: number, end: number): void {
    if (this.#high === 0 && this.#low < 0x100_0000) {
      if (type === UPPER_A) this.#hasAbsolute = true
      else if (type === UPPER_D || type === LOWER_D) this.#hasLowData = true
    }
    if (end - start === 5 && bytes[start] === 95 && textOf(bytes, start, end) === '_text')
      this.#isAtLinkBase = LINK_BASES.has(
        this.#high >>> 0 === 0 ? this.#low : (this.#high >>> 0) * 0x1_0000_0000 + this.#low,
      )
  }
}

/**
 * Where `_text` is linked on machines that have KASLR: x86-64, i386, arm64 of 48 and 39 bits, riscv64; old and new.
 * Rounded as a double rounds them.
 */
const LINK_BASES = new Set([
  0xffffffff_81000000, 0xffffffff_80200000, 0xc1000000, 0xc0400000, 0xffff0000_08080000, 0xffff8000_10080000,
  0xffff8000_10000000, 0xffff8000_08000000, 0xffff8000_80000000, 0xffffffc0_10080000, 0xffffffc0_10000000,
  0xffffffc0_08000000, 0xffffffc0_80000000, 0xffffffc0_00080000, 0xffffffff_80000000, 0xffffffff_80002000,
])
