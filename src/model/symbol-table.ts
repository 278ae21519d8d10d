import { type Column, column, narrow } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { textOf } from '../base/ascii.ts'
import { findAbove } from '../base/bisect.ts'

/** A function found by address. `module` is empty for the core image. */
export interface FoundSymbol {
  readonly name: string
  readonly module: string
  /** Where the function begins; see `addressOfHex`. */
  readonly start: number
}

/**
 * Functions of a kernel by address (/proc/kallsyms, System.map): only text symbols, since only code stands in a stack.
 * Rows ascend by address; of several names at one address the first one read stands.
 */
export interface SymbolTable {
  readonly length: number
  /** See `addressOfHex`. */
  readonly address: Column<number>
  nameOf(row: number): string
  /** Module of a symbol, or the empty string. */
  moduleOf(row: number): string
  /** Row of the function with a name in the core image, or -1. O(symbols). */
  findName(name: string): number
}

/** No function is longer: beyond it a return address belongs to code that has no symbol. */
const LONGEST_FUNCTION = 1 << 16

/**
 * The function that a return address points into: the greatest address <= `ip - 1` (a call may be the last
 * instruction of a function). Undefined outside the text, where a name would be invented. O(log symbols).
 */
export function findSymbol(table: SymbolTable, ip: number): FoundSymbol | undefined {
  const row = findAbove(table.address, ip - 1) - 1
  if (row < 0) return undefined
  const start = table.address[row]
  const name = table.nameOf(row)
  if (TEXT_ENDS.test(name)) return undefined
  if (ip - start > LONGEST_FUNCTION) return undefined
  return { name, module: table.moduleOf(row), start }
}

/** Labels at the end of a stretch of code: what follows is data (include/asm-generic/vmlinux.lds.h). */
const TEXT_ENDS = /^(?:_etext|_einittext|__init_end|_end|__exittext_end)$/

/** Fills a `SymbolTable`. Names are kept as bytes: a string is made only for what is asked for. */
export class SymbolTableBuilder {
  readonly #address = new Growable(Float64Array, 1024)
  readonly #name = new Growable(Uint32Array, 1024)
  readonly #nameEnd = new Growable(Uint32Array, 1024)
  readonly #module = new Growable(Uint16Array, 1024)
  readonly #modules: string[] = ['']
  #pool = new Uint8Array(1 << 14)
  #size = 0
  /** `LineId` of line 1 of the file that the symbols are from. */
  readonly firstLine: number
  /** The addresses may be those of the image as linked, before KASLR moved it. */
  isAsLinked = false

  constructor(firstLine: number) {
    this.firstLine = firstLine
  }

  get length(): number {
    return this.#address.length
  }

  /** Adds a text symbol; `bytes[start, end)` is its name. */
  push(address: number, bytes: Uint8Array, start: number, end: number, module: string): void {
    this.#reserve(this.#size + end - start)
    this.#pool.set(bytes.subarray(start, end), this.#size)
    this.#address.push(address)
    this.#name.push(this.#size)
    this.#size += end - start
    this.#nameEnd.push(this.#size)
    this.#module.push(this.#moduleNumber(module))
  }

  build(): SymbolTable {
    const order = this.#order()
    const pool = this.#pool.slice(0, this.#size)
    const at = (row: number): number => order[row]
    const address = column<number>(Float64Array.from(order, (row) => this.#address.values[row]))
    const module = column<number>(narrow(Uint16Array.from(order, (row) => this.#module.values[row])))
    const nameOf = (row: number): string => textOf(pool, this.#name.values[at(row)], this.#nameEnd.values[at(row)])
    const moduleOf = (row: number): string => this.#modules[module[row]]
    const findName = (name: string): number => {
      for (let row = 0; row < order.length; row++) if (module[row] === 0 && nameOf(row) === name) return row
      return -1
    }
    return { length: order.length, address, nameOf, moduleOf, findName }
  }

  /** Rows by address, one for each: the first read, as the kernel prints it, unless the text ends there. */
  #order(): Uint32Array {
    const address = this.#address.values
    const rows = Uint32Array.from({ length: this.length }, (_, row) => row).sort(
      (a, b) => address[a] - address[b] || a - b,
    )
    let kept = 0
    for (const row of rows) {
      const isSame = kept > 0 && address[rows[kept - 1]] === address[row]
      if (!isSame) rows[kept++] = row
      else if (TEXT_ENDS.test(this.#text(row))) rows[kept - 1] = row
    }
    return rows.slice(0, kept)
  }

  #text(row: number): string {
    return textOf(this.#pool, this.#name.values[row], this.#nameEnd.values[row])
  }

  #moduleNumber(module: string): number {
    const known = this.#modules.lastIndexOf(module)
    return known >= 0 ? known : this.#modules.push(module) - 1
  }

  #reserve(size: number): void {
    if (size <= this.#pool.length) return
    const grown = new Uint8Array(Math.max(size, this.#pool.length * 2))
    grown.set(this.#pool.subarray(0, this.#size))
    this.#pool = grown
  }
}
