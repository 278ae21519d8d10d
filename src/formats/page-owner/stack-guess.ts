import { CR, LF, SPACE, startsWith, TAB } from '../../base/ascii.ts'
import { NONE, type StackId } from '../../model/ids.ts'
import { type StackDepotBuilder } from '../../model/stack-depot.ts'

/** As much of a line below a stack as tells that it is one. */
const TRAILER_BYTES = 32
/** Leaves 14 bits of a hash. */
const GUESS_SHIFT = 18
const LFS = 0x0a0a0a0a
const LOW_BITS = 0x7f7f7f7f

/** What a stack is guessed by, beside the one before: what was asked for. */
export interface Asked {
  readonly gfp: number
  readonly order: number
  readonly pageType: number
}

/**
 * Knows a whole stack that was read before by its bytes: first the one that came next last time, then any. Its frames
 * are not looked at again.
 */
export class StackGuess {
  readonly #stacks: StackDepotBuilder
  /** Block + 1 that followed last time, see `#slotOf`. */
  readonly #guesses = new Int32Array(1 << (32 - GUESS_SHIFT))
  #block = NONE

  constructor(stacks: StackDepotBuilder) {
    this.#stacks = stacks
  }

  /** Lines of the stack that was found. */
  get lines(): number {
    return this.#stacks.linesOfBlock(this.#block)
  }

  /** Position behind the stack at `start`, which is then to be taken; `start` when it is none that is known. Hot. */
  find(bytes: Uint8Array, view: DataView, start: number, asked: Asked): number {
    const limit = bytes.length - 1
    const slot = this.#slotOf(asked)
    const guess = this.#guesses[slot] - 1
    if (this.#stacks.matchBlock(view, start, limit, guess)) {
      const end = start + this.#stacks.sizeOfBlock(guess)
      if (bytes[end - 1] === LF && isBehindStack(bytes, end)) {
        this.#block = guess
        return end
      }
    }
    return this.#findAny(bytes, view, start, slot)
  }

  /** Counts the stack that was found. */
  take(): StackId {
    return this.#stacks.takeBlock(this.#block)
  }

  #findAny(bytes: Uint8Array, view: DataView, start: number, slot: number): number {
    const end = endOfFrames(bytes, view, start)
    if (end <= start || !isBehindStack(bytes, end)) return start
    const block = this.#stacks.findBlock(bytes, view, start, end)
    if (block < 0) return start
    this.#guesses[slot] = block + 1
    this.#block = block
    return end
  }

  /** Alike for records that are likely to have the same stack. */
  #slotOf({ gfp, order, pageType }: Asked): number {
    const hash = Math.imul(this.#stacks.lastBlock, 0x9e3779b1) ^ Math.imul(gfp * 64 + order, 0x85ebca6b) ^ pageType
    return Math.imul(hash, 0x9e3779b1) >>> GUESS_SHIFT
  }
}

/** Where the indented lines that begin at `start` end; -1 when they go on to the end of the bytes. Four bytes a step. */
function endOfFrames(bytes: Uint8Array, view: DataView, start: number): number {
  if (!isBlank(bytes[start])) return start
  const last = bytes.length - 5
  for (let at = start; at < last; at += 4) {
    const word = view.getInt32(at, true) ^ LFS
    if (~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS) === 0) continue
    for (let lf = at; lf < at + 4; lf++) if (bytes[lf] === LF && !isBlank(bytes[lf + 1])) return lf + 1
  }
  return -1
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB
}

/** True when the line at `at` cannot be one more frame: it is blank, or what the kernel prints below a stack. */
function isBehindStack(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF)) return true
  const end = Math.min(bytes.length, at + TRAILER_BYTES)
  return (
    startsWith(bytes, at, end, 'Page has been migrated') ||
    startsWith(bytes, at, end, 'Charged ') ||
    startsWith(bytes, at, end, 'Slab cache page') ||
    startsWith(bytes, at, end, 'handle: ')
  )
}
