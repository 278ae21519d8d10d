import { type KeptIndexes, type KeptIndexesAnswer } from '../bridge/protocol.ts'
import {
  INDEXES_VALUE,
  readKeptValue,
  removeKeptValue,
  type ValueStorage,
  valueStorage,
  writeKeptValue,
} from './kept-value.ts'

const OFF = 'off'

/** What the page knows of the indexes that are kept in this browser. */
export interface KeptIndexState {
  /** Indexes are kept and used. */
  readonly isOn: boolean
  /** Absent until it was looked. */
  readonly kept?: KeptIndexesAnswer
  /** Something stays that another tab is at. */
  readonly isHeld: boolean
  /** What was found of no use since the page was opened; absent when nothing was. */
  readonly useless?: Useless
}

type Useless = NonNullable<Extract<KeptIndexesAnswer, { readonly isAvailable: true }>['useless']>

/**
 * Holds whether indexes are kept, which is remembered, and what is kept. Switched off, nothing is written, and what was kept
 * goes.
 */
export class KeptIndexStore {
  readonly #indexes: KeptIndexes
  readonly #stopKeeping: () => Promise<void>
  readonly #storage: ValueStorage | undefined
  readonly #listeners = new Set<() => void>()
  #state: KeptIndexState

  constructor(indexes: KeptIndexes, stopKeeping: () => Promise<void>, storage = valueStorage()) {
    this.#indexes = indexes
    this.#stopKeeping = stopKeeping
    this.#storage = storage
    this.#state = { isOn: readKeptValue(INDEXES_VALUE, storage) !== OFF, isHeld: false }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) {
      void this.refresh()
      // Another tab may have kept, or cleared, what this one tells of.
      globalThis.addEventListener?.('focus', this.#onFocus)
    }
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) globalThis.removeEventListener?.('focus', this.#onFocus)
    }
  }

  readonly state = (): KeptIndexState => this.#state

  readonly #onFocus = (): void => void this.refresh()

  /** Looks again at what is kept. */
  readonly refresh = async (): Promise<void> => {
    const kept = await this.#indexes.list()
    const useless = kept.isAvailable ? kept.useless : undefined
    this.#set(useless === undefined ? { kept } : { kept, useless: withMore(this.#state.useless, useless) })
  }

  readonly switchOn = (): void => {
    removeKeptValue(INDEXES_VALUE, this.#storage)
    this.#set({ isOn: true })
  }

  /** Keeps nothing any more, and removes what was kept. */
  readonly switchOff = async (): Promise<void> => {
    writeKeptValue(INDEXES_VALUE, OFF, this.#storage)
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

/** What was removed adds up; what is left is as it is now. */
function withMore(before: Useless | undefined, { ofOtherBuilds, notWhole, ofNewerPinscope }: Useless): Useless {
  return {
    ofOtherBuilds: (before?.ofOtherBuilds ?? 0) + ofOtherBuilds,
    notWhole: (before?.notWhole ?? 0) + notWhole,
    ofNewerPinscope,
  }
}
