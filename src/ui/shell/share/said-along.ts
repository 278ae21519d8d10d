import { useMemo } from 'react'
import { counted } from '../../../base/counted.ts'
import { type PersonSaid } from '../../../queries/bug-report-question.ts'
import { saidOf, saidOn } from '../../../session/carried.ts'
import { readSessionFile, type SessionFile, sessionFile } from '../../../session/session-file.ts'
import { type Capture } from '../../../state/capture-store.ts'
import { shownOf } from '../../../state/use-query.ts'
import { identityOf, useTriageSession } from '../../../state/use-triage-session.ts'
import { personSaidOf } from '../../session/person-said.ts'
import { valueText } from '../../session/said-words.ts'
import { type Shared } from './share-dialog.tsx'
import { type ShareKind } from './share-kinds.ts'
import { type SharedAbout } from './use-shared.ts'

type EntryFile = SessionFile['entries'][number]

/** What people said of the capture that is open; undefined where nobody said anything. Nothing of other captures. */
export function useSaidHere({ overview: { files } }: Capture): SessionFile | undefined {
  const [{ session }] = useTriageSession()
  return useMemo(() => {
    const file = sessionFile(saidOn(session, identityOf(files, '')))
    return file.entries.length === 0 ? undefined : file
  }, [session, files])
}

/** What would go along if it is wanted: of the whole capture all that was said of it, else what was said of the slice. */
export function saidFor(
  kind: ShareKind,
  { saidHere, slice }: Pick<Shared, 'saidHere' | 'slice'>,
): SessionFile | undefined {
  if (kind === 'whole') return saidHere
  const made = shownOf(slice)
  return made?.found === true ? made.said : undefined
}

/** The verdicts, notes and bookmarks that a report takes along. Undefined where none do. */
export function saidAlong(kind: ShareKind, shared: Shared): SessionFile | undefined {
  return shared.isSaidTaken && (kind === 'report' || kind === 'whole') ? saidFor(kind, shared) : undefined
}

/** What people said of a failed range, as a text on it tells it. */
export function personSaid(said: SessionFile | undefined, about: SharedAbout | undefined): PersonSaid | undefined {
  const read = readSessionFile(said)
  if (!read.ok || about?.kind !== 'range') return undefined
  const subjects = [...read.value.values()].map(({ subject }) => subject)
  const names = subjects.filter((subject) => subject.kind === 'range' && subject.failure === about.failure)
  return personSaidOf(saidOf(read.value, names))
}

/** `2 verdicts, 1 note`: how much of it there is. */
export function saidCounts({ entries }: SessionFile): string {
  const judged = entries.flatMap((entry) => (entry.kind === 'event' ? [] : [entry]))
  const bookmarks = entries.filter((entry) => entry.kind === 'event' && isGiven(entry.label)).length
  const assignees = judged.filter(({ assignee }) => isGiven(assignee)).length
  return [
    counted(judged.filter(({ verdict }) => isGiven(verdict)).length, 'verdict'),
    counted(judged.filter(({ note }) => isGiven(note)).length, 'note'),
    ...(assignees === 0 ? [] : [counted(assignees, 'assignee')]),
    ...(bookmarks === 0 ? [] : [counted(bookmarks, 'bookmark')]),
  ].join(', ')
}

function isGiven(register: { readonly heads: readonly { readonly value: string | null }[] } | undefined): boolean {
  return register?.heads.some(({ value }) => value !== null) ?? false
}

/** Everything that was said, a line each: `range cma [0x1, 0x2): verdict confirmed, by Ann`. */
export function saidLines({ entries }: SessionFile): readonly string[] {
  return entries.flatMap((entry) => {
    const { what = '', holder = '', time = '', pfn = '' } = entry.about
    const name = [entry.kind, what, holder, pfn, time].filter((word) => word !== '').join(' ')
    const fields = entry.kind === 'event' ? { label: entry.label } : judgedOf(entry)
    return Object.entries(fields).flatMap(([field, register]) =>
      (register?.heads ?? []).map(
        ({ value, by }) => `${name}: ${field} ${valueText(value)}${by === '' ? '' : `, by ${by}`}`,
      ),
    )
  })
}

function judgedOf({ verdict, note, assignee }: Exclude<EntryFile, { kind: 'event' }>): {
  readonly verdict: typeof verdict
  readonly note: typeof note
  readonly assignee: typeof assignee
} {
  return { verdict, note, assignee }
}
