import { writeFile } from 'node:fs/promises'
import { fail, ok, type Result } from '../base/result.ts'
import { conflictLines, conflictSummary } from '../report/session-text.ts'
import { differenceOf } from '../session/session-difference.ts'
import { parseSession, sessionText } from '../session/session-file.ts'
import { EMPTY_SESSION, mergeSessions } from '../session/session.ts'
import { fileErrorText } from './file-error.ts'
import { readSession } from './read-session.ts'
import { type SessionCommand } from './session-arguments.ts'

/** Exit code when the merged session has conflicts that people must settle. */
const CONFLICTS = 1

/**
 * `pinscope session merge A B [-o C]`: the merged session goes to C, or to standard output, and its conflicts to standard
 * output, or to standard error beside it. 1 when there are any.
 */
export async function runSession({
  paths,
  output,
}: SessionCommand): Promise<Result<{ readonly text: string; readonly code: 0 | 1 }, string>> {
  let merged = EMPTY_SESSION
  for (const path of paths) {
    const read = await readSession(path)
    if (!read.ok) return read
    merged = mergeSessions(merged, read.value)
  }
  const text = sessionText(merged)
  const again = parseSession(text)
  if (!again.ok) return fail(`the merged session is more than a session may hold. ${again.error.message}`)
  const { conflicts } = differenceOf(EMPTY_SESSION, merged)
  const code = conflicts.length > 0 ? CONFLICTS : 0
  const told = `${[...conflictLines(conflicts), conflictSummary(conflicts)].join('\n')}\n`
  if (output === undefined) {
    process.stderr.write(told)
    return ok({ text, code })
  }
  const wrong = await writeFile(output, text).catch((error: unknown) => fileErrorText(error))
  return typeof wrong === 'string' ? fail(`${output}: ${wrong}`) : ok({ text: told, code })
}
