import { type Locks } from '../../src/bridge/worker-pulse.ts'

type Request = { readonly run: () => Promise<unknown>; readonly end: (value: unknown) => void }

/** The locks of a browser, whose holders a test can end as a browser ends a worker's. */
export class FakeLocks {
  readonly #queues = new Map<string, Request[]>()

  readonly request: Locks['request'] = (name: string, ...given: readonly unknown[]) => {
    const [how, work] = given.length === 1 ? [{}, given[0]] : given
    const { signal, ifAvailable } = how as { readonly signal?: AbortSignal; readonly ifAvailable?: boolean }
    const isHeld = (this.#queues.get(name)?.length ?? 0) > 0
    if (ifAvailable === true)
      return Promise.resolve((work as (lock: unknown) => unknown)(isHeld ? null : {})) as Promise<never>
    // What the holder's promise comes to is of no interest to anybody.
    return this.#ask(name, work as () => unknown, signal) as Promise<never>
  }

  /** Whoever holds the lock is gone. */
  release(name: string): void {
    this.#queues.get(name)?.shift()
    void this.#run(name)
  }

  /** Names that are held. */
  get held(): readonly string[] {
    return [...this.#queues].filter(([, queue]) => queue.length > 0).map(([name]) => name)
  }

  #ask(name: string, work: () => unknown, signal?: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(name) ?? []
      this.#queues.set(name, queue)
      const request: Request = { run: async () => work(), end: resolve }
      queue.push(request)
      if (queue.length === 1) void this.#run(name)
      signal?.addEventListener('abort', () => {
        if (queue[0] !== request && queue.includes(request)) queue.splice(queue.indexOf(request), 1)
        reject(new Error('aborted'))
      })
    })
  }

  async #run(name: string): Promise<void> {
    const request = this.#queues.get(name)?.at(0)
    if (request === undefined) return
    request.end(await request.run())
    if (this.#queues.get(name)?.[0] === request) this.release(name)
  }
}
