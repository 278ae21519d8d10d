import { closeSync, openSync, writeSync } from 'node:fs'

const WRITE_BYTES = 8 << 20

/** A file of plain ASCII that is written from its start to its end, in large pieces. */
export class TextFile {
  readonly #file: number
  #parts: string[] = []
  #pending = 0
  #written = 0
  #lines = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w')
  }

  /** Bytes added so far. */
  get bytes(): number {
    return this.#written + this.#pending
  }

  /** Lines added so far. */
  get lines(): number {
    return this.#lines
  }

  /** Adds text of whole lines, and says how many these are: counting them again would take as long as writing them. */
  add(text: string, lines: number): void {
    this.#parts.push(text)
    this.#pending += text.length
    this.#lines += lines
    if (this.#pending >= WRITE_BYTES) this.#flush()
  }

  close(): void {
    this.#flush()
    closeSync(this.#file)
  }

  #flush(): void {
    this.#written += writeSync(this.#file, this.#parts.join(''), null, 'latin1')
    this.#parts = []
    this.#pending = 0
  }
}
