import { type Column } from '../base/column.ts'
import { IN_TASK, IN_UNKNOWN } from '../model/context-table.ts'
import { type ContextId, type EventRow, NONE, type ShapeId, type StackId } from '../model/ids.ts'
import { framesOf } from '../model/stack-depot.ts'
import { type Trace } from '../model/trace.ts'
import { ENTRY_FRAMES, INTERRUPT_FRAMES } from './frame-rules.ts'
import { bareSymbol } from './holder-frame.ts'

/**
 * The end of a task, as the events of its pid prove it. What the trace does not show a task do is no proof: a task
 * without a `TaskExit` may have exited or not.
 */
export interface TaskExit {
  /** The event that proves it: of the whole process where one does, else of the thread. */
  readonly row: EventRow
  /** First and last event of the task on its way out. What it holds may be given back until the last, and soon after. */
  readonly first: EventRow
  readonly last: EventRow
  /** The process is gone, not one thread of it whose siblings go on. */
  readonly isProcess: boolean
}

const NO_PROOF = 0
/** The task was at work. */
const ALIVE = 1
const THREAD = 2
const PROCESS = 3

/** An exit while its events are gathered. */
type GrowingExit = { -readonly [Field in keyof TaskExit]: TaskExit[Field] }

/**
 * Finds the tasks that exited, event by event in order of time. An event proves it that the task caused with `do_exit()` in
 * its stack, since nothing comes back from there (kernel/exit.c), or its own `sched_process_exit`. The last user of an
 * address space may be any task that reads it, and exec leaves one without an end: `exit_mmap()` without `do_exit()` proves
 * nothing.
 *
 * The process is gone when the exit was asked for the group by exit_group(2), when the exiting thread tore down the address
 * space that all its threads share, or where the kernel says so (`group_dead=true`, 6.16 and later). A thread that a
 * signal killed is one thread: a sibling's exec kills the others just so (fs/exec.c de_thread()).
 *
 * A pid that does anything else after its exit is a new task's.
 */
export class ExitFinder {
  /** By pid, in order of time. */
  readonly found = new Map<number, GrowingExit[]>()
  /** By pid, those that its next event may go on with. */
  readonly #going = new Map<number, GrowingExit>()
  readonly #context: Column<ContextId>
  readonly #shape: Column<ShapeId>
  readonly #byShape: Uint8Array
  readonly #byStack: Uint8Array
  readonly #pidOf: Int32Array
  readonly #isTask: Uint8Array

  constructor(trace: Trace) {
    this.#context = trace.events.context
    this.#shape = trace.events.shape
    this.#byShape = shapeProofs(trace)
    this.#byStack = stackProofs(trace)
    this.#pidOf = pidsOfContexts(trace)
    this.#isTask = Uint8Array.from({ length: trace.contexts.length }, (_, context) =>
      isInterrupt(trace.contexts.irq[context]) ? 0 : 1,
    )
  }

  /** Takes the next event, with its stack. */
  take(row: EventRow, stack: StackId): void {
    this.#follow(row, Math.max(this.#byShape[this.#shape[row]], stack < 0 ? NO_PROOF : this.#byStack[stack]))
  }

  /** As `take`, of a page reference, which proves by its stack alone. */
  takeReference(row: EventRow, stack: StackId): void {
    if (stack >= 0) this.#follow(row, this.#byStack[stack])
  }

  #follow(row: EventRow, proof: number): void {
    if (proof === NO_PROOF || (proof === ALIVE && this.#going.size === 0)) return
    const context = this.#context[row]
    const pid = this.#pidOf[context]
    if (pid <= 0) return // <idle>, and perf's -1 for a task it cannot tell, are many in one
    if (proof !== ALIVE) this.#goOn(pid, row, proof === PROCESS)
    else if (this.#isTask[context] === 1) this.#going.delete(pid)
  }

  #goOn(pid: number, row: EventRow, isProcess: boolean): void {
    const exit = this.#going.get(pid)
    if (exit === undefined) return this.#begin(pid, { row, first: row, last: row, isProcess })
    exit.last = row
    if (!isProcess || exit.isProcess) return
    exit.row = row
    exit.isProcess = true
  }

  #begin(pid: number, exit: GrowingExit): void {
    this.#going.set(pid, exit)
    const exits = this.found.get(pid)
    if (exits === undefined) this.found.set(pid, [exit])
    else exits.push(exit)
  }
}

function pidsOfContexts({ contexts, tasks }: Trace): Int32Array {
  return Int32Array.from({ length: contexts.length }, (_, context) => tasks.pid[contexts.task[context]])
}

/** What events of each shape say of the task that caused them, whatever their stack. */
function shapeProofs({ shapes, strings }: Trace): Uint8Array {
  const proofs = new Uint8Array(shapes.length)
  for (let shape = 0; shape < shapes.length; shape++) {
    if (strings.text(shapes.name[shape]) !== 'sched_process_exit') continue
    const args = shapes.args[shape]
    proofs[shape] = args !== NONE && /\bgroup_dead=(?:true|1)\b/.test(strings.text(args)) ? PROCESS : THREAD
  }
  return proofs
}

/** What an interrupt does says nothing of the task; that it met the task in do_exit() does. */
function isInterrupt(irq: number): boolean {
  return irq !== IN_TASK && irq !== IN_UNKNOWN
}

/** An exit that was asked for the whole group: the system call by the names it has on each architecture. */
const EXIT_GROUP = /^(?:__(?:x64|ia32|arm64|se|do|riscv|s390x?)_(?:compat_)?sys_exit_group|(?:SyS|sys)_exit_group)$/
/** A user's page fault ends a stack as a system call does. */
const USER_FAULT = /^(?:asm_)?exc_page_fault$/

function stackProofs(trace: Trace): Uint8Array {
  const symbols = Array.from({ length: trace.frames.length }, (_, frame) => symbolOf(trace, frame))
  const proofs = new Uint8Array(trace.stacks.length)
  for (let stack = 0; stack < proofs.length; stack++) {
    const frames = framesOf(trace.stacks, stack as StackId)
    const has = (isIt: (symbol: string) => boolean): boolean => {
      for (let at = 0; at < frames.length; at++) if (isIt(symbols[frames[at]])) return true
      return false
    }
    if (has((symbol) => symbol === 'do_exit'))
      proofs[stack] = has((symbol) => symbol === 'exit_mmap' || EXIT_GROUP.test(symbol)) ? PROCESS : THREAD
    else if (frames.length > 0 && isWhole(symbols[frames[frames.length - 1]])) proofs[stack] = ALIVE
  }
  return proofs
}

/** The kernel's own function; empty for one of a module, which may have any name. */
function symbolOf({ frames, strings }: Trace, frame: number): string {
  return frames.module[frame] === NONE ? bareSymbol(strings.text(frames.symbol[frame])) : ''
}

/** True for the outermost frame of a stack that was recorded to its end: what is not in it did not call. */
function isWhole(symbol: string): boolean {
  return USER_FAULT.test(symbol) || (ENTRY_FRAMES.test(symbol) && !INTERRUPT_FRAMES.test(symbol))
}
