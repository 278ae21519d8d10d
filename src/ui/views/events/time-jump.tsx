import { type ReactNode, type RefObject, useId, useState } from 'react'
import { type Clock, parseTime } from '../../../base/clock.ts'
import styles from './events-view.module.css'

interface TimeJumpProps {
  readonly clock: Clock
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly onJump: (ns: number) => void
}

/** Takes a time as the file prints it, and leads to the first event of the list at or after it. */
export function TimeJump({ clock, inputRef, onJump }: TimeJumpProps): ReactNode {
  const id = useId()
  const [text, setText] = useState('')
  const ns = parseTime(text, clock)
  const isWrong = text.trim() !== '' && ns === undefined
  return (
    <span className={styles.jump}>
      <label htmlFor={id} className={styles.dim}>
        jump to
      </label>
      <input
        ref={inputRef}
        id={id}
        className={styles.jumpInput}
        type="text"
        placeholder="time  j"
        autoComplete="off"
        spellCheck={false}
        value={text}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && ns !== undefined) onJump(ns)
          else if (event.key === 'Escape') event.currentTarget.blur()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      {isWrong && <span id={`${id}-wrong`}>a time as the file prints it</span>}
    </span>
  )
}
