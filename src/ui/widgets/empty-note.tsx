import { type ReactNode } from 'react'
import styles from './small-marks.module.css'

interface EmptyNoteProps {
  /** What there is none of, in a sentence. */
  readonly title: string
  /** Why, and what to do. */
  readonly children?: ReactNode
}

/** Said where there is nothing to show: what, why, and what leads on. */
export function EmptyNote({ title, children }: EmptyNoteProps): ReactNode {
  return (
    <div className={styles.empty}>
      <p className={styles.emptyTitle}>{title}</p>
      {children}
    </div>
  )
}
