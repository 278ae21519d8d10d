import { type Change } from '../../session/register.ts'
import { type Field } from '../../session/session.ts'
import { viewField } from '../../session/session.ts'
import { SESSION_VERDICT_WORDS, type SessionVerdict } from '../../session/session-verdict.ts'
import { sessionStore, type Writing } from '../../state/session-store.ts'
import { type SessionSubject } from '../../state/session-subject.ts'
import { authorText, valueText } from './said-words.ts'

/** Gives a triage verdict, or takes it away. Empty when done, else why not. */
export function judgeSubject(subject: SessionSubject, verdict: SessionVerdict | null): string {
  const words = verdict === null ? 'triage verdict taken away' : `triage verdict ${SESSION_VERDICT_WORDS[verdict]}`
  return write(`${words}, ${subject.title}`, [writing(subject, 'verdict', verdict)])
}

/**
 * Writes a note or an assignee, or takes it away; `instead` of a value that was seen, others stay beside it. Empty when done,
 * else why not.
 */
export function writeSubject(
  subject: SessionSubject,
  field: Field,
  value: string | null,
  instead?: string | null,
): string {
  const written = writing(subject, field, value)
  return write(`${field}, ${subject.title}`, [instead === undefined ? written : { ...written, instead }])
}

/** Settles a conflict by one of its values. */
export function takeThis(subject: SessionSubject, field: Field, { value }: Change): string {
  return write(`${field} settled, ${subject.title}`, [writing(subject, field, value)])
}

/** Settles a conflict by keeping all values as text of the note, each with who gave it. */
export function keepAsNote(subject: SessionSubject, field: Field, conflict: readonly Change[]): string {
  const store = sessionStore()
  const lines = conflict.map((change) => {
    const what = field === 'note' ? '' : ` ${field}`
    return `${authorText(change, store.isMine(change))}${what}: ${valueText(change.value)}`
  })
  const { session } = store.state()
  const note = viewField(session, subject.names, 'note')
  const before =
    field === 'note' ? [] : note.conflict.length > 0 ? note.conflict.flatMap(noteLines) : [note.value ?? '']
  const text = [...before.filter((line) => line !== ''), ...lines].join('\n')
  return write(`${field} kept as note, ${subject.title}`, [
    ...(field === 'note' ? [] : [writing(subject, field, null)]),
    writing(subject, 'note', text),
  ])
}

function noteLines({ value }: Change): readonly string[] {
  return value === null ? [] : [value]
}

function writing({ names, about, on }: SessionSubject, field: Field, value: string | null): Writing {
  return { names, about, field, value, ...(on === undefined ? {} : { on }) }
}

function write(words: string, writings: readonly Writing[]): string {
  const outcome = sessionStore().write(words, writings)
  return outcome.ok ? '' : outcome.error
}
