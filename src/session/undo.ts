import { type Change } from './register.ts'
import { entryOf, type Field, type Session, writeField } from './session.ts'
import { type About, type Subject } from './subject.ts'

/** One field before and after something that a person did. */
export interface Step {
  readonly names: readonly Subject[]
  readonly about: About
  readonly field: Field
  readonly before: readonly Change[]
  readonly after: readonly Change[]
}

/** Something that a person did: all its steps are taken back together. */
export interface Deed {
  /** For the palette: `verdict suspect`. */
  readonly words: string
  readonly steps: readonly Step[]
}

/** A deed taken back: by changes of its own, since merging never forgets one. */
export interface Reverted {
  readonly session: Session
  /** What takes this back in turn. */
  readonly deed: Deed
  /** Ids that changes have now, by the ids that they had: older deeds speak of those. */
  readonly renamed: ReadonlyMap<string, string>
  /** Fields that somebody else has changed since: they stay as they are. */
  readonly left: number
}

/**
 * Takes a deed back: its values go, and those that stood before come again, each by who gave it. Values that others put
 * beside or in place of them stay. `mint` makes ids.
 */
export function revertDeed(session: Session, deed: Deed, mint: () => string, gone: () => Change): Reverted {
  const renamed = new Map<string, string>()
  const steps: Step[] = []
  let now = session
  let left = 0
  for (const step of deed.steps) {
    const heads = entryOf(now, step.names)?.fields[step.field]?.heads ?? []
    const mine = new Set(step.after.map(({ id }) => id))
    const standing = heads.filter(({ id }) => mine.has(id))
    if (standing.length === 0 && mine.size > 0) {
      left++
      continue
    }
    const again = step.before.map((change) => ({ ...change, id: mint() }))
    // The taking away is a value, too; but where something stands beside, that alone is what was there before.
    if (again.length === 0 && heads.length === standing.length) again.push(gone())
    for (const [at, { id }] of step.before.entries()) renamed.set(id, again[at].id)
    const { names, about, field } = step
    now = writeField(now, { names, about, field, ids: standing.map(({ id }) => id), values: again })
    steps.push({ ...step, before: standing, after: again })
  }
  return { session: now, deed: { words: deed.words, steps }, renamed, left }
}

/** A deed that speaks of changes by the ids that they have now. */
export function renameDeed(deed: Deed, renamed: ReadonlyMap<string, string>): Deed {
  if (renamed.size === 0) return deed
  const rename = (change: Change): Change => ({ ...change, id: renamed.get(change.id) ?? change.id })
  const steps = deed.steps.map((step) => ({
    ...step,
    before: step.before.map(rename),
    after: step.after.map(rename),
  }))
  return { ...deed, steps }
}
