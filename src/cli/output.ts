import { type Result } from '../base/result.ts'

/** What a check found that it looks for; a shell takes it for a failure. */
export const FOUND = 1
/** What the command line did not understand, or files that could not be read. */
export const UNUSABLE = 2

/** What a command that judges prints, and how it ends. */
export interface Judged {
  readonly text: string
  readonly code: 0 | typeof FOUND
}

/** What comes of a command: what goes to standard output, with 0 when it is only a text; or why it is of no use, in one line. */
export type Output = Result<string | Judged, string>
