import { type ReactNode, useEffect, useEffectEvent, useId, useState } from 'react'
import styles from './draft-input.module.css'

interface DraftInputProps {
  readonly label: string
  readonly value: string
  /** Called when typing pauses, and at once on Enter and on leaving; never with what `judge` objects to. */
  readonly onCommit: (text: string) => void
  /** Says what the text should be when it is not; nothing when it is right. */
  readonly judge?: (text: string) => string | undefined
  readonly placeholder?: string
  readonly widthChars?: number
}

/** Short enough that an answer is there 150 ms after the last key. */
const PAUSE_MS = 50

/** A text field for a value that lives elsewhere: it keeps what is being typed and hands it over in pauses. */
export function DraftInput(props: DraftInputProps): ReactNode {
  const { label, value, onCommit, judge, placeholder, widthChars = 16 } = props
  const id = useId()
  const [draft, setDraft] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  if (seen !== value) {
    setSeen(value)
    // What comes back of this field's own text is older than what is being typed.
    if (value !== sent) {
      setDraft(value)
      // Else a later change back to what was sent before would be taken for an echo, and undone.
      setSent(value)
    }
  }
  const text = draft.trim()
  const objection = judge?.(text)
  const isDue = text !== value && text !== sent && objection === undefined
  const commit = (due: string) => {
    setSent(due)
    onCommit(due)
  }
  const commitLater = useEffectEvent(commit)
  useEffect(() => {
    if (!isDue) return undefined
    const timer = setTimeout(() => commitLater(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, isDue])
  const commitNow = () => isDue && commit(text)
  return (
    <span className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={styles.input}
        style={{ width: `${widthChars}ch` }}
        type="text"
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        value={draft}
        aria-invalid={objection !== undefined}
        aria-describedby={objection === undefined ? undefined : `${id}-objection`}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commitNow}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commitNow()
          if (event.key === 'Escape' && draft !== '') {
            event.stopPropagation()
            setDraft('')
          }
        }}
      />
      {objection !== undefined && (
        <span className={styles.objection} id={`${id}-objection`}>
          {objection}
        </span>
      )}
    </span>
  )
}
