import { readFile } from 'node:fs/promises'
import { fail, ok, type Result } from '../base/result.ts'
import { type Session, viewField } from '../session/session.ts'
import { parseSession } from '../session/session-file.ts'
import { fileErrorText } from './file-error.ts'

/**
 * What is known of holders: functions and stack hashes, of files with one a line, or of triage sessions. The failure is one
 * line. A gate never passes because a file of these was not understood.
 */
export async function readIgnored(paths: readonly string[]): Promise<Result<ReadonlySet<string>, string>> {
  const known = new Set<string>()
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch((error: unknown) => ({ why: fileErrorText(error) }))
    if (typeof text !== 'string') return fail(`${path}: ${text.why}`)
    const read = text.trimStart().startsWith('{') ? ofSession(text) : ofLines(text)
    if (!read.ok) return fail(`${path}${read.error}`)
    for (const name of read.value) known.add(name)
  }
  return ok(known)
}

/** Stacks that people called noise, or will not fix; where they do not agree, nothing is known. */
function ofSession(text: string): Result<readonly string[], string> {
  const read = parseSession(text)
  if (!read.ok) return fail(`: ${read.error.message}`)
  const session: Session = read.value
  return ok(
    [...session.values()].flatMap(({ subject, about }) => {
      const stack = subject.kind === 'stack' ? subject.stack : subject.kind === 'range' ? about.stack : undefined
      const { value } = viewField(session, [subject], 'verdict')
      return stack !== undefined && (value === 'noise' || value === 'wont_fix') ? [stack] : []
    }),
  )
}

/** A symbol, with a module or without, or 16 hex digits. */
const NAME = /^(?:[0-9a-f]{16}|[A-Za-z_.$][\w.$]*(?: \[[\w-]+\])?)$/

function ofLines(text: string): Result<readonly string[], string> {
  const names: string[] = []
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const name = line.replace(/#.*$/, '').trim()
    if (name === '') continue
    if (!NAME.test(name)) return fail(`:${at + 1}: neither a function nor a stack hash`)
    names.push(name)
  }
  return ok(names)
}
