import { fail, ok, type Result } from '../base/result.ts'
import { isNoOption } from './option-readers.ts'
import { readWords } from './read-words.ts'

/** What `pinscope session merge` is asked for. */
export interface SessionCommand {
  readonly kind: 'session'
  readonly paths: readonly string[]
  /** Where the merged session goes; standard output when absent. */
  readonly output?: string
}

/** Reads the words behind `session`. The failure is one line that says what to do. */
export function parseSessionWords([verb, ...words]: readonly string[]): Result<SessionCommand, string> {
  if (verb !== 'merge') return fail('session knows one verb: session merge A B [-o C]')
  const read = readWords<{ readonly output?: string }>(
    words,
    { '-o': (text) => (isNoOption(text) ? ok({ output: text }) : fail('a file to write')) },
    {},
    {},
  )
  if (!read.ok) return read
  const { plain: paths, asked } = read.value
  return paths.length < 2 ? fail('session merge needs two session files') : ok({ kind: 'session', paths, ...asked })
}
