import { indexOfText, LF } from '../../base/ascii.ts'
import { COMM_END } from './record-lines.ts'

/** TASK_COMM_LEN without its NUL: no comm has more newlines or bytes (include/linux/sched.h). */
const LONGEST = 15

/** Line 1 of a record whose comm holds newlines: a task may give itself any name (prctl(2) PR_SET_NAME). */
export class CommLines {
  #text = new Uint8Array(0)
  #lines = 0
  #isOpen = false

  /** True from `begin` until the comm has its end. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** The lines so far as one, newlines between them. */
  get text(): Uint8Array {
    return this.#text
  }

  /** Lines added behind the first. */
  get lines(): number {
    return this.#lines
  }

  begin(bytes: Uint8Array, start: number, end: number): void {
    this.#text = bytes.slice(start, end)
    this.#lines = 0
    this.#isOpen = true
  }

  /** Adds a line without its end; false when it cannot belong to a comm. */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    const close = indexOfText(bytes, start, end, COMM_END)
    if (this.#lines === LONGEST || (close < 0 ? end : close) - start > LONGEST) return false
    const joined = new Uint8Array(this.#text.length + 1 + end - start)
    joined.set(this.#text)
    joined[this.#text.length] = LF
    joined.set(bytes.subarray(start, end), this.#text.length + 1)
    this.#text = joined
    this.#lines++
    this.#isOpen = close < 0
    return true
  }

  /** Ends an open comm that has no end; the lines that were added to it. */
  giveUp(): number {
    const lines = this.#isOpen ? this.#lines : 0
    this.#isOpen = false
    return lines
  }
}
