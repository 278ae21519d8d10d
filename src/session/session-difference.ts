import { changeText, type FieldView, viewRegister } from './register.ts'
import { type Entry, type Field, FIELDS, mergeSessions, type Session } from './session.ts'

/** What merging another session does to one field. */
export interface FieldDifference {
  readonly entry: Entry
  readonly field: Field
  readonly before: FieldView
  readonly after: FieldView
}

/** What merging does, before it is done. */
export interface SessionDifference {
  readonly merged: Session
  /** Fields that say something else afterwards, conflicts last; nothing that only adds what was said already. */
  readonly changes: readonly FieldDifference[]
  /** Conflicts that are left afterwards, those of before included. */
  readonly conflicts: readonly FieldDifference[]
}

/** What merging `other` into `session` changes. O(entries). */
export function differenceOf(session: Session, other: Session): SessionDifference {
  const merged = mergeSessions(session, other)
  const all = [...merged].flatMap(([key, entry]) =>
    FIELDS.flatMap((field): readonly FieldDifference[] => {
      if (entry.fields[field] === undefined) return []
      const before = viewRegister(session.get(key)?.fields[field])
      return [{ entry, field, before, after: viewRegister(entry.fields[field]) }]
    }),
  )
  return {
    merged,
    changes: all.filter(({ before, after }) => viewText(before) !== viewText(after)),
    conflicts: all.filter(({ after }) => after.conflict.length > 0),
  }
}

function viewText({ value, conflict }: FieldView): string {
  return JSON.stringify([value ?? null, ...conflict.map(changeText)])
}
