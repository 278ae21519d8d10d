import { type ReactNode, useEffect, useEffectEvent, useId, useState } from 'react'
import { LIMITS } from '../../session/session-limits.ts'
import styles from './session.module.css'

interface NoteInputProps {
  readonly label: string
  /** Key that leads here. */
  readonly hint: string
  readonly value: string
  readonly isLarge: boolean
  /** Behind the label: whether it is saved. */
  readonly saved: string
  /** Takes a text in the place of the one that was there when its typing began. Empty when done, else why not. */
  readonly onCommit: (text: string, instead: string) => string
}

/** Typing rests so long before it is kept: a crash costs no more than that. ms. */
const PAUSE_MS = 400
const MOST_ROWS = 10

/**
 * A note of several lines: kept in pauses of typing, when it is left and when the page is. Esc leaves it. What another tab says
 * meanwhile never takes the place of what is being typed.
 */
export function NoteInput({ label, hint, value, isLarge, saved, onCommit }: NoteInputProps): ReactNode {
  const id = useId()
  const [draft, setDraft] = useState(value)
  const [base, setBase] = useState(value)
  const [isTyped, setIsTyped] = useState(false)
  const [problem, setProblem] = useState('')
  if (!isTyped && base !== value) {
    setDraft(value)
    setBase(value)
  }
  const isDue = isTyped && draft !== base
  const commit = (text: string): string => {
    const refusal = onCommit(text, base)
    setBase(text)
    setProblem(refusal)
    return refusal
  }
  const commitLater = useEffectEvent(commit)
  useEffect(() => {
    if (!isDue) return undefined
    const now = (): void => void commitLater(draft)
    const timer = setTimeout(now, PAUSE_MS)
    window.addEventListener('pagehide', now)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', now)
    }
  }, [draft, isDue])
  const leave = useEffectEvent(() => isDue && onCommit(draft, base))
  useEffect(() => () => void leave(), [])
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
        onChange={(event) => {
          setDraft(event.currentTarget.value)
          setIsTyped(true)
        }}
        onBlur={() => {
          // What was refused stays to be changed.
          setIsTyped((isDue ? commit(draft) : problem) !== '')
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          event.preventDefault()
          event.currentTarget.blur()
        }}
      />
      <output className={styles.saved}>{isDue ? 'Not saved yet' : saved}</output>
      {problem !== '' && <output className={styles.notice}>{problem}</output>}
    </div>
  )
}
