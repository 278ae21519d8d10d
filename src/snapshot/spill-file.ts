/** Columns in a file cannot be read any more: somebody cleared what this browser keeps for the page. */
export class SpillLost extends Error {
  override readonly name = 'SpillLost'
}

/** A file for columns of one capture, which nobody else can read, write or remove as long as it is open. */
export interface SpillFile {
  /** Throws when there is no room. */
  write(bytes: Uint8Array, at: number): void
  /** Fills `into` with the bytes at `at`; throws `SpillLost` when they cannot be read. */
  read(into: Uint8Array, at: number): void
  /** Closes and removes it. Never rejects. */
  close(): Promise<void>
}
