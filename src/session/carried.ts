import { oncePer } from '../base/once-per.ts'
import { type FieldView, type Register } from './register.ts'
import { type Entry, type Field, FIELDS, isSaid, type Session, viewField } from './session.ts'
import { type Subject } from './subject.ts'

/** The files that are open, as a session knows them. */
export interface CaptureIdentity {
  /** The main file first: what is said of ranges is kept under it. */
  readonly files: readonly FileIdentity[]
  /** Release of the traced kernel; empty when no file tells it. */
  readonly release: string
}

/** A file by its name and by all that it can be known by, the surest first. */
export interface FileIdentity {
  readonly name: string
  readonly hashes: readonly string[]
}

/** All that a person should see who looks at a range or a stack. */
export interface Said {
  readonly verdict: FieldView
  readonly note: FieldView
  readonly assignee: FieldView
}

/** A range on another capture whose likeliest holder has the same stack, of which something was said. */
export interface Carried extends Said {
  readonly entry: Entry
  /** Whether both captures name the same kernel; else one of them does not tell. */
  readonly isSameKernel: boolean
}

/** What was said of a subject itself. */
export function saidOf(session: Session, names: readonly Subject[]): Said {
  return {
    verdict: viewField(session, names, 'verdict'),
    note: viewField(session, names, 'note'),
    assignee: viewField(session, names, 'assignee'),
  }
}

/** All names of a failed range: by every file that is open, the main one first, each by its hash and by its samples. */
export function namesOfRange({ files }: CaptureIdentity, failure: string): readonly Subject[] {
  return files.flatMap(({ hashes }) => hashes.map((hash) => ({ kind: 'range', hash, failure }) as const))
}

/** The names of a stack: one. */
export function namesOfStack(stack: string): readonly Subject[] {
  return [{ kind: 'stack', stack }]
}

/** All names of an event of one file. */
export function namesOfEvent({ hashes }: FileIdentity, line: number): readonly Subject[] {
  return hashes.map((hash) => ({ kind: 'event', hash, line }) as const)
}

/**
 * What was said of ranges on other captures of the same kernel that the same stack blocked. A release that differs is
 * another kernel; one that is not known is told. Empty without a stack.
 */
export function carriedTo(session: Session, identity: CaptureIdentity, stack: string): readonly Carried[] {
  if (stack === '') return []
  const own = new Set(identity.files.flatMap(({ hashes }) => hashes))
  return (rangesByStack(session).get(stack) ?? []).flatMap((entry) => {
    const { subject, about } = entry
    const isKnown = identity.release !== '' && about.release !== undefined
    if (subject.kind !== 'range' || own.has(subject.hash)) return []
    if (isKnown && about.release !== identity.release) return []
    return [{ entry, isSameKernel: isKnown, ...saidOf(session, [subject]) }]
  })
}

/** What was said of these files, and of stacks by somebody who looked at them; nothing of other captures. */
export function saidOn(session: Session, { files }: CaptureIdentity): Session {
  const own = new Set(files.flatMap(({ hashes }) => hashes))
  return new Map(
    [...session].flatMap(([key, entry]): readonly (readonly [string, Entry])[] => {
      const { subject } = entry
      if (subject.kind !== 'stack') return own.has(subject.hash) ? [[key, entry]] : []
      const here = stackSaidOn(entry, own)
      return isSaid(here) ? [[key, here]] : []
    }),
  )
}

/** A stack is of many captures: what was said of it on others, and which these were, is left out. */
function stackSaidOn({ subject, about, fields }: Entry, own: ReadonlySet<string>): Entry {
  const said: Partial<Record<Field, Register>> = {}
  for (const field of FIELDS) {
    const heads = fields[field]?.heads.filter(({ on }) => on !== undefined && own.has(on.hash)) ?? []
    if (heads.length > 0) said[field] = { heads, replaced: fields[field]?.replaced ?? [] }
  }
  const on = FIELDS.flatMap((field) => said[field]?.heads ?? []).at(-1)?.on
  return { subject, about: { ...about, file: on?.file, release: on?.release || about.release }, fields: said }
}

const rangesByStack = oncePer((session: Session): ReadonlyMap<string, readonly Entry[]> => {
  const byStack = new Map<string, Entry[]>()
  for (const entry of session.values()) {
    const { stack } = entry.about
    if (entry.subject.kind !== 'range' || stack === undefined || !isSaid(entry)) continue
    const known = byStack.get(stack)
    if (known === undefined) byStack.set(stack, [entry])
    else known.push(entry)
  }
  return byStack
})
