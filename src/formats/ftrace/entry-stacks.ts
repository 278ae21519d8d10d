import { type TimeNs } from '../../base/clock.ts'
import { type EventRow, NONE, type ShapeId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type EntryContext } from './entry-context.ts'
import { StackBinder } from './stack-binder.ts'
import { type StackBlocks } from './stack-blocks.ts'

/** No function was traced. */
const NO_RIVAL = { cpu: Number.NaN, symbol: '' }

/**
 * Gives the stacks of a text to their events: opens a block of frames for the event that a stack belongs to, or skips
 * the block, and says why. Told of every entry in the order of the file; `entry` is the one that is read now.
 */
export class EntryStacks {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #entry: EntryContext
  readonly #blocks: StackBlocks
  readonly #binder = new StackBinder()
  /** Event of the line before, which stack lines without a header belong to; NONE when it was no event. */
  #lastRow = NONE as EventRow
  /** The function that was traced last, until an event of its CPU. */
  #rival = NO_RIVAL

  constructor(into: TraceBuilder, problems: ProblemLog, entry: EntryContext, blocks: StackBlocks) {
    this.#into = into
    this.#problems = problems
    this.#entry = entry
    this.#blocks = blocks
  }

  /** The entry is the event `row`. Hot. */
  event(row: EventRow, time: TimeNs): void {
    this.#binder.event(this.#entry, row, time)
    if (this.#rival.cpu === this.#entry.cpu) this.#rival = NO_RIVAL
    this.#lastRow = row
  }

  /** The entry is no event of ours: it may have a stack, which must not go to the event before it. */
  passEntry(time: TimeNs): void {
    this.#lastRow = NONE as EventRow
    this.#binder.event(this.#entry, NONE as EventRow, time)
  }

  /** The entry is a traced function: it stands between an event and its stack, or has a stack of its own. */
  passFunction(symbol: string): void {
    this.#lastRow = NONE as EventRow
    this.#rival = { cpu: this.#entry.cpu, symbol }
  }

  /** The line is no entry, or not yet one: frames right behind it are not those of the event before it. */
  passLine(): void {
    this.#lastRow = NONE as EventRow
  }

  /** Events were lost on the CPU, or on all below 0: no stack may reach over the gap. */
  forget(cpu: number): void {
    if (cpu < 0) this.#binder.forgetAll()
    else this.#binder.forget(cpu)
  }

  /** The entry is a kernel stack; `shape` is that of the event read last. */
  open(time: TimeNs, shape: ShapeId): void {
    const row = this.#takeRow(time)
    const why = this.#whyUnbound(row)
    if (why === '') {
      this.#problems.parsed++
      this.#blocks.open(row, shape, 1, this.#rival.cpu === this.#entry.cpu ? this.#rival.symbol : '')
    } else {
      this.#problems.skip(why)
      this.#blocks.openSkipped(why)
    }
  }

  /** The entry is a stack of user space, which says nothing of the kernel. */
  openUser(): void {
    this.#lastRow = NONE as EventRow
    this.#problems.skip('user stack')
    this.#blocks.openSkipped('user stack')
  }

  /** Stack lines without a header: those of the event line right before them, as reports are pasted; else orphans. */
  openStray(shape: ShapeId): void {
    const row = this.#lastRow
    this.#lastRow = NONE as EventRow
    if (row >= 0 && this.#into.stackOf(row) < 0) this.#blocks.open(row, shape)
    else this.#blocks.openSkipped('orphan stack')
  }

  /** Event of the stack entry. Without a CPU on the line, only the line before can be its event. */
  #takeRow(time: TimeNs): EventRow {
    const lastRow = this.#lastRow
    this.#lastRow = NONE as EventRow
    return this.#entry.cpu < 0 ? lastRow : this.#binder.take(this.#entry, time, this.#entry.unit !== 'counts')
  }

  /** Why a stack is bound to no event; empty when it is bound to `row`. */
  #whyUnbound(row: EventRow): string {
    if (row >= 0) return this.#into.stackOf(row) >= 0 ? 'second stack' : ''
    return this.#binder.isSecond ? 'second stack' : 'orphan stack'
  }
}
