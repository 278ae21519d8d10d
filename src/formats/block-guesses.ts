import { NONE } from '../model/ids.ts'
import { type StackDepotBuilder } from '../model/stack-depot.ts'

/** Leaves 14 bits of a hash. */
const SHIFT = 18
/** Leaves 12 bits of a hash of the telling bytes. */
const TELLING_SHIFT = 20
const TELLING_BYTES = 64

/**
 * Guesses which block of stack text comes next: one of the two that came last time behind the same block and the same
 * hint, else the last one with the same telling bytes. A guess is compared with the text, never trusted.
 */
export class BlockGuesses {
  readonly #stacks: StackDepotBuilder
  /** Block + 1 of the two that followed last, the newer one first, by a hash of the block before and the hint. */
  readonly #blocks = new Int32Array(2 << (32 - SHIFT))
  /** Block + 1 of the last one by a hash of its telling bytes. */
  readonly #byText = new Int32Array(1 << (32 - TELLING_SHIFT))
  /** Where the telling bytes are in a block. */
  readonly #tellingFrom: number
  /** Where the guesses for the next block are. */
  #at = 0

  /** The 64 bytes from `tellingFrom` on tell most of a block: those of the functions behind the tracepoint and its wrapper. */
  constructor(stacks: StackDepotBuilder, tellingFrom: number) {
    this.#stacks = stacks
    this.#tellingFrom = tellingFrom
  }

  /** A block is to come; `hint` is alike for what stacks alike. Hot. */
  aim(hint: number): void {
    const hash = Math.imul(this.#stacks.lastBlock, 0x9e3779b1) ^ Math.imul(hint, 0x85ebca6b)
    this.#at = (hash >>> SHIFT) * 2
  }

  /** The guessed block that stands at `start`, with more behind it before `end`; NONE when none does. Hot. */
  find(view: DataView, start: number, end: number): number {
    const stacks = this.#stacks
    const blocks = this.#blocks
    const first = this.#at
    let block = blocks[first] - 1
    if (stacks.matchBlock(view, start, end - 1, block)) return block
    block = blocks[first + 1] - 1
    if (!stacks.matchBlock(view, start, end - 1, block)) {
      if (start + this.#tellingFrom + TELLING_BYTES > end) return NONE
      block = this.#byText[slotOfText(view, start + this.#tellingFrom)] - 1
      if (!stacks.matchBlock(view, start, end - 1, block)) return NONE
    }
    blocks[first + 1] = blocks[first]
    blocks[first] = block + 1
    return block
  }

  /** The block that came was not guessed: it is `lastBlock` of the depot now. */
  learn(): void {
    this.#blocks[this.#at + 1] = this.#blocks[this.#at]
    this.#blocks[this.#at] = this.#stacks.lastBlock + 1
  }

  /** `lastBlock` is `[start, end)`: it is guessed where its telling bytes come again. */
  learnText(view: DataView, start: number, end: number): void {
    if (end - start < this.#tellingFrom + TELLING_BYTES) return
    this.#byText[slotOfText(view, start + this.#tellingFrom)] = this.#stacks.lastBlock + 1
  }
}

function slotOfText(view: DataView, start: number): number {
  let hash = 0
  for (let at = start; at < start + TELLING_BYTES; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x85ebca6b)
    hash ^= hash >>> 15
  }
  return Math.imul(hash, 0x9e3779b1) >>> TELLING_SHIFT
}
