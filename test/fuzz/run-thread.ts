import { Worker } from 'node:worker_threads'
import { type Fault, type FuzzCase, unpackCase } from './fuzz-case.ts'
import { type Figures, HEAD_BYTES, NOW_BYTES, type ThreadMessage, type ThreadTask } from './engine/thread-messages.ts'

/** What a thread may have at most, MiB: more is a fault. With inputs that are many times as large, as many times that. */
const MOST_HEAP_MIB = 1200
/** An input that takes longer is taken not to end. Far more than any takes on a busy machine; larger ones have longer. */
const LONGEST_MS = 240_000
const LOOK_EVERY_MS = 1000

/** Who is told what a thread tells. */
export interface ThreadListener {
  onFigures(figures: Figures): void
  onKept(packed: Uint8Array): void
  onScaled(told: string): void
  onFound(fault: Fault, given: FuzzCase, nth: number): void
}

/** Why a thread ended, and behind which input. */
export interface ThreadEnd {
  readonly hasDied: boolean
  readonly last: number
}

/** Tries inputs in a thread until all are tried, time is over, or one of them kills the thread, which is a fault too. */
export function runThread(script: string, task: Omit<ThreadTask, 'now'>, listener: ThreadListener): Promise<ThreadEnd> {
  const now = new SharedArrayBuffer(HEAD_BYTES + NOW_BYTES)
  const head = new Uint32Array(now, 0, 3)
  head[0] = task.first
  const workerData: ThreadTask = { ...task, now }
  const times = Math.max(1, task.scale)
  const longestMs = LONGEST_MS * times
  const worker = new Worker(script, { workerData, resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MIB * times } })
  return new Promise((settle) => {
    let isDone = false
    let since = Date.now()
    let seen = -1
    const end = (hasDied: boolean): void => {
      clearInterval(looking)
      settle({ hasDied, last: Atomics.load(head, 0) })
    }
    const killedBy = (check: string, message: string): void => {
      if (isDone) return
      isDone = true
      const packed = new Uint8Array(now, HEAD_BYTES, head[1]).slice()
      listener.onFound({ check, message, signature: `${check}: ${message.slice(0, 60)}` }, unpackCase(packed), head[0])
    }
    const looking = setInterval(() => {
      const pulse = Atomics.load(head, 2)
      if (pulse !== seen) [seen, since] = [pulse, Date.now()]
      if (Date.now() - since < longestMs) return
      killedBy('end', `no end after ${longestMs / 1000} s`)
      void worker.terminate()
    }, LOOK_EVERY_MS)
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'progress' || message.kind === 'done') listener.onFigures(message.figures)
      if (message.kind === 'scaled') listener.onScaled(message.told)
      if (message.kind === 'kept') listener.onKept(message.packed)
      if (message.kind === 'found') listener.onFound(message.fault, unpackCase(message.packed), message.nth)
      if (message.kind !== 'done') return
      isDone = true
      void worker.terminate() // an input may have left a port open, which would keep the thread
    })
    worker.on('error', (error) =>
      killedBy('thread', error instanceof Error ? (error.stack ?? error.message) : String(error)),
    )
    worker.on('exit', () => {
      const hasDied = head[0] + 1 < task.inputs && Date.now() < task.endsAt && seen !== -1 && !hasEnded()
      end(hasDied)
    })
    let ended = false
    worker.on('message', (message: ThreadMessage) => (ended ||= message.kind === 'done'))
    const hasEnded = (): boolean => ended
  })
}
