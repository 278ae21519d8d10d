import { type EventRow, type FrameId, NONE, type StackId, type StringId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type ProblemLog } from '../problem-log.ts'
import { StackBinder } from './stack-binder.ts'
import { FORGET, PASS_ENTRY, PASS_FUNCTION, PASS_LINE, STACK, type StackOps } from './stack-ops.ts'

/** No function was traced. */
const NO_RIVAL = { cpu: Number.NaN, symbol: '' }

/**
 * Gives the stacks of a text to their events, and counts the lines of each as parsed, or as skipped and why. Takes the
 * text in pieces, in the order of the file; nothing but events of that text is among the rows of a piece. An event that
 * has its stack already had it right behind it.
 */
export class StackResolver {
  /** Stacks bound to an event. */
  bound = 0
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #binder = new StackBinder()
  readonly #place = { cpu: NONE as number, pid: 0, irq: 0 }
  #context: number = NONE
  /** Context of the event before when it had its stack already, else NONE. */
  #settled: number = NONE
  /** Event of the line before, which stack lines without a header belong to; NONE when it was no event. */
  #lastRow = NONE as EventRow
  /** The function that was traced last, until an event of its CPU. */
  #rival = NO_RIVAL

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
  }

  /** The next piece: the events `[from, to)` and what stands between them. `isBounded` is false when times are counts. */
  resolve(ops: StackOps, from: number, to: number, isBounded: boolean): void {
    let row = from
    for (let at = 0; at < ops.length; at++) {
      for (const end = ops.row.values[at]; row < end; row++) this.#event(row as EventRow)
      this.#take(ops, at, isBounded)
    }
    for (; row < to; row++) this.#event(row as EventRow)
  }

  /** Hot. */
  #event(row: EventRow): void {
    const context = this.#into.contextOf(row)
    if (this.#into.stackOf(row) >= 0) return this.#settle(context)
    this.#settled = NONE
    const place = this.#placeOf(context)
    this.#binder.event(place, row, this.#into.timeOf(row))
    if (this.#rival.cpu === place.cpu) this.#rival = NO_RIVAL
    this.#lastRow = row
  }

  /** Once more in the same context changes nothing. */
  #settle(context: number): void {
    this.bound++
    if (context === this.#settled) return
    this.#settled = context
    this.#lastRow = NONE as EventRow
    const place = this.#placeOf(context)
    this.#binder.settle(place)
    if (this.#rival.cpu === place.cpu) this.#rival = NO_RIVAL
  }

  #take(ops: StackOps, at: number, isBounded: boolean): void {
    const kind = ops.kind.values[at]
    const context = ops.context.values[at]
    const lastRow = this.#lastRow
    this.#settled = NONE
    if (kind === FORGET) return context < 0 ? this.#binder.forgetAll() : this.#binder.forget(context)
    this.#lastRow = NONE as EventRow
    if (kind === PASS_LINE) return
    const stack = ops.stack.values[at] as StackId
    const lines = ops.lines.values[at]
    const time = ops.time.values[at]
    if (kind === STACK) return this.#stack(context, time, stack, lines, lastRow, isBounded)
    if (kind === PASS_ENTRY) return this.#binder.event(this.#placeOf(context), NONE as EventRow, time)
    if (kind === PASS_FUNCTION) {
      const symbol = this.#into.strings.text(ops.stack.values[at] as StringId)
      this.#rival = { cpu: this.#placeOf(context).cpu, symbol }
      return
    }
    if (lastRow >= 0 && this.#into.stackOf(lastRow) < 0) this.#bind(lastRow, stack, lines)
    else this.#problems.skip('orphan stack', lines)
  }

  /** Without a CPU on the line, only the line before can be the event of a stack. */
  #stack(context: number, time: number, stack: StackId, lines: number, lastRow: EventRow, isBounded: boolean): void {
    const place = this.#placeOf(context)
    const row = place.cpu < 0 ? lastRow : this.#binder.take(place, time, isBounded)
    if (row < 0) this.#problems.skip(this.#binder.isSecond ? 'second stack' : 'orphan stack', lines)
    else if (this.#into.stackOf(row) >= 0) this.#problems.skip('second stack', lines)
    else if (this.#rival.cpu === place.cpu && this.#hasFrame(stack, this.#rival.symbol))
      this.#problems.skip('stack of a traced function', lines)
    else this.#bind(row, stack, lines)
  }

  #bind(row: EventRow, stack: StackId, lines: number): void {
    this.#problems.parsed += lines
    if (stack < 0) return
    this.bound++
    this.#into.setStack(row, stack)
  }

  /** A stack that a traced function is in is its own (option func_stack_trace). */
  #hasFrame(stack: StackId, symbol: string): boolean {
    const isSymbol = (frame: FrameId): boolean => this.#into.frames.textOf(frame).split(/[+.\s]/, 1)[0] === symbol
    return symbol !== '' && stack >= 0 && this.#into.stacks.framesOf(stack).some(isSymbol)
  }

  #placeOf(context: number): { readonly cpu: number; readonly pid: number; readonly irq: number } {
    if (context !== this.#context) {
      this.#context = context
      this.#into.contexts.readPlace(context, this.#place)
    }
    return this.#place
  }
}
