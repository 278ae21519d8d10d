/** What a session may hold: a file beyond it is refused, and so is a change that would lead beyond it. */
export const LIMITS = {
  /** Of a file, and of what is kept in the browser. UTF-16 units of its text, bytes of the file. */
  size: 2 * 1024 * 1024,
  entries: 10_000,
  note: 10_000,
  /** Assignees, labels, authors, symbols, names of files. Characters. */
  line: 300,
  /** Values of one field that nobody has settled. */
  heads: 200,
} as const
