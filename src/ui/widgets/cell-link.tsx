import { type ReactNode } from 'react'
import styles from './small-marks.module.css'

interface CellLinkProps {
  readonly text: string
  readonly title: string
  readonly onOpen: () => void
  /** False in rows that are not the tab stop of their table. */
  readonly isTabStop?: boolean
  /** The line that it leads to, for the key that opens the raw lines of what has the focus. */
  readonly place?: string
}

/** Data that leads somewhere: quiet until it is pointed at, because a table has many of them. */
export function CellLink({ text, title, onOpen, isTabStop = true, place }: CellLinkProps): ReactNode {
  return (
    <button
      type="button"
      className={styles.link}
      tabIndex={isTabStop ? undefined : -1}
      title={title}
      data-place={place}
      onClick={onOpen}
    >
      {text}
    </button>
  )
}
