import { type Endpoint } from 'comlink'

/** What is needed of a browser's locks. */
export type Locks = Pick<LockManager, 'request'>

/** `pulse`: the name of a lock that the worker is to hold while it lives; in its answer `isHeld` says whether it does. */
interface PulseMessage {
  readonly pulse: string
  readonly isHeld?: boolean
  /** The page is put away, and may come back: a page with locks would not. */
  readonly isOver?: true
}

/** A worker that has said nothing for so long has never begun. Counted in turns of this thread: while it is frozen none passes. */
const MOST_TURNS = 60
const TURN_MS = 1000

/**
 * In a worker: holds the lock that whoever started it waits for. A browser takes a lock from a worker that has ended, however
 * it ended, and from no other: one that computes for a minute, or is frozen, still has it. A heartbeat could not tell these.
 */
export function keepPulse(endpoint: Endpoint = ownScope(), locks = ownLocks()): void {
  let letGo = (): void => undefined
  const answer = (pulse: string, isHeld: boolean): void =>
    endpoint.postMessage({ pulse, isHeld } satisfies PulseMessage, [])
  endpoint.addEventListener('message', (event) => {
    const message = pulseOf(event)
    if (message === undefined) return
    letGo()
    if (message.isOver === true) return
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const { pulse } = message
    const request = locks?.request(pulse, () => {
      answer(pulse, true)
      return held
    })
    // A page of a disk, or one that came over plain http, has no locks: a worker's own errors are all that tells.
    if (request === undefined) answer(pulse, false)
    request?.catch(() => answer(pulse, false))
  })
  endpoint.addEventListener('messageerror', () => {
    throw new Error('what was sent to the worker could not be read') // heard there as an error of this worker
  })
}

/** Calls `onGone`, with words if there are any, when the worker of `keepPulse` is gone or has never begun. Gives back what stops. */
export function watchPulse(worker: Endpoint, onGone: (words: string) => void, locks = ownLocks()): () => void {
  const stopped = new AbortController()
  let watch = new Watch(worker, onGone, locks)
  // Where pages are put away as they are, to be shown again, none is that has locks.
  const onHide = (): void => watch.stop(true)
  const onShow = (event: Event): void => {
    if ('persisted' in event && event.persisted === true) watch = new Watch(worker, onGone, locks)
  }
  const { signal } = stopped
  globalThis.addEventListener?.('pagehide', onHide, { signal })
  globalThis.addEventListener?.('pageshow', onShow, { signal })
  return () => {
    stopped.abort()
    watch.stop(false)
  }
}

/** One lock from its asking on. */
class Watch {
  readonly #worker: Endpoint
  readonly #onGone: (words: string) => void
  readonly #locks: Locks | undefined
  readonly #name = `pinscope-worker-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`
  readonly #stopped = new AbortController()
  #turns: ReturnType<typeof setInterval>
  #left = MOST_TURNS
  /** The lock is free though the worker has just said that it holds it. */
  #isFree = false

  constructor(worker: Endpoint, onGone: (words: string) => void, locks: Locks | undefined) {
    this.#worker = worker
    this.#onGone = onGone
    this.#locks = locks
    worker.addEventListener('message', this.#onMessage)
    this.#turns = this.#ask()
  }

  /** Asks for a sign, and waits so long for it. */
  #ask(): ReturnType<typeof setInterval> {
    this.#left = MOST_TURNS
    this.#worker.postMessage({ pulse: this.#name } satisfies PulseMessage, [])
    return setInterval(() => this.#turn(), TURN_MS)
  }

  /** `isKept`: the worker stays, and lets go of the lock. */
  stop(isKept: boolean): void {
    if (this.#stopped.signal.aborted) return
    this.#stopped.abort()
    clearInterval(this.#turns)
    this.#worker.removeEventListener('message', this.#onMessage)
    if (isKept) this.#worker.postMessage({ pulse: this.#name, isOver: true } satisfies PulseMessage, [])
  }

  readonly #onMessage = (event: Event): void => {
    const message = pulseOf(event)
    if (message?.pulse !== this.#name) return
    clearInterval(this.#turns)
    if (message.isHeld === true && !this.#isFree) void this.#lookAtLock()
  }

  /**
   * Where the storage of a page was cleared, workers that begin after that share no lock with it: theirs are free here at once.
   * Such a one is asked for another sign, and then taken to live, as where there are no locks.
   */
  async #lookAtLock(): Promise<void> {
    const look = (lock: unknown): void => void (this.#isFree = lock !== null)
    await this.#locks?.request(this.#name, { ifAvailable: true }, look).catch(() => undefined) // told by what it holds
    if (this.#stopped.signal.aborted) return
    if (this.#isFree) this.#turns = this.#ask()
    else await this.#await()
  }

  /** The lock is free when the worker is gone. */
  async #await(): Promise<void> {
    const { signal } = this.#stopped
    const gone = (): void => {
      if (!signal.aborted) this.#onGone('')
    }
    await this.#locks?.request(this.#name, { signal }, gone).catch(() => undefined) // it was stopped
  }

  #turn(): void {
    this.#left--
    if (this.#left > 0) return
    this.stop(false)
    this.#onGone('it never began')
  }
}

function pulseOf(event: Event): PulseMessage | undefined {
  const data: unknown = 'data' in event ? event.data : undefined
  const isPulse = typeof data === 'object' && data !== null && 'pulse' in data && typeof data.pulse === 'string'
  // Only `Watch` and `keepPulse` send what has a pulse.
  return isPulse ? (data as PulseMessage) : undefined
}

function ownScope(): Endpoint {
  // A worker's scope is one: the types are those of a page.
  return globalThis as unknown as Endpoint
}

/** Absent in a page that came over plain http, whatever the types say, and outside a browser. */
function ownLocks(): Locks | undefined {
  return (globalThis as { readonly navigator?: { readonly locks?: LockManager } }).navigator?.locks
}
