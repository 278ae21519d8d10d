import { IN_NMI, IN_UNKNOWN } from '../../model/context-table.ts'
import { type EventRow, NONE } from '../../model/ids.ts'

/** Levels that can be open on one CPU: task, softirq, hardirq, NMI. */
const LEVELS = IN_NMI + 1
/** Without a flags column nesting cannot be read, only guessed: this many events may wait at once. */
const UNKNOWN_DEPTH = 4
/**
 * Longest time between an event and its stack. Where the flags column tells the nesting, only a guest whose CPU was away
 * takes long; softirqs of tens of ms do come between.
 */
export const STACK_LIMIT_NS = 1_000_000_000
/** The same where the nesting is guessed and another entry came between. */
const GUESSED_LIMIT_NS = 50_000_000

/** Where an entry of the ring buffer was written. */
export interface EntryPlace {
  readonly cpu: number
  readonly pid: number
  /** One of the IN_ constants. */
  readonly irq: number
}

interface Waiting {
  readonly row: number
  readonly time: number
}

/** What waits for its stack on one CPU. */
interface CpuState {
  pid: number
  /** Event that waits, by irq level; NONE. A level is emptied by the next event of the same or a lower one. */
  readonly rows: Int32Array
  readonly times: Float64Array
  /** The same for files without a flags column, newest last. */
  unknown: Waiting[]
  /** True when the entry before was the event that waits at the top. */
  isAdjacent: boolean
  /** True when the entry before was a stack that found its event. */
  isAfterStack: boolean
}

/**
 * Finds the event of a stack. The kernel writes the stack as an entry of its own right after the event, on the same CPU
 * and by the same task (kernel/trace/trace.c trace_buffer_unlock_commit_regs()), with preemption off: only interrupts
 * can come between, and they nest.
 *
 *     task E1    softirq E2   S2   S1        E1 waits under E2
 *     task E1    task    E2   S2             E1 has no stack: nothing but an interrupt fits between E1 and S1
 */
export class StackBinder {
  /** After `take` found none: true when the stack is one more of the event that just had its own. */
  isSecond = false
  readonly #cpus: CpuState[] = []
  /** Deeper than one only until an event with two stacks is seen: then `S2 S1` can no longer be told from `S2 S2`. */
  #unknownDepth = UNKNOWN_DEPTH

  /** An event of the CPU in `at` now waits for a stack. */
  event(at: EntryPlace, row: EventRow, time: number): void {
    const state = this.#stateOf(at.cpu)
    if (state.pid !== at.pid) this.#reset(state, at.pid)
    state.isAdjacent = true
    state.isAfterStack = false
    if (at.irq === IN_UNKNOWN) {
      state.unknown.push({ row, time })
      while (state.unknown.length > this.#unknownDepth) state.unknown.shift()
      return
    }
    state.rows[at.irq] = row
    state.times[at.irq] = time
    for (let level = at.irq + 1; level < LEVELS; level++) state.rows[level] = NONE
  }

  /** An event had its stack right behind it, at a known irq level: as `event` and `take`. */
  settle(at: EntryPlace): void {
    const state = this.#stateOf(at.cpu)
    if (state.pid !== at.pid) this.#reset(state, at.pid)
    for (let level = at.irq; level < LEVELS; level++) state.rows[level] = NONE
    state.isAdjacent = false
    state.isAfterStack = true
  }

  /** Takes the event that a stack entry belongs to, or NONE. `isBounded` is false when times are counts. */
  take(at: EntryPlace, time: number, isBounded: boolean): EventRow {
    const state = this.#stateOf(at.cpu)
    const isGuessed = at.irq === IN_UNKNOWN && !state.isAdjacent
    const limit = !isBounded ? Infinity : isGuessed ? GUESSED_LIMIT_NS : STACK_LIMIT_NS
    const isAfterStack = state.isAfterStack && state.pid === at.pid
    state.isAdjacent = false
    state.isAfterStack = false
    this.isSecond = false
    if (state.pid !== at.pid) {
      this.#reset(state, at.pid)
      return NONE as EventRow
    }
    const waiting = at.irq === IN_UNKNOWN ? state.unknown.pop() : this.#takeLevel(state, at.irq)
    if (waiting === undefined || Math.abs(time - waiting.time) > limit) {
      this.isSecond = isAfterStack
      if (isAfterStack) this.#unknownDepth = 1
      return NONE as EventRow
    }
    state.isAfterStack = true
    return waiting.row as EventRow
  }

  /** Events were lost on this CPU: nothing may reach over the gap. */
  forget(cpu: number): void {
    const state = this.#cpus[cpu + 1]
    if (state !== undefined) this.#reset(state, NONE)
  }

  /** A new part of the file begins. */
  forgetAll(): void {
    for (const state of this.#cpus) if (state !== undefined) this.#reset(state, NONE)
  }

  #takeLevel(state: CpuState, irq: number): Waiting | undefined {
    for (let level = irq + 1; level < LEVELS; level++) state.rows[level] = NONE
    const row = state.rows[irq]
    state.rows[irq] = NONE
    return row < 0 ? undefined : { row, time: state.times[irq] }
  }

  #reset(state: CpuState, pid: number): void {
    state.pid = pid
    state.rows.fill(NONE)
    state.unknown = []
    state.isAdjacent = false
    state.isAfterStack = false
  }

  #stateOf(cpu: number): CpuState {
    return (this.#cpus[cpu + 1] ??= {
      pid: NONE,
      rows: new Int32Array(LEVELS).fill(NONE),
      times: new Float64Array(LEVELS),
      unknown: [],
      isAdjacent: false,
      isAfterStack: false,
    })
  }
}
