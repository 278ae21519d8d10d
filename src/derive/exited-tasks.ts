import { oncePer } from '../base/once-per.ts'
import { IN_TASK, IN_UNKNOWN } from '../model/context-table.ts'
import { type EventRow, NONE, type StackId } from '../model/ids.ts'
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

/** The exit that the task of a pid met after an event of its; undefined when the trace does not prove one. */
export type ExitAfter = (pid: number, row: EventRow) => TaskExit | undefined

/**
 * Finds the tasks that exited. An event proves it that the task caused with `do_exit()` in its stack, since nothing comes back
 * from there (kernel/exit.c), or its own `sched_process_exit`. The last user of an address space may be any task that
 * reads it, and exec leaves one without an end: `exit_mmap()` without `do_exit()` proves nothing.
 *
 * The process is gone when the exit was asked for the group by exit_group(2), when the exiting thread tore down the address
 * space that all its threads share, or where the kernel says so (`group_dead=true`, 6.16 and later). A thread that a
 * signal killed is one thread: a sibling's exec kills the others just so (fs/exec.c de_thread()).
 *
 * A pid that does anything else after its exit is a new task's. O(events) at the first call, then O(exits of the pid).
 */
export const exitsOf: (trace: Trace) => ExitAfter = oncePer((trace) => {
  const byPid = findExits(trace)
  return (pid, row) => {
    const next = byPid.get(pid)?.find(({ last }) => last > row)
    return next === undefined || next.first <= row ? undefined : next
  }
})

const NO_PROOF = 0
/** The task was at work. */
const ALIVE = 1
const THREAD = 2
const PROCESS = 3

/** An exit while its events are gathered. */
type GrowingExit = { -readonly [Field in keyof TaskExit]: TaskExit[Field] }

function findExits(trace: Trace): ReadonlyMap<number, readonly TaskExit[]> {
  const { events, contexts, tasks } = trace
  const proofs = proofsOf(trace)
  const found = new Map<number, GrowingExit[]>()
  /** Those that the next event of their pid may go on with. */
  const going = new Map<number, GrowingExit>()
  for (let row = 0; row < events.length; row++) {
    const proof = proofs.of(row)
    if (proof === NO_PROOF || (proof === ALIVE && going.size === 0)) continue
    const pid = tasks.pid[contexts.task[events.context[row]]]
    if (pid <= 0) continue // <idle>, and perf's -1 for a task it cannot tell, are many in one
    if (proof === ALIVE) going.delete(pid)
    else goOn(found, going, pid, row as EventRow, proof === PROCESS)
  }
  return found
}

function goOn(
  found: Map<number, GrowingExit[]>,
  going: Map<number, GrowingExit>,
  pid: number,
  row: EventRow,
  isProcess: boolean,
): void {
  const exit = going.get(pid)
  if (exit === undefined) {
    const begun = { row, first: row, last: row, isProcess }
    going.set(pid, begun)
    const exits = found.get(pid)
    if (exits === undefined) found.set(pid, [begun])
    else exits.push(begun)
    return
  }
  exit.last = row
  if (!isProcess || exit.isProcess) return
  exit.row = row
  exit.isProcess = true
}

/** What an event says of the task that caused it. */
function proofsOf(trace: Trace): { of(row: number): number } {
  const { events, contexts, shapes, strings } = trace
  const byStack = stackProofs(trace)
  const byShape = new Uint8Array(shapes.length)
  for (let shape = 0; shape < shapes.length; shape++) {
    if (strings.text(shapes.name[shape]) !== 'sched_process_exit') continue
    const args = shapes.args[shape]
    byShape[shape] = args !== NONE && /\bgroup_dead=(?:true|1)\b/.test(strings.text(args)) ? PROCESS : THREAD
  }
  return {
    of: (row) => {
      const stack = events.stack[row]
      const told = Math.max(byShape[events.shape[row]], stack < 0 ? NO_PROOF : byStack[stack])
      return told === ALIVE && isInterrupt(contexts.irq[events.context[row]]) ? NO_PROOF : told
    },
  }
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
