import { fail, ok, type Result } from '../base/result.ts'
import { type SessionProblem } from './session-problem.ts'

/** The version that is written. */
export const SESSION_VERSION = 1

/** Makes a file of one version out of one of the version before. */
type Upgrader = (file: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>

/** By the version that they lead from: one for each step. */
const UPGRADERS: Readonly<Record<number, Upgrader>> = {}

/** A session file of any version as one of `SESSION_VERSION`, still to be checked; a newer one is refused by name. */
export function upgradeSession(
  value: unknown,
  upgraders: Readonly<Record<number, Upgrader>> = UPGRADERS,
  to = SESSION_VERSION,
): Result<unknown, SessionProblem> {
  if (typeof value !== 'object' || value === null || !('pinscope' in value) || value.pinscope !== 'session') {
    return fail({ kind: 'broken', message: 'It does not say that it is a pinscope session.' })
  }
  let file: Readonly<Record<string, unknown>> = { ...value }
  const { version } = file
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) {
    return fail({ kind: 'broken', message: 'It does not say which version of a session it is.' })
  }
  if (version > to) {
    return fail({
      kind: 'newer',
      message: `It is a session of version ${version}; this pinscope reads up to version ${to}. A newer pinscope wrote it.`,
    })
  }
  for (let from = version; from < to; from++) {
    const upgrade = Object.hasOwn(upgraders, from) ? upgraders[from] : undefined
    if (upgrade === undefined) {
      return fail({ kind: 'broken', message: `Sessions of version ${from} cannot be read any more.` })
    }
    file = { ...upgrade(file), version: from + 1 }
  }
  return ok(file)
}
