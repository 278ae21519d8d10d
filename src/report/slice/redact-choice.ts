/** What is to be given other names before a slice leaves. */
export interface RedactChoice {
  readonly comms: boolean
  readonly pids: boolean
  /** Kernel addresses: pointers, `mapping=`, addresses of frames. */
  readonly addresses: boolean
  /** Names of the capture's files, and of files in them: paths, names of directory entries. */
  readonly files: boolean
  /** What tells which machine it was: names of the host, its hardware, who built its kernel where. */
  readonly host?: boolean
  /** Names of people who said something of what is shared. */
  readonly people?: boolean
  /** Functions and modules, by name. */
  readonly symbols: readonly string[]
}

/** Nothing is. */
export const REDACT_NOTHING: RedactChoice = { comms: false, pids: false, addresses: false, files: false, symbols: [] }
