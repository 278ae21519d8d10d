import { type PlaceAnswer, type StackAnswer, type TaskAnswer, type TimeAnswer } from './wire.ts'

/** A window of rows of the event table. All filters are "and". */
export interface EventsQuestion {
  /** Only events of this page (its head). */
  readonly pfn?: number
  /** Only events with this name. */
  readonly name?: string
  /** Only events whose stack has this hash. */
  readonly stackHash?: string
  readonly pid?: number
  readonly comm?: string
  /** Window in `TimeNs`, both ends included. */
  readonly from?: number
  readonly to?: number
  readonly offset: number
  readonly limit: number
}

/** One event as a table row. */
export interface EventAnswer {
  readonly place: PlaceAnswer
  readonly time: TimeAnswer
  readonly name: string
  /** -1 when the event names no page. */
  readonly pfn: number
  readonly task: TaskAnswer
  readonly cpu: number
  readonly irq: 'task' | 'softirq' | 'hardirq' | 'nmi' | 'unknown'
  /** `+1`, `-1`, `set 1`, `freeze 2 refused`; empty for other events. */
  readonly operation: string
  readonly count: number
  readonly isExact: boolean
  readonly mapcount?: number
  readonly flags: string
  readonly mt: number
  /** Other arguments as printed. */
  readonly args: string
  readonly gap: number
  readonly stack: StackAnswer
}

/** Answer to `events`. */
export interface EventsAnswer {
  readonly total: number
  readonly offset: number
  readonly rows: readonly EventAnswer[]
}
