import { textOf } from '../base/ascii.ts'
import { type FileDamage, type Ledger, type Problem, type ProblemSample } from '../model/source-file.ts'

const SAMPLES_PER_REASON = 20
const SAMPLE_CHARACTERS = 400

/** What a log has counted, as plain data; damage is told by who reads the file. */
export interface ProblemRows {
  readonly parsed: number
  readonly records: number
  readonly skipped: readonly (readonly [why: string, lines: number])[]
  readonly rejected: readonly Problem[]
  readonly notices: readonly string[]
}

/**
 * Counts what became of each line of one file, and keeps the first refused lines of each reason.
 * parsed + skipped + rejected = lines is the reader's promise; `ledger()` states it, tests check it.
 */
export class ProblemLog {
  parsed = 0
  /** Records or events read from the file. */
  records = 0
  readonly #skipped = new Map<string, number>()
  readonly #rejected = new Map<string, { count: number; samples: ProblemSample[] }>()
  readonly #damage: FileDamage[] = []
  readonly #notices: string[] = []

  /** Counts lines known to carry nothing for us. `why` is one of few words: `header`, `blank`, `other message`. */
  skip(why: string, lines = 1): void {
    this.#skipped.set(why, (this.#skipped.get(why) ?? 0) + lines)
  }

  /** Counts one line that could not be read. `line` is 0-based in the file; the text is cut for show. */
  reject(reason: string, line: number, bytes: Uint8Array, start: number, end: number): void {
    const known = this.#rejected.get(reason) ?? { count: 0, samples: [] }
    known.count++
    if (known.samples.length < SAMPLES_PER_REASON) {
      const text = textOf(bytes, start, Math.min(end, start + SAMPLE_CHARACTERS * 4)).slice(0, SAMPLE_CHARACTERS)
      known.samples.push({ line: line + 1, text: text.replace(/[\r\n]+$/, '') })
    }
    this.#rejected.set(reason, known)
  }

  /** Says how the file ended badly, and what to do. */
  damage(message: string): void {
    this.#damage.push({ message })
  }

  /** Says something a person should know about the file; each text once. */
  notice(text: string): void {
    if (!this.#notices.includes(text)) this.#notices.push(text)
  }

  /** All that was counted. */
  rows(): ProblemRows {
    const { parsed, records } = this
    return { parsed, records, skipped: [...this.#skipped], rejected: this.problems(), notices: this.#notices }
  }

  /** Adds what was counted in a part of the file that begins at the 0-based `firstLine`. */
  take({ parsed, records, skipped, rejected, notices }: ProblemRows, firstLine: number): void {
    this.parsed += parsed
    this.records += records
    for (const [why, lines] of skipped) this.skip(why, lines)
    for (const { reason, count, samples } of rejected) {
      const known = this.#rejected.get(reason) ?? { count: 0, samples: [] }
      known.count += count
      for (const { line, text } of samples) {
        if (known.samples.length < SAMPLES_PER_REASON) known.samples.push({ line: line + firstLine, text })
      }
      this.#rejected.set(reason, known)
    }
    for (const text of notices) this.notice(text)
  }

  get skipped(): number {
    let sum = 0
    for (const count of this.#skipped.values()) sum += count
    return sum
  }

  get rejected(): number {
    let sum = 0
    for (const { count } of this.#rejected.values()) sum += count
    return sum
  }

  ledger(): Ledger {
    const { parsed, skipped, rejected } = this
    return { total: parsed + skipped + rejected, parsed, skipped, rejected }
  }

  problems(): readonly Problem[] {
    return [...this.#rejected].map(([reason, { count, samples }]) => ({ reason, count, samples }))
  }

  /** Most lines first: in which order they were counted depends on how the file was cut into parts. */
  skippedBy(): ReadonlyMap<string, number> {
    return new Map([...this.#skipped].toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1)))
  }

  damages(): readonly FileDamage[] {
    return this.#damage
  }

  notices(): readonly string[] {
    return this.#notices
  }
}
