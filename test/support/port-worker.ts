import { exposeSession } from '../../src/bridge/door.ts'
import { type WorkerLike } from '../../src/bridge/worker-seat.ts'

type Listener = (event: { readonly message?: string }) => void

/** A worker's stand-in: a session behind a real message channel, so that everything is cloned as between threads. */
export class PortWorker implements WorkerLike {
  isTerminated = false
  readonly #channel = new MessageChannel()
  readonly #errorListeners = new Set<Listener>()

  constructor() {
    exposeSession(this.#channel.port2)
    this.#channel.port2.start()
    this.#channel.port1.start()
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#channel.port1.postMessage(message, transfer)
  }

  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type === 'error') this.#errorListeners.add(listener as Listener)
    else this.#channel.port1.addEventListener(type, listener)
  }

  removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type === 'error') this.#errorListeners.delete(listener as Listener)
    else this.#channel.port1.removeEventListener(type, listener)
  }

  terminate(): void {
    this.isTerminated = true
    this.#channel.port1.close()
    this.#channel.port2.close()
  }

  /** Dies as a real worker does when memory runs out. */
  die(message: string): void {
    for (const listener of this.#errorListeners) listener({ message })
  }
}
