import { type SessionFile } from '../../../session/session-file.ts'
import { exportSession } from '../../../state/session-store.ts'
import { shownOf } from '../../../state/use-query.ts'
import { identityOf } from '../../../state/use-triage-session.ts'
import { valueText } from '../../session/said-words.ts'
import { type Shared } from './share-dialog.tsx'
import { isOfSlice, type ShareKind } from './share-kinds.ts'

type EntryFile = SessionFile['entries'][number]

/** Why what people said stays here although a report takes it along. */
export const SAID_STAYS =
  'Verdicts, notes and bookmarks stay here: words that people wrote may name what was given other names.'

/**
 * The verdicts, notes and bookmarks that a report takes along: what was said of this capture, and in the report of a failed
 * range nothing of other ranges. Undefined where none do.
 */
export function saidAlong(kind: ShareKind, shared: Shared): SessionFile | undefined {
  if ((kind !== 'report' && kind !== 'whole') || staysHere(kind, shared)) return undefined
  const session = exportSession(identityOf(shared.capture.overview.files, ''))
  const { about } = shared
  const isAbout = (entry: EntryFile): boolean =>
    kind === 'whole' || about?.kind !== 'range' || entry.kind !== 'range' || entry.failure === about.failure
  const entries = session.entries.filter(isAbout)
  return entries.length === 0 ? undefined : { ...session, entries }
}

/** True where names were replaced: free text could tell them. */
export function staysHere(kind: ShareKind, { slice }: Shared): boolean {
  const made = shownOf(slice)
  return isOfSlice(kind) && made?.found === true && made.slice.redacted.length > 0
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
