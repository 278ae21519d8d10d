import { Growable } from '../../base/growable.ts'
import { type TimeNs } from '../../base/clock.ts'
import { type TakenPart } from '../../model/trace-part.ts'
import { type ContextId, NONE, type StackId, type StringId } from '../../model/ids.ts'

/** An entry that is no event: it may have a stack. */
export const PASS_ENTRY = 0
/** A traced function, whose symbol is in `stack`: it stands between an event and its stack, or has one of its own. */
export const PASS_FUNCTION = 1
/** A line that is no entry. */
export const PASS_LINE = 2
/** Events were lost on the CPU in `context`, or on all below 0. */
export const FORGET = 3
/** A stack with a header: an entry of its own. */
export const STACK = 4
/** Frames without a header. */
const STRAY = 5

/** The columns of `StackOps`. */
export interface StackOpRows {
  readonly kind: Uint8Array
  readonly row: Int32Array
  readonly context: Int32Array
  readonly time: Float64Array
  readonly stack: Int32Array
  readonly lines: Int32Array
}

/**
 * What happened between the events of a text, for as long as it is not told which event a stack belongs to: that may be
 * known by what stands far before it. Columns of one row each; events are not among them.
 */
export class StackOps {
  /** Events before this row have been asked for their stacks: what is found now is told to `StackResolver`. */
  firstRow = 0
  readonly kind = new Growable(Uint8Array)
  /** Events that came before, in all. */
  readonly row = new Growable(Int32Array)
  readonly context = new Growable(Int32Array)
  readonly time = new Growable(Float64Array)
  /** The stack, NONE when its header has no frames. */
  readonly stack = new Growable(Int32Array)
  /** Lines of the stack, its header among them. */
  readonly lines = new Growable(Int32Array)

  get length(): number {
    return this.kind.length
  }

  /** True when nothing but events came since the event `row`. */
  isSilentSince(row: number): boolean {
    return this.length === 0 || this.row.values[this.length - 1] <= row
  }

  /** An entry that is no event. */
  passEntry(row: number, context: ContextId, time: TimeNs): void {
    this.#push(PASS_ENTRY, row, context, time, NONE, 0)
  }

  /** A traced function. */
  passFunction(row: number, context: ContextId, symbol: StringId): void {
    this.#push(PASS_FUNCTION, row, context, 0, symbol, 0)
  }

  /** A line that is no entry. */
  passLine(row: number): void {
    this.#push(PASS_LINE, row, NONE, 0, NONE, 0)
  }

  /** Lost events. */
  forget(row: number, cpu: number): void {
    this.#push(FORGET, row, cpu, 0, NONE, 0)
  }

  /** A stack with its header. Hot. */
  stackAt(row: number, context: ContextId, time: TimeNs, stack: StackId, lines: number): void {
    this.#push(STACK, row, context, time, stack, lines)
  }

  /** Frames without a header. */
  stray(row: number, stack: StackId, lines: number): void {
    this.#push(STRAY, row, NONE, 0, stack, lines)
  }

  /** All of them, as plain data. */
  rows(): StackOpRows {
    return {
      kind: this.kind.trimmed(),
      row: this.row.trimmed(),
      context: this.context.trimmed(),
      time: this.time.trimmed(),
      stack: this.stack.trimmed(),
      lines: this.lines.trimmed(),
    }
  }

  /** Takes those of a part of the text, whose first event is `firstRow` here; `ids` are what its ids are called here. */
  take(rows: StackOpRows, firstRow: number, ids: TakenPart): void {
    const { kind, row, context, time, stack, lines } = rows
    const count = kind.length
    this.row.append(count, (k) => firstRow + row[k])
    this.context.append(count, (k) => (kind[k] === FORGET || context[k] < 0 ? context[k] : ids.context[context[k]]))
    this.time.append(count, (k) => time[k])
    this.stack.append(count, (k) =>
      stack[k] < 0 ? NONE : (kind[k] === PASS_FUNCTION ? ids.text : ids.stack)[stack[k]],
    )
    this.lines.append(count, (k) => lines[k])
    this.kind.append(count, (k) => kind[k])
  }

  /** Forgets all of them, for the events from `firstRow` on. */
  clear(firstRow: number): void {
    this.firstRow = firstRow
    for (const column of [this.kind, this.row, this.context, this.time, this.stack, this.lines]) column.length = 0
  }

  #push(kind: number, row: number, context: number, time: number, stack: number, lines: number): void {
    this.row.push(row)
    this.context.push(context)
    this.time.push(time)
    this.stack.push(stack)
    this.lines.push(lines)
    this.kind.push(kind)
  }
}
