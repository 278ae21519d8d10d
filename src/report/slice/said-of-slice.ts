import { type SliceMember } from '../../model/slice-file.ts'
import { fileIdentity } from '../../session/file-identity.ts'
import { type Change, type Register } from '../../session/register.ts'
import { type Entry, type Field, FIELDS, isSaid, mergeEntries, type Session } from '../../session/session.ts'
import { LIMITS } from '../../session/session-limits.ts'
import { type About, type Subject, subjectKey } from '../../session/subject.ts'
import { type SliceNames } from './redact-slice.ts'

type KnownFile = Parameters<typeof fileIdentity>[0]

/** What is in a slice, as sessions name it. */
export interface SliceScope {
  /** Ids of the failed ranges that it tells of. */
  readonly failures: ReadonlySet<string>
  /** Hashes of its stacks, each with the one that it has in the slice: names that were replaced give another. */
  readonly stacks: ReadonlyMap<string, string>
  /** Files as they are known here, and beside each what the slice has of it. */
  readonly files: readonly { readonly known: KnownFile; readonly member: SliceMember }[]
}

/**
 * What was said of that range, of stacks of its events, and of lines that the slice has; nothing else. Subjects are named as
 * whoever opens the slice knows them.
 */
export function saidOfSlice(session: Session, scope: SliceScope): Session {
  const hashes = new Map(scope.files.flatMap(({ known, member }) => renamed(known, member)))
  const said = new Map<string, Entry>()
  for (const entry of session.values()) {
    const subject = isSaid(entry) ? subjectIn(entry.subject, scope, hashes) : undefined
    if (subject === undefined) continue
    const key = subjectKey(subject)
    const [other, made] = [said.get(key), { ...entry, subject, about: aboutIn(entry.about, scope) }]
    said.set(key, other === undefined ? made : mergeEntries(other, made))
  }
  return said
}

/** The same with other names, for files, tasks, functions and people. Verdicts and numbers stay. */
export function redactSaid(session: Session, names: SliceNames): Session {
  for (const { fields } of session.values()) {
    for (const field of FIELDS)
      for (const { by, value } of fields[field]?.heads ?? []) {
        names.learnPerson(by)
        if (field === 'assignee' && value !== null) names.learnPerson(value)
      }
  }
  return new Map([...session].map(([key, entry]) => [key, redactEntry(entry, names)]))
}

function redactEntry({ subject, about, fields }: Entry, names: SliceNames): Entry {
  const redacted: Partial<Record<Field, Register>> = {}
  for (const field of FIELDS) {
    const register = fields[field]
    if (register === undefined) continue
    const heads = register.heads.map((change) => redactChange(change, field, names))
    redacted[field] = { heads, replaced: register.replaced.map((id) => names.changeId(id)).toSorted() }
  }
  const { file, what, holder } = about
  const words = {
    ...(file === undefined ? {} : { file: short(names.fileName(file)) }),
    ...(what === undefined ? {} : { what: short(names.redact(what)) }),
    ...(holder === undefined ? {} : { holder: short(names.redact(holder)) }),
  }
  return { subject, about: { ...about, ...words }, fields: redacted }
}

function redactChange(change: Change, field: Field, names: SliceNames): Change {
  const { by, on, value } = change
  return {
    ...change,
    id: names.changeId(change.id),
    by: by === '' ? '' : short(names.person(by)),
    ...(on === undefined ? {} : { on: { ...on, file: short(names.fileName(on.file)) } }),
    value: value === null || field === 'verdict' ? value : redactValue(value, field, names),
  }
}

function redactValue(value: string, field: Field, names: SliceNames): string {
  if (field === 'assignee') return short(names.person(value))
  return names.words(value).slice(0, field === 'note' ? LIMITS.note : LIMITS.line)
}

function short(text: string): string {
  return text.slice(0, LIMITS.line)
}

/** All names of a file, with the one that the slice's file is known by. */
function renamed(known: KnownFile, member: SliceMember): readonly (readonly [string, string])[] {
  const { name, sizeBytes, sha256 } = member
  const hash = sha256 === '' ? ({ kind: 'none' } as const) : ({ kind: 'known', sha256 } as const)
  const [own] = fileIdentity({ name, sizeBytes, hash }).hashes
  return fileIdentity(known).hashes.map((one) => [one, own] as const)
}

function subjectIn(subject: Subject, scope: SliceScope, hashes: ReadonlyMap<string, string>): Subject | undefined {
  if (subject.kind === 'stack') {
    const stack = scope.stacks.get(subject.stack)
    return stack === undefined ? undefined : { kind: 'stack', stack }
  }
  const hash = hashes.get(subject.hash)
  if (hash === undefined) return undefined
  if (subject.kind === 'range') return scope.failures.has(subject.failure) ? { ...subject, hash } : undefined
  return hasLine(scope, subject.hash, subject.line) ? { ...subject, hash } : undefined
}

function hasLine({ files }: SliceScope, hash: string, line: number): boolean {
  return files.some(
    ({ known, member }) =>
      fileIdentity(known).hashes.includes(hash) && member.spans.some(([first, last]) => first <= line && line <= last),
  )
}

function aboutIn(about: About, { stacks }: SliceScope): About {
  if (about.stack === undefined) return about
  const { stack, ...others } = about
  const now = stacks.get(stack)
  return now === undefined ? others : { ...others, stack: now }
}
