import { formatPfnRange } from '../../base/pfn.ts'
import { type FailureAnswer, type StackAnswer } from '../../queries/wire.ts'
import { type CaptureIdentity, namesOfRange, namesOfStack } from '../../session/carried.ts'
import { LIMITS } from '../../session/session-limits.ts'
import { type About } from '../../session/subject.ts'
import { type SaidOn } from '../../session/register.ts'
import { type SessionSubject } from '../../state/session-subject.ts'

/** A failed range as a session names it. Of the trace only names and numbers go into it, never a line, never a task. */
export function rangeSubject(identity: CaptureIdentity, failure: FailureAnswer): SessionSubject {
  const { trigger, startPfn, endPfn, culprit } = failure
  const title = `${trigger} ${formatPfnRange(startPfn, endPfn)}`
  const time = failure.time?.text ?? failure.printedTime
  const about = aboutOf({
    ...saidWords(identity),
    what: title,
    time,
    holder: culprit === undefined ? '' : functionOf(culprit),
    stack: culprit?.stack.hash ?? '',
  })
  return { kind: 'range', names: namesOfRange(identity, failure.id), about, ...onOf(identity), title }
}

/** A stack as a session names it; `undefined` where none was recorded. */
export function stackSubject(
  identity: CaptureIdentity,
  stack: Pick<StackAnswer, 'hash'>,
  holder: string,
): SessionSubject | undefined {
  if (stack.hash === '') return undefined
  const title = `stack of ${holder === '' ? stack.hash : holder}`
  const about = aboutOf({ ...saidWords(identity), holder })
  return { kind: 'stack', names: namesOfStack(stack.hash), about, ...onOf(identity), title }
}

/** Words that are there, as long as a session takes them. */
export function aboutOf(words: About): About {
  const said = Object.entries(words).filter(([, word]) => word !== '')
  return Object.fromEntries(said.map(([name, word]) => [name, word.slice(0, LIMITS.line)]))
}

/** Where something is said: the main file. */
export function onOf({ files, release }: CaptureIdentity): { readonly on?: SaidOn } {
  const main = files.at(0)
  if (main === undefined) return {}
  return { on: { file: main.name.slice(0, LIMITS.line), hash: main.hashes[0], release: release.slice(0, LIMITS.line) } }
}

function saidWords({ files, release }: CaptureIdentity): About {
  return { file: files.at(0)?.name ?? '', release }
}

function functionOf({ function: name, module }: { readonly function: string; readonly module: string }): string {
  return module === '' ? name : `${name} [${module}]`
}
