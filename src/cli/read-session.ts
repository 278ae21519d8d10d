import { readFile, stat } from 'node:fs/promises'
import { fail, ok, type Result } from '../base/result.ts'
import { LIMITS } from '../session/session-limits.ts'
import { parseSession } from '../session/session-file.ts'
import { type Session } from '../session/session.ts'
import { fileErrorText } from './file-error.ts'

/** Reads a session file. The failure is one line that names it. */
export async function readSession(path: string): Promise<Result<Session, string>> {
  const read = await readLimited(path)
  if (!read.ok) return fail(`${path}: ${read.error}`)
  const session = parseSession(read.value)
  return session.ok ? session : fail(`${path} is no session that can be read. ${session.error.message}`)
}

async function readLimited(path: string): Promise<Result<string, string>> {
  try {
    const { size } = await stat(path)
    if (size > LIMITS.size) return fail(`it has ${size} bytes; a session has at most ${LIMITS.size}`)
    return ok(await readFile(path, 'utf8'))
  } catch (error) {
    return fail(fileErrorText(error))
  }
}
