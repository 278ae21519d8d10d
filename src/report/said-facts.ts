import { type FailureAnswer } from '../queries/wire.ts'
import { type FileAnswer } from '../queries/overview.ts'
import {
  type Carried,
  carriedTo,
  type CaptureIdentity,
  namesOfRange,
  namesOfStack,
  type Said,
  saidOf,
} from '../session/carried.ts'
import { fileIdentity } from '../session/file-identity.ts'
import { type Change, type FieldView } from '../session/register.ts'
import { type Session } from '../session/session.ts'
import { parseSessionVerdict, SESSION_VERDICT_WORDS } from '../session/session-verdict.ts'

/** What a triage session says beside the findings of a capture. */
export interface SaidFacts {
  readonly session: Session
  readonly identity: CaptureIdentity
}

/** A session and the files that it is to be read beside. `files` with their hashes, as far as they are known. */
export function saidFacts(session: Session, files: readonly FileAnswer[], release: string): SaidFacts {
  return { session, identity: { files: files.map(fileIdentity), release } }
}

/** What was said of one failed range: of itself, of its holder's stack, and of that stack on other captures. */
export interface SaidOfFailure {
  readonly own: Said
  readonly ofStack: Said
  readonly carried: readonly Carried[]
}

/** What a session says of one failed range. */
export function saidOfFailure({ session, identity }: SaidFacts, { id, culprit }: FailureAnswer): SaidOfFailure {
  const stack = culprit?.stack.hash ?? ''
  return {
    own: saidOf(session, namesOfRange(identity, id)),
    ofStack: saidOf(session, stack === '' ? [] : namesOfStack(stack)),
    carried: carriedTo(session, identity, stack),
  }
}

/** The lines of text that a report prints of it, without indent; none where nobody said anything. */
export function saidLines({ own, ofStack, carried }: SaidOfFailure): readonly string[] {
  return [
    ...wordsOf(own),
    ...wordsOf(ofStack).map((line) => `of the holder's stack: ${line}`),
    ...carried.flatMap(({ entry, isSameKernel, ...said }) => {
      const { file = 'a file without a name', what = '', time = '' } = entry.about
      const from = [`${file}, ${what}`, time === '' ? '' : ` at ${time}`].join('')
      const kernel = isSameKernel ? 'same kernel' : 'whether it was the same kernel is not recorded'
      return wordsOf(said).map((line) => `carried over from ${from} (same stack, ${kernel}): ${line}`)
    }),
  ]
}

/** What people said, for machines. `null`: nothing, or several values that `conflicts` has. */
export interface SaidJson {
  readonly verdict: string | null
  readonly note: string | null
  readonly assignee: string | null
  readonly conflicts: readonly {
    readonly field: 'verdict' | 'note' | 'assignee'
    readonly values: readonly { readonly by: string; readonly day: string; readonly value: string | null }[]
  }[]
}

/** What a session says of one failed range, for machines. */
export interface SaidOfFailureJson extends SaidJson {
  readonly ofStack: SaidJson
  readonly carried: readonly (SaidJson & {
    readonly file: string | null
    readonly what: string | null
    readonly time: string | null
    readonly isSameKernel: boolean
  })[]
}

/** See `SaidOfFailureJson`. */
export function saidJson({ own, ofStack, carried }: SaidOfFailure): SaidOfFailureJson {
  return {
    ...fieldsJson(own),
    ofStack: fieldsJson(ofStack),
    carried: carried.map(({ entry: { about }, isSameKernel, ...said }) => ({
      file: about.file ?? null,
      what: about.what ?? null,
      time: about.time ?? null,
      isSameKernel,
      ...fieldsJson(said),
    })),
  }
}

const NAMES = ['verdict', 'assignee', 'note'] as const

function fieldsJson(said: Said): SaidJson {
  return {
    verdict: said.verdict.value ?? null,
    note: said.note.value ?? null,
    assignee: said.assignee.value ?? null,
    conflicts: NAMES.filter((field) => said[field].conflict.length > 0).map((field) => ({
      field,
      values: said[field].conflict.map((change) => ({ by: change.by, day: dayOf(change), value: change.value })),
    })),
  }
}

function wordsOf(said: Said): readonly string[] {
  return NAMES.flatMap((field) => fieldLines(field === 'verdict' ? 'triage verdict' : field, said[field]))
}

function fieldLines(name: string, { value, change, conflict }: FieldView): readonly string[] {
  if (conflict.length > 0) {
    return conflict.flatMap((one) => {
      const [first = '', ...rest] = one.value === null ? ['taken away'] : textOf(one.value).split('\n')
      return [`${name}, people differ: ${first} (${byWords(one)})`, ...rest.map((line) => `  ${line}`)]
    })
  }
  if (value === undefined || change === undefined) return []
  const [first = '', ...rest] = textOf(value).split('\n')
  return [`${name}: ${first} (${byWords(change)})`, ...rest.map((line) => `  ${line}`)]
}

function textOf(value: string): string {
  const verdict = parseSessionVerdict(value)
  return verdict === undefined ? value : SESSION_VERDICT_WORDS[verdict]
}

function byWords(change: Change): string {
  return `${change.by === '' ? 'no name given' : change.by}, ${dayOf(change)}`
}

/** By the author's clock: `2026-11-22`. */
function dayOf({ at }: Change): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'no date' : date.toISOString().slice(0, 10)
}
