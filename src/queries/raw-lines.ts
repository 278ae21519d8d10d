/** Lines of a file as they are. */
export interface RawLinesQuestion {
  readonly file: number
  /** First line wanted, 1-based. */
  readonly line: number
  readonly count: number
}

/** Answer to `rawLines`; fewer lines than asked when the file ends. Each is cut to 4096 characters. */
export interface RawLinesAnswer {
  readonly file: number
  readonly line: number
  readonly lines: readonly string[]
  /** Their numbers, of a file of which not all lines are there; else they follow each other. */
  readonly numbers?: readonly number[]
  /** Words when the file can no longer be read (changed or gone). */
  readonly problem: string
}
