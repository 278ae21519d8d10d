import { type Connection } from '../bridge/connect.ts'
import { CaptureStore } from './capture-store.ts'

/** What a capture needs of a connection; one that is ended needs `dispose` too. */
export type CaptureConnection = Pick<Connection, 'api' | 'cancel' | 'indexes'> &
  Partial<Pick<Connection, 'dispose' | 'rulesText' | 'files' | 'onLost' | 'reopen'>>

/** The captures that are open: A, which every screen is about, and B, which it is compared with. */
export interface OpenCaptures {
  readonly a: CaptureStore
  /** Absent until files of a second capture are opened. */
  readonly b?: CaptureStore
}

interface Seat {
  readonly connection: CaptureConnection
  readonly store: CaptureStore
}

/** Numbers of one store's captures, so that no answer about one is ever taken for another's. */
const NUMBERS_APART = 1_000_000

/**
 * Two captures, each with a store, a connection and so a worker of its own: what is read or asked of B never disturbs A.
 * Closing B ends its worker, and its memory with it.
 */
export class CapturePair {
  readonly #connect: () => CaptureConnection
  readonly #listeners = new Set<() => void>()
  #a: Seat
  #b: Seat | undefined
  #state: OpenCaptures
  #stores = 1

  constructor(connection: CaptureConnection, connectOther: () => CaptureConnection) {
    this.#connect = connectOther
    this.#a = { connection, store: new CaptureStore(connection) }
    this.#state = { a: this.#a.store }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): OpenCaptures => this.#state

  /** The store of B; a new one, with a worker of its own, when there is none. */
  other(): CaptureStore {
    if (this.#b === undefined) {
      const connection = this.#connect()
      this.#b = { connection, store: new CaptureStore(connection, NUMBERS_APART * this.#stores++) }
      this.#tell()
    }
    return this.#b.store
  }

  /** Lets B go. */
  readonly closeOther = (): void => {
    const closed = this.#b
    this.#b = undefined
    this.#tell()
    closed?.store.cancel()
    closed?.connection.dispose?.()
  }

  /** A becomes B, and B becomes A. Nothing is read again. */
  readonly swap = (): void => {
    if (this.#b === undefined) return
    const { connection, store } = this.#a
    this.#a = this.#b
    this.#b = { connection, store }
    this.#tell()
  }

  /** Judges B by the rules that A was judged by. */
  async judgeAlike(): Promise<void> {
    const text = this.#a.connection.rulesText?.()
    if (text !== undefined) await this.#b?.store.applyRules({ how: 'instead', text })
  }

  #tell(): void {
    this.#state = { a: this.#a.store, ...(this.#b === undefined ? {} : { b: this.#b.store }) }
    for (const listener of this.#listeners) listener()
  }
}
