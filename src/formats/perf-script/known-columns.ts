import { isDigit, SPACE } from '../../base/ascii.ts'
import { type ContextId, NONE } from '../../model/ids.ts'
import { KnownTexts } from '../known-texts.ts'

const CLOSE = 93
/** Columns up to the CPU that are longer are not kept: the time behind them would not be looked for that far. */
const LONGEST = 128
const FIELDS = 3

/**
 * The columns of samples up to the CPU, which repeat: `cuda-EvtHandlr 31023 [000]`. What they meant when they were read
 * they mean again: a time behind them is read from their end on.
 */
export class KnownColumns {
  context = NONE as ContextId
  cpu = NONE
  pid = NONE
  readonly #texts = new KnownTexts(10)
  readonly #fields = new Int32Array(FIELDS * this.#texts.slots)
  /** The columns that were read last. */
  #last = 0

  /** Position behind the columns at `start`; -1 when they are not known. Hot. */
  read(bytes: Uint8Array, view: DataView, start: number): number {
    const texts = this.#texts
    if (!texts.isAt(this.#last, view, start, bytes.length)) {
      const slot = texts.find(view, start, endOfColumns(bytes, start))
      if (slot < 0) return -1
      this.#last = slot
    }
    const from = this.#last * FIELDS
    this.context = this.#fields[from] as ContextId
    this.cpu = this.#fields[from + 1]
    this.pid = this.#fields[from + 2]
    return start + texts.sizeOf(this.#last)
  }

  /** Keeps the columns at `start`, behind which nothing but blanks is before the time at `time`. */
  keep(bytes: Uint8Array, start: number, time: number, context: ContextId, cpu: number, pid: number): void {
    let end = time
    while (end > start && bytes[end - 1] === SPACE) end--
    if (end === time || bytes[end - 1] !== CLOSE || endOfColumns(bytes, start) !== end) return
    if ((pid | 0) !== pid || (cpu | 0) !== cpu) return // more than a field holds
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const slot = this.#texts.keep(bytes, view, start, end)
    if (slot >= 0) this.#fields.set([context, cpu, pid], slot * FIELDS)
  }
}

/** Position behind the first `[000] `; `start` when there is none. A comm that holds as much is never known. */
function endOfColumns(bytes: Uint8Array, start: number): number {
  const limit = Math.min(bytes.length - 1, start + LONGEST)
  for (let at = start + 1; at < limit; at++) {
    if (bytes[at] === CLOSE && bytes[at + 1] === SPACE && isDigit(bytes[at - 1])) return at + 1
  }
  return start
}
