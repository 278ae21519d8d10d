/** A line that is cited, with its text as the file has it. */
export interface Cite {
  readonly fileName: string
  readonly line: number
  /** What the number counts: a binary file has records. */
  readonly unit: 'line' | 'record'
  /** Empty when it cannot be read. */
  readonly raw: string
}

/**
 * One thing that is said. `keep`: how dear it is where room is short, 0 … 100, the least goes first; `shortKeep` the same
 * of its short form, which says the same and cites the lines without their text. Absent = it stays.
 */
export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly level: number; readonly keep?: number }
  | {
      readonly kind: 'fact'
      readonly text: string
      readonly cites: readonly Cite[]
      readonly level: number
      readonly keep: number
      readonly shortKeep?: number
    }
  /** A command: each word of `words` stays whole; `what` is said before it. */
  | { readonly kind: 'command'; readonly what: string; readonly words: readonly string[]; readonly keep?: number }

/** A titled part; the first has no title. */
export interface ReportPart {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** A bug report before it is laid out: the same for a mail and for a bug tracker. */
export interface ReportDocument {
  readonly subject: string
  readonly parts: readonly ReportPart[]
}
