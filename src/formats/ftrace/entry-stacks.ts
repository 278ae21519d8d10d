import { type TimeNs } from '../../base/clock.ts'
import { type ShapeId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type EntryContext } from './entry-context.ts'
import { type StackBlocks } from './stack-blocks.ts'
import { type StackOps } from './stack-ops.ts'

/**
 * Notes what stands between the events of a text, for `StackResolver` to give each stack to its event; opens the blocks
 * of frames. Told of every entry but the events, in the order of the file; `entry` is the one that is read now.
 */
export class EntryStacks {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #entry: EntryContext
  readonly #blocks: StackBlocks
  readonly #ops: StackOps

  constructor(into: TraceBuilder, problems: ProblemLog, entry: EntryContext, blocks: StackBlocks, ops: StackOps) {
    this.#into = into
    this.#problems = problems
    this.#entry = entry
    this.#blocks = blocks
    this.#ops = ops
  }

  /** The entry is no event of ours: it may have a stack, which must not go to the event before it. */
  passEntry(time: TimeNs): void {
    this.#ops.passEntry(this.#into.eventCount, this.#entry.context, time)
  }

  /** The entry is a traced function: it stands between an event and its stack, or has a stack of its own. */
  passFunction(symbol: string): void {
    this.#ops.passFunction(this.#into.eventCount, this.#entry.context, this.#into.strings.intern(symbol))
  }

  /** The line is no entry, or not yet one: frames right behind it are not those of the event before it. */
  passLine(): void {
    this.#ops.passLine(this.#into.eventCount)
  }

  /** Events were lost on the CPU, or on all below 0: no stack may reach over the gap. */
  forget(cpu: number): void {
    this.#ops.forget(this.#into.eventCount, cpu)
  }

  /** The entry is a kernel stack; `shape` is that of the event read last. Hot. */
  open(time: TimeNs, shape: ShapeId): void {
    this.#blocks.open(this.#entry.context, time, shape)
  }

  /** The entry is a stack of user space, which says nothing of the kernel. */
  openUser(): void {
    this.passLine()
    this.#problems.skip('user stack')
    this.#blocks.openSkipped('user stack')
  }

  /** Stack lines without a header: those of the event line right before them, as reports are pasted; else orphans. */
  openStray(shape: ShapeId): void {
    this.#blocks.openStray(shape)
  }
}
