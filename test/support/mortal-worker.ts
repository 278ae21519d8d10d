import { type Endpoint } from 'comlink'
import { type FakeLocks } from './fake-locks.ts'

/** When a worker dies, and whether it says so: at the n-th message that goes to it or comes from it, which is lost. */
export interface Fate {
  readonly at: number
  readonly how: 'error' | 'silence'
}

type Listener = (event: { readonly message?: string }) => void

/** A worker's stand-in behind a real message channel, which dies when its time has come. */
export class MortalWorker implements Endpoint {
  /** Messages that went to it and came from it. */
  count = 0
  isDead = false
  readonly #channel = new MessageChannel()
  readonly #listeners = new Map<unknown, EventListener>()
  readonly #errorListeners = new Set<Listener>()
  readonly #fate: Fate | undefined
  readonly #locks: FakeLocks
  #lock = ''
  #hasBegun = false

  constructor(expose: (endpoint: Endpoint) => void, locks: FakeLocks, fate?: Fate) {
    this.#fate = fate
    this.#locks = locks
    expose(this.#channel.port2)
    this.#channel.port2.start()
    this.#channel.port1.start()
    this.#channel.port1.addEventListener('message', (event) => this.#pass(event.data))
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (this.#pass(message)) this.#channel.port1.postMessage(message, transfer)
  }

  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type === 'error') this.#errorListeners.add(listener as Listener)
    if (type !== 'message') return
    const guarded = (event: Event): void => {
      if (!this.isDead) (listener as EventListener)(event)
    }
    this.#listeners.set(listener, guarded)
    this.#channel.port1.addEventListener(type, guarded)
  }

  removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type === 'error') this.#errorListeners.delete(listener as Listener)
    const guarded = this.#listeners.get(listener)
    if (guarded !== undefined) this.#channel.port1.removeEventListener(type, guarded)
  }

  terminate(): void {
    this.isDead = true
    this.#channel.port1.close()
    this.#channel.port2.close()
    if (this.#locks.held.includes(this.#lock)) this.#locks.release(this.#lock)
  }

  /** Ends as a worker does whose memory ran out, now. */
  die(how: Fate['how']): void {
    if (this.isDead) return
    this.terminate()
    // One of which nobody has heard that it holds its lock would be missed after a minute only: it says so here.
    if (how === 'error' || !this.#hasBegun) setTimeout(() => this.#tellError())
  }

  #tellError(): void {
    for (const listener of this.#errorListeners) listener({ message: 'out of memory' })
  }

  /** False where the message goes down with the worker. */
  #pass(message: unknown): boolean {
    if (this.isDead) return false
    if (typeof message === 'object' && message !== null && 'pulse' in message) this.#lock = String(message.pulse)
    this.count++
    if (this.#fate !== undefined && this.count >= this.#fate.at) this.die(this.#fate.how)
    if (!this.isDead && typeof message === 'object' && message !== null && 'isHeld' in message) this.#hasBegun = true
    return !this.isDead
  }
}
