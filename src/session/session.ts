import {
  type Change,
  EMPTY_REGISTER,
  type FieldView,
  mergeRegisters,
  type Register,
  replaceHeads,
  viewRegister,
} from './register.ts'
import { type About, mergeAbout, type Subject, subjectKey } from './subject.ts'

/** What can be said: of a range and of a stack the first three, of an event its label, which makes it a bookmark. */
export const FIELDS = ['verdict', 'note', 'assignee', 'label'] as const
export type Field = (typeof FIELDS)[number]

/** All that is said about one subject. */
export interface Entry {
  readonly subject: Subject
  readonly about: About
  readonly fields: Readonly<Partial<Record<Field, Register>>>
}

/** All that people said, by subject. A value: changing it makes another one. */
export type Session = ReadonlyMap<string, Entry>

/** Nothing was said. */
export const EMPTY_SESSION: Session = new Map()

/** Two sessions as one: commutative, associative, idempotent, and no value is lost that nobody replaced. */
export function mergeSessions(one: Session, other: Session): Session {
  if (one === other || other.size === 0) return one
  const merged = new Map(one)
  for (const [key, entry] of other) {
    const known = merged.get(key)
    merged.set(key, known === undefined ? entry : mergeEntries(known, entry))
  }
  return merged
}

/** Two entries on one subject as one. */
export function mergeEntries(one: Entry, other: Entry): Entry {
  const fields: Partial<Record<Field, Register>> = {}
  for (const field of FIELDS) {
    const [a, b] = [one.fields[field], other.fields[field]]
    if (a !== undefined || b !== undefined) fields[field] = mergeRegisters(a ?? EMPTY_REGISTER, b ?? EMPTY_REGISTER)
  }
  return { subject: one.subject, about: mergeAbout(one.about, other.about), fields }
}

/** Entries on one subject that has several names (a file by its hash, and by its samples while that was not known). */
export function entryOf(session: Session, names: readonly Subject[]): Entry | undefined {
  const entries = names.flatMap((name) => session.get(subjectKey(name)) ?? [])
  return entries.length < 2 ? entries.at(0) : entries.reduce(mergeEntries)
}

/** What a field of a subject says. */
export function viewField(session: Session, names: readonly Subject[], field: Field): FieldView {
  return viewRegister(entryOf(session, names)?.fields[field])
}

/** A field that is to be written: all its heads are replaced by values. */
export interface Written {
  /** All names of the subject; it is kept under the first, and under those that it has already. */
  readonly names: readonly Subject[]
  readonly about: About
  readonly field: Field
  readonly ids: readonly string[]
  readonly values: readonly Change[]
}

/** The session after a field was written; see `Written`. */
export function writeField(session: Session, { names, about, field, ids, values }: Written): Session {
  const written = new Map(session)
  for (const [at, name] of names.entries()) {
    const key = subjectKey(name)
    const entry = written.get(key)
    if (at > 0 && entry === undefined) continue
    const register = replaceHeads(entry?.fields[field] ?? EMPTY_REGISTER, ids, values)
    written.set(key, {
      subject: entry?.subject ?? name,
      about: mergeAbout(entry?.about ?? {}, about),
      fields: { ...entry?.fields, [field]: register },
    })
  }
  return written
}

/** True where somebody said something that was not taken away again. */
export function isSaid({ fields }: Entry): boolean {
  return FIELDS.some((field) => fields[field]?.heads.some(({ value }) => value !== null) ?? false)
}
