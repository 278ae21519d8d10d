import { type ReactNode, useState } from 'react'
import { type Said } from '../../session/carried.ts'
import { type Change } from '../../session/register.ts'
import { type SessionSubject } from '../../state/session-subject.ts'
import { useTriageSession } from '../../state/use-triage-session.ts'
import { authorText, dayText, valueText } from './said-words.ts'
import { keepAsNote, takeThis } from './session-deeds.ts'
import styles from './session.module.css'

interface ConflictsProps {
  readonly subject: SessionSubject
  readonly said: Said
}

/** What people said without knowing of each other, side by side: who, when, what. Settling it replaces all of it. */
export function Conflicts({ subject, said }: ConflictsProps): ReactNode {
  const [problem, setProblem] = useState('')
  const fields = (['verdict', 'assignee', 'note'] as const).filter((field) => said[field].conflict.length > 0)
  if (fields.length === 0) return null
  return (
    <>
      {fields.map((field) => (
        <section key={field} className={styles.conflict} aria-label={`Conflict of ${field}`}>
          <p>
            <b>≠ {field === 'verdict' ? 'triage verdict' : field}</b>: people differ.{' '}
            <button
              type="button"
              className="link-button"
              onClick={() => setProblem(keepAsNote(subject, field, said[field].conflict))}
            >
              Keep all as note
            </button>
          </p>
          <ul className={styles.sides}>
            {said[field].conflict.map((change) => (
              <Side
                key={`${change.id} ${String(change.value)}`}
                change={change}
                onTake={() => setProblem(takeThis(subject, field, change))}
              />
            ))}
          </ul>
        </section>
      ))}
      {problem !== '' && <output className={styles.notice}>{problem}</output>}
    </>
  )
}

function Side({ change, onTake }: { readonly change: Change; readonly onTake: () => void }): ReactNode {
  const [, store] = useTriageSession()
  const author = authorText(change, store.isMine(change))
  return (
    <li className={styles.side}>
      <span className={styles.by}>
        {author}, {dayText(change)}
      </span>
      <span className={styles.text}>{valueText(change.value)}</span>
      <button type="button" className="link-button" aria-label={`Take what ${author} says`} onClick={onTake}>
        Take this
      </button>
    </li>
  )
}
