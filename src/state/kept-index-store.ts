import { type KeptIndexes, type KeptIndexesAnswer } from '../bridge/protocol.ts'

/** Where the choice is written down. */
type ChoiceStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const CHOICE = 'pinscope-keep-indexes'
const OFF = 'off'

/** What the page knows of the indexes that are kept in this browser. */
export interface KeptIndexState {
  /** Indexes are kept and used. */
  readonly isOn: boolean
  /** Absent until it was looked. */
  readonly kept?: KeptIndexesAnswer
  /** Something stays that another tab is at. */
  readonly isHeld: boolean
}

/**
 * Holds whether indexes are kept, which is remembered, and what is kept. Switched off, nothing is written, and what was kept
 * goes.
 */
export class KeptIndexStore {
  readonly #indexes: KeptIndexes
  readonly #stopKeeping: () => Promise<void>
  readonly #storage: ChoiceStorage | undefined
  readonly #listeners = new Set<() => void>()
  #state: KeptIndexState

  constructor(indexes: KeptIndexes, stopKeeping: () => Promise<void>, storage = choiceStorage()) {
    this.#indexes = indexes
    this.#stopKeeping = stopKeeping
    this.#storage = storage
    this.#state = { isOn: storage?.getItem(CHOICE) !== OFF, isHeld: false }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) void this.refresh()
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): KeptIndexState => this.#state

  /** Looks again at what is kept. */
  readonly refresh = async (): Promise<void> => this.#set({ kept: await this.#indexes.list() })

  readonly switchOn = (): void => {
    this.#storage?.removeItem(CHOICE)
    this.#set({ isOn: true })
  }

  /** Keeps nothing any more, and removes what was kept. */
  readonly switchOff = async (): Promise<void> => {
    this.#storage?.setItem(CHOICE, OFF)
    this.#set({ isOn: false })
    await this.clear()
  }

  /** Removes everything that is kept; what is being written is given up. */
  readonly clear = async (): Promise<void> => {
    await this.#stopKeeping()
    this.#set({ isHeld: !(await this.#indexes.clear()) })
    await this.refresh()
  }

  readonly remove = async (key: string): Promise<void> => {
    this.#set({ isHeld: !(await this.#indexes.remove(key)) })
    await this.refresh()
  }

  #set(change: Partial<KeptIndexState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** The browser's; undefined where it allows none, and the choice lasts until the page is left. */
function choiceStorage(): ChoiceStorage | undefined {
  try {
    return (globalThis as { localStorage?: ChoiceStorage }).localStorage
  } catch {
    return undefined
  }
}
