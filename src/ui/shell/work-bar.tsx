import { type ReactNode } from 'react'
import styles from './screen.module.css'

interface WorkBarProps {
  /** What is being done, and what of it is done, for those who cannot see the bar. */
  readonly label: string
  readonly doneLabel: string
  /** Absent while it is not known how much there is. */
  readonly done: number | undefined
  readonly total: number | undefined
  readonly text: string
  readonly stop?: string
  readonly stopKey?: string
  /** Absent for what nobody waits for. */
  readonly onStop?: () => void
}

/** Work that takes a while: how far it is in numbers, and a way to stop it. */
export function WorkBar({ label, doneLabel, done, total, text, stop, stopKey, onStop }: WorkBarProps): ReactNode {
  return (
    <output className={styles.bar} aria-label={label}>
      <progress className={styles.progress} aria-label={doneLabel} max={total ?? 1} value={done ?? 0} />
      {/* Ten times a second: too often to be spoken. */}
      <span className="data" aria-live="off">
        {text}
      </span>
      {onStop && (
        <button type="button" className="link-button" onClick={onStop} title={stopKey}>
          {stop}
        </button>
      )}
    </output>
  )
}
