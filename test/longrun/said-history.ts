import { readKept } from '../../src/session/session-file.ts'
import { FIELDS } from '../../src/session/session.ts'

/** What the keys for it do with what was said. */
export type Deed = 'say' | 'undo' | 'redo'

/** Deeds that a page remembers. */
const MOST_DEEDS = 200

/**
 * Follows what is kept of a session and knows what each step back and forward must lead to: by what was kept before, not by
 * how the page goes about it.
 */
export class SaidHistory {
  readonly broken: string[] = []
  #now = saidIn(null)
  #past: string[] = []
  #future: string[] = []

  /** Steps back that are left. */
  get past(): number {
    return this.#past.length
  }

  get future(): number {
    return this.#future.length
  }

  get now(): string {
    return this.#now
  }

  /** Another tab finds what is kept: it must be what this one has. */
  isKept(text: string | null): void {
    const said = saidIn(text)
    if (said !== this.#now) this.broken.push(`another tab finds\n  ${said}\nand not\n  ${this.#now}`)
  }

  /** What was kept after a deed. What says the same as before is none. */
  kept(text: string | null, deed: Deed): void {
    const said = saidIn(text)
    if (deed === 'say') {
      if (said === this.#now) return
      this.#past = [...this.#past, this.#now].slice(-MOST_DEEDS)
      this.#future = []
    } else {
      const [from, to] = deed === 'undo' ? [this.#past, this.#future] : [this.#future, this.#past]
      const expected = from.pop()
      to.push(this.#now)
      if (said !== expected) this.broken.push(`${deed} led to\n  ${said}\nand not to\n  ${expected ?? 'nothing'}`)
    }
    this.#now = said
  }
}

/** All that is said, each with who said it when, in one text: two sessions that say the same have the same. */
export function saidIn(text: string | null): string {
  if (text === null) return '[]'
  const read = readKept(text)
  if (!read.ok) return `unreadable: ${text.slice(0, 200)}`
  const said = [...read.value].flatMap(([key, entry]) =>
    FIELDS.flatMap((field) =>
      (entry.fields[field]?.heads ?? [])
        .filter(({ value }) => value !== null)
        .map(({ value, by, at }) => JSON.stringify([key, field, value, by, at])),
    ),
  )
  return `[${said.toSorted().join(', ')}]`
}
