import { type ReactNode } from 'react'
import { shownOf, useQuery } from '../../state/use-query.ts'
import styles from './kept-indexes.module.css'

const QUESTION = {}

/** Says how much of the capture lies in this browser's storage while it is open; nothing where all is in memory. */
export function SpilledLine(): ReactNode {
  const sizeBytes = shownOf(useQuery('spilled', QUESTION))?.sizeBytes ?? 0
  if (sizeBytes === 0) return null
  return (
    <p className={styles.line}>
      <span>
        <span className="data">{sizeBytes}</span> bytes of columns lie in this browser’s storage while this capture is
        open.
      </span>
    </p>
  )
}
