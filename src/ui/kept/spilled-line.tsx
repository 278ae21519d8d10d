import { type ReactNode } from 'react'
import { shownOf, useQuery } from '../../state/use-query.ts'
import styles from './kept-indexes.module.css'

const QUESTION = {}

const REFUSED = {
  no_storage:
    'This browser gives this page no storage (a private window gives none): all columns of this capture lie in memory.',
  no_room: 'This browser’s storage has no room for columns of this capture: all of them lie in memory.',
} as const

/**
 * Says how much of the capture lies in this browser's storage while it is open, or why nothing does; nothing where all is
 * in memory because it is small.
 */
export function SpilledLine(): ReactNode {
  const { sizeBytes = 0, refused } = shownOf(useQuery('spilled', QUESTION)) ?? {}
  if (refused !== undefined) return <p className={styles.line}>{REFUSED[refused]}</p>
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
