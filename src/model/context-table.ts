import { type Column, column, narrow } from '../base/column.ts'
import { type ContextId, type StringId, type TaskId } from './ids.ts'
import { TupleInterner } from './tuple-interner.ts'

/** Irq context of an event, from the flags column. */
export const IN_TASK = 0
export const IN_SOFTIRQ = 1
export const IN_HARDIRQ = 2
export const IN_NMI = 3
/** The file has no flags column. */
export const IN_UNKNOWN = 4

/** Distinct tasks: a pid (thread id, as traced) with the comm printed beside it. pid 0 is `<idle>`. */
export interface TaskTable {
  readonly length: number
  readonly pid: Column<number>
  readonly comm: Column<StringId>
}

/** Distinct contexts: a task on a CPU in an irq context. */
export interface ContextTable {
  readonly length: number
  readonly task: Column<TaskId>
  /** CPU number, or NONE when the line has none. */
  readonly cpu: Column<number>
  /** IN_TASK, IN_SOFTIRQ, IN_HARDIRQ, IN_NMI or IN_UNKNOWN. */
  readonly irq: Column<number>
}

/** Rows of both tables: `pid, comm` and `task, cpu, irq`. */
export interface ContextRows {
  readonly tasks: Int32Array
  readonly contexts: Int32Array
}

/** Fills both tables. */
export class ContextTableBuilder {
  readonly #tasks = new TupleInterner(2)
  readonly #contexts = new TupleInterner(3)

  get length(): number {
    return this.#contexts.length
  }

  internTask(pid: number, comm: StringId): TaskId {
    this.#tasks.probe[0] = pid
    this.#tasks.probe[1] = comm
    return this.#tasks.intern() as TaskId
  }

  intern(task: TaskId, cpu: number, irq: number): ContextId {
    this.#contexts.probe[0] = task
    this.#contexts.probe[1] = cpu
    this.#contexts.probe[2] = irq
    return this.#contexts.intern() as ContextId
  }

  pidOf(context: ContextId): number {
    return this.#tasks.at(this.#contexts.at(context, 0), 0)
  }

  commOf(context: ContextId): StringId {
    return this.#tasks.at(this.#contexts.at(context, 0), 1) as StringId
  }

  /** Writes CPU, pid and irq context of a context into `place`. */
  readPlace(context: number, place: { cpu: number; pid: number; irq: number }): void {
    place.pid = this.#tasks.at(this.#contexts.at(context, 0), 0)
    place.cpu = this.#contexts.at(context, 1)
    place.irq = this.#contexts.at(context, 2)
  }

  /** All tasks and contexts so far, in the order of their ids. */
  rows(): ContextRows {
    return { tasks: this.#tasks.rows(), contexts: this.#contexts.rows() }
  }

  /** Interns what another builder gave; `text` are the ids of its texts here. The ids that its contexts have here. */
  takeRows({ tasks, contexts }: ContextRows, text: Int32Array): Int32Array {
    const task = new Int32Array(tasks.length / 2)
    for (let id = 0; id < task.length; id++) {
      const comm = tasks[id * 2 + 1]
      task[id] = this.internTask(tasks[id * 2], (comm < 0 ? comm : text[comm]) as StringId)
    }
    const ids = new Int32Array(contexts.length / 3)
    for (let id = 0; id < ids.length; id++) {
      ids[id] = this.intern(task[contexts[id * 3]] as TaskId, contexts[id * 3 + 1], contexts[id * 3 + 2])
    }
    return ids
  }

  buildTasks(): TaskTable {
    return {
      length: this.#tasks.length,
      pid: column(narrow(this.#tasks.columnOf(0))),
      comm: column(narrow(this.#tasks.columnOf(1))),
    }
  }

  buildContexts(): ContextTable {
    return {
      length: this.#contexts.length,
      task: column(narrow(this.#contexts.columnOf(0))),
      cpu: column(narrow(this.#contexts.columnOf(1))),
      irq: column(narrow(this.#contexts.columnOf(2))),
    }
  }
}
