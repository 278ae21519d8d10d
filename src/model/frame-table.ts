import { type Column, column } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { type FrameId, NONE, type StringId } from './ids.ts'
import { type StringInterner } from './string-table.ts'

/**
 * Distinct frames. `text` is the frame as the file prints it without its arrow (`leaky_ioctl+0x1a/0x60 [leaky]`);
 * `symbol` is the bare function name (`leaky_ioctl`), `module` the name in brackets or NONE.
 * A frame that is only an address has the function as its symbol when a symbol table of the capture knows it (see
 * `symbol-fit.ts`), else that address.
 */
export interface FrameTable {
  readonly length: number
  readonly text: Column<StringId>
  readonly symbol: Column<StringId>
  readonly module: Column<StringId>
}

/** Fills a `FrameTable`; a frame is known by its printed text. */
export class FrameTableBuilder {
  readonly #strings: StringInterner
  readonly #byText = new Map<StringId, FrameId>()
  readonly #text = new Growable(Int32Array)
  readonly #symbol = new Growable(Int32Array)
  readonly #module = new Growable(Int32Array)

  constructor(strings: StringInterner) {
    this.#strings = strings
  }

  get length(): number {
    return this.#text.length
  }

  /** Interns one frame from its text, arrow and blanks already cut. */
  intern(text: StringId): FrameId {
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    const { symbol, module } = parseFrame(this.#strings.text(text))
    const id = this.#text.push(text) as FrameId
    this.#symbol.push(this.#strings.intern(symbol))
    this.#module.push(module === '' ? NONE : this.#strings.intern(module))
    this.#byText.set(text, id)
    return id
  }

  /** Freezes the table. `nameOf` finds the function of a frame that is printed as a bare address, in a symbol table. */
  build(nameOf?: (text: string) => FrameName | undefined): FrameTable {
    if (nameOf !== undefined) this.#nameAddresses(nameOf)
    return {
      length: this.#text.length,
      text: column(this.#text.trimmed()),
      symbol: column(this.#symbol.trimmed()),
      module: column(this.#module.trimmed()),
    }
  }

  /** The text of each frame so far. */
  rows(): Int32Array {
    return this.#text.trimmed()
  }

  /** A frame as printed. */
  textOf(frame: FrameId): string {
    return this.#strings.text(this.#text.values[frame] as StringId)
  }

  /** The texts of all frames so far. */
  *texts(): Generator<string> {
    for (let id = 0; id < this.length; id++) yield this.#strings.text(this.#text.values[id] as StringId)
  }

  #nameAddresses(nameOf: (text: string) => FrameName | undefined): void {
    for (let id = 0; id < this.length; id++) {
      const name = nameOf(this.#strings.text(this.#text.values[id] as StringId))
      if (name === undefined) continue
      this.#symbol.values[id] = this.#strings.intern(name.symbol)
      this.#module.values[id] = name.module === '' ? NONE : this.#strings.intern(name.module)
    }
  }
}

/** Function and module of a frame; `module` is empty for the core image. */
export interface FrameName {
  readonly symbol: string
  readonly module: string
}

/**
 * Cuts one printed frame into function and module. Takes every spelling of kernel/trace/trace_output.c, trace-cmd,
 * perf script and `%pS`: `sym`, `sym+0x1a/0x60 [mod]`, `sym <ffffffff81176659>`, `sym (ffffffff81176659)`,
 * `[<ffffffff81176659>] sym+0x1/0x2`, `0xffffffffc0a1b2c3`, `[unknown/kretprobe'd]`.
 */
export function parseFrame(text: string): FrameName {
  const bare = text
    .replace(/^\[<[0-9a-f]+>\]\s+/, '')
    .replace(/^\?\s+/, '')
    .replace(/\s+[<(][0-9a-f]{8,16}[>)]$/, '')
  const module = /\s\[(?!inline\])([^\]\s]+)(?:\s[0-9a-f]{40})?\]/.exec(bare)?.[1] ?? ''
  const symbol = /^([^\s+]+)\+0x[0-9a-f]+/.exec(bare)?.[1] ?? (bare.startsWith('[') ? bare : bare.split(/\s/, 1)[0])
  return { symbol, module }
}
