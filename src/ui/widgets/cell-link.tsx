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
  /** True when that line is of the other capture, which this one is compared with. */
  readonly isOfOther?: boolean
}

/** Data that leads somewhere: quiet until it is pointed at, because a table has many of them. */
export function CellLink({ text, title, onOpen, isTabStop = true, place, isOfOther }: CellLinkProps): ReactNode {
  return (
    <button
      type="button"
      className={styles.link}
      tabIndex={isTabStop ? undefined : -1}
      title={title}
      data-place={place}
      data-of={isOfOther === true ? 'other' : undefined}
      onClick={onOpen}
    >
      {text}
    </button>
  )
}
