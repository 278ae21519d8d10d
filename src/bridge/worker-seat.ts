import { type Endpoint, releaseProxy, wrap } from 'comlink'
import { problemOf, problemOfError } from './bridge-problem.ts'
import { type BridgeProblem, type TraceApi } from './protocol.ts'
import { onWorkerDeath } from './worker-death.ts'

/** What is needed of a `Worker`; a message port with a `terminate` does for tests. */
export interface WorkerLike extends Endpoint {
  terminate(): void
}

/** Either what a call answered, or why it never will. */
export type CallResult<T> =
  | { readonly isDone: true; readonly value: T }
  | { readonly isDone: false; readonly problem: BridgeProblem }

/**
 * One worker with the calls that wait for it. A call always ends: with its answer, or with a problem when the worker
 * dies or is ended meanwhile.
 */
export class WorkerSeat {
  readonly #worker: WorkerLike
  readonly #api: TraceApi
  readonly #release: () => void
  readonly #stopWatching: () => void
  readonly #onDied: (problem: BridgeProblem) => void
  readonly #waiting = new Set<(problem: BridgeProblem) => void>()
  #ended: BridgeProblem | undefined

  /** `onDied` is called when it ended by itself, before the calls that wait are told. */
  constructor(worker: WorkerLike, onDied: (problem: BridgeProblem) => void = () => undefined) {
    this.#worker = worker
    const remote = wrap<TraceApi>(worker)
    // Every method of TraceApi answers with a promise, so the remote has the very same shape.
    this.#api = remote
    this.#release = () => remote[releaseProxy]()
    this.#onDied = onDied
    this.#stopWatching = onWorkerDeath(worker, (words) => this.#die(words))
  }

  /** Why the worker is gone; undefined while it lives. */
  get ended(): BridgeProblem | undefined {
    return this.#ended
  }

  /** Calls the worker. Never rejects. */
  call<T>(use: (api: TraceApi) => Promise<T>): Promise<CallResult<T>> {
    if (this.#ended !== undefined) return Promise.resolve({ isDone: false, problem: this.#ended })
    return new Promise((resolve) => {
      const stop = (problem: BridgeProblem): void => resolve({ isDone: false, problem })
      this.#waiting.add(stop)
      use(this.#api)
        .then(
          (value) => resolve({ isDone: true, value }),
          (error: unknown) => stop(problemOfError(error)),
        )
        .finally(() => this.#waiting.delete(stop))
    })
  }

  /** Ends the worker; calls that still wait get the problem. */
  end(problem: BridgeProblem): void {
    if (this.#ended !== undefined) return
    this.#ended = problem
    this.#stopWatching()
    this.#release()
    this.#worker.terminate()
    for (const stop of this.#waiting) stop(problem)
    this.#waiting.clear()
  }

  #die(words: string): void {
    const what = words === '' ? 'without a word (out of memory, mostly)' : `with: ${words}`
    const problem = problemOf(
      'worker_died',
      `The worker ended ${what}. Open the files again; fewer at once need less memory.`,
    )
    this.#onDied(problem)
    this.end(problem)
  }
}
