import { type ReactNode, useEffect, useState } from 'react'
import { counted } from '../../base/counted.ts'
import { type FieldView } from '../../session/register.ts'
import { type FieldDifference, type SessionDifference } from '../../session/session-difference.ts'
import { LIMITS } from '../../session/session-limits.ts'
import { sessionStore } from '../../state/session-store.ts'
import { Dialog } from '../shell/dialog.tsx'
import { authorText, valueText } from './said-words.ts'
import styles from './session.module.css'

interface ImportDialogProps {
  readonly file: File
  readonly onClose: () => void
}

type Reading =
  | { readonly status: 'read'; readonly text: string; readonly difference: SessionDifference }
  | { readonly status: 'refused'; readonly message: string }

/** What importing a session changes, before it does: field by field, and which of them people must settle. */
export function ImportDialog({ file, onClose }: ImportDialogProps): ReactNode {
  const [reading, setReading] = useState<Reading>()
  useEffect(() => {
    let isLatest = true
    void read(file).then((now) => isLatest && setReading(now))
    return () => {
      isLatest = false
    }
  }, [file])
  return (
    <Dialog title={`Import ${file.name}`} size="wide" onClose={onClose}>
      {reading === undefined && <p>Reading…</p>}
      {reading?.status === 'refused' && (
        <p role="alert">
          {file.name} was not taken. {reading.message} Nothing was changed.
        </p>
      )}
      {reading?.status === 'read' && (
        <Preview
          difference={reading.difference}
          onTake={() => {
            const outcome = sessionStore().importSession(reading.text)
            if (outcome.ok) onClose()
            else setReading({ status: 'refused', message: outcome.problem.message })
          }}
        />
      )}
    </Dialog>
  )
}

interface PreviewProps {
  readonly difference: SessionDifference
  readonly onTake: () => void
}

/** Changes listed; the rest is counted. */
const MOST_SHOWN = 200

function Preview({ difference: { changes, conflicts }, onTake }: PreviewProps): ReactNode {
  if (changes.length === 0) return <p>Everything in it is here already: importing changes nothing.</p>
  const fresh = conflicts.filter(({ entry, field }) =>
    changes.some((one) => one.entry === entry && one.field === field),
  )
  return (
    <>
      <p>
        {counted(changes.length, 'field')} {changes.length === 1 ? 'changes' : 'change'},{' '}
        {counted(fresh.length, 'conflict')} to settle. Nothing of yours is lost: where you differ both stay, side by
        side.
      </p>
      <table className={styles.preview}>
        <thead>
          <tr>
            <th scope="col">of</th>
            <th scope="col">field</th>
            <th scope="col">here</th>
            <th scope="col">after the import</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, MOST_SHOWN).map((change) => (
            <tr key={`${JSON.stringify(change.entry.subject)} ${change.field}`}>
              <td className="data">{subjectText(change)}</td>
              <td className={styles.field}>{change.field === 'verdict' ? 'triage verdict' : change.field}</td>
              <td className={styles.text}>{viewText(change.before)}</td>
              <td className={styles.text}>{viewText(change.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length > MOST_SHOWN && <p>… and {changes.length - MOST_SHOWN} more</p>}
      <button type="button" className={styles.button} ref={focusOnSight} onClick={onTake}>
        Import
      </button>
    </>
  )
}

/** It is there only when the file has been read, after the dialog gave the focus to what it had. */
function focusOnSight(button: HTMLButtonElement | null): void {
  button?.focus()
}

async function read(file: File): Promise<Reading> {
  if (file.size > LIMITS.size) {
    return { status: 'refused', message: `It has ${file.size} bytes; a session has at most ${LIMITS.size}.` }
  }
  const text = await file.text().catch(() => undefined)
  if (text === undefined) return { status: 'refused', message: 'It could not be read.' }
  const preview = sessionStore().preview(text)
  if (!preview.ok) return { status: 'refused', message: preview.error.message }
  return { status: 'read', text, difference: preview.value }
}

function subjectText({ entry: { subject, about } }: FieldDifference): string {
  if (subject.kind === 'event') return `${about.file ?? 'a file'}:${subject.line}`
  if (subject.kind === 'stack') return `stack of ${about.holder ?? subject.stack}`
  return [about.what ?? subject.failure, about.time, about.file].filter((word) => word !== undefined).join('  ')
}

function viewText({ value, change, conflict }: FieldView): string {
  const store = sessionStore()
  if (conflict.length > 0) {
    return conflict.map((one) => `≠ ${authorText(one, store.isMine(one))}: ${valueText(one.value)}`).join('\n')
  }
  if (value === undefined || change === undefined) return 'nothing'
  return `${valueText(value)} (${authorText(change, store.isMine(change))})`
}
