import { type SessionCopy } from '../../src/state/session-copy.ts'
import { SESSION_KEY } from '../../src/state/session-shelf.ts'
import { createSessionStore, type SessionStore } from '../../src/state/session-store.ts'

/** Numbers drawn so far, over all machines: no two replicas have the same name. */
let drawn = 0

/**
 * A machine with a browser, which may die after any of its storage operations. What is in `localStorage` is in the browser's
 * memory; what of it is on the disk is what was in it some operations ago. A copy is on the disk when its writing is done.
 */
export class Machine {
  local = new Map<string, string>()
  copy: string | undefined
  /** What was put aside beside the copy. */
  readonly aside: string[] = []
  /** The session's text in `localStorage` after each operation. */
  readonly history: (string | undefined)[] = [undefined]
  /** Operations done. */
  operations = 0
  /** The browser dies before it does the next one. */
  diesAfter = Number.POSITIVE_INFINITY
  fails: 'no' | 'local' | 'copy' | 'all' = 'no'
  readonly #tabs: SessionStore[] = []

  /** A tab. Events of other tabs reach it at once, as long as the browser lives. */
  open(author = 'Ann'): SessionStore {
    let own: SessionStore | undefined
    const store = createSessionStore({
      shelf: () => ({
        getItem: (key) => this.local.get(key) ?? null,
        setItem: (key, text) => this.#set(key, text, own),
      }),
      copy: this.#copyOf(),
      author: () => author,
      now: () => 1_780_000_000_000,
      random: (digits) => (++drawn).toString(16).padStart(digits, '0'),
    })
    own = store
    this.#tabs.push(store)
    return store
  }

  /** The same machine after its browser died, and `localStorage` as it was on the disk, `lost` operations before the end. */
  reopened(lost: number): Machine {
    const next = new Machine()
    next.local = new Map(this.local)
    next.copy = this.copy
    const text = this.history[Math.max(0, this.history.length - 1 - lost)]
    if (text === undefined) next.local.delete(SESSION_KEY)
    else next.local.set(SESSION_KEY, text)
    return next
  }

  #isDead(): boolean {
    return this.operations >= this.diesAfter
  }

  #set(key: string, text: string, by: SessionStore | undefined): void {
    if (this.#isDead()) throw new Error('the browser is dead')
    if (this.fails === 'local' || this.fails === 'all') throw new DOMException('no', 'QuotaExceededError')
    this.operations++
    this.local.set(key, text)
    this.history.push(this.local.get(SESSION_KEY))
    if (key !== SESSION_KEY) return
    for (const tab of this.#tabs) if (tab !== by) queueMicrotask(() => this.#isDead() || tab.takeOver(text))
  }

  #copyOf(): SessionCopy {
    return {
      read: async () => {
        if (this.fails === 'copy' || this.fails === 'all') throw new Error('no database')
        return this.copy
      },
      update: async (change) => {
        await Promise.resolve()
        // Who waits for a dead browser waits for ever.
        if (this.#isDead()) return new Promise(() => undefined)
        if (this.fails === 'copy' || this.fails === 'all') throw new Error('no database')
        this.operations++
        const update = change(this.copy)
        if (update?.aside !== undefined) this.aside.push(update.aside)
        this.copy = update?.put ?? this.copy
        this.history.push(this.local.get(SESSION_KEY))
      },
    }
  }
}

/** Lets all that was begun come to its end. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0))
}
