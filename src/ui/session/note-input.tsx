import { type ReactNode, useEffect, useEffectEvent, useId, useState } from 'react'
import { LIMITS } from '../../session/session-limits.ts'
import styles from './session.module.css'

interface NoteInputProps {
  readonly label: string
  /** Key that leads here. */
  readonly hint: string
  readonly value: string
  readonly isLarge: boolean
  readonly onCommit: (text: string) => string
}

/** Typing rests so long before it is kept: a crash costs no more than that. ms. */
const PAUSE_MS = 400
const MOST_ROWS = 10

/** A note of several lines: kept in pauses of typing and when it is left. Esc leaves it. */
export function NoteInput({ label, hint, value, isLarge, onCommit }: NoteInputProps): ReactNode {
  const id = useId()
  const [draft, setDraft] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  const [problem, setProblem] = useState('')
  if (seen !== value) {
    setSeen(value)
    if (value !== sent) {
      setDraft(value)
      setSent(value)
    }
  }
  const isDue = draft !== value && draft !== sent
  const commit = (text: string): void => {
    setSent(text)
    setProblem(onCommit(text))
  }
  const commitLater = useEffectEvent(commit)
  useEffect(() => {
    if (!isDue) return undefined
    const timer = setTimeout(() => commitLater(draft), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft, isDue])
  const rows = Math.min(MOST_ROWS, Math.max(isLarge ? 3 : 1, draft.split('\n').length))
  return (
    <div className={styles.note}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        data-session-note
        className={styles.area}
        rows={rows}
        maxLength={LIMITS.note}
        title={hint}
        spellCheck={false}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => isDue && commit(draft)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          event.preventDefault()
          event.currentTarget.blur()
        }}
      />
      {problem !== '' && <output className={styles.notice}>{problem}</output>}
    </div>
  )
}
