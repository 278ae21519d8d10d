import { type ReactNode } from 'react'
import { useKeptIndexes } from '../../state/use-kept-indexes.ts'
import styles from './kept-indexes.module.css'
import { KeptIndexes } from './kept-indexes.tsx'
import { keptTotal } from './kept-words.ts'

/** The kept indexes as one line, to be opened: where nothing is loaded yet. */
export function KeptFold(): ReactNode {
  const [{ kept, isOn }] = useKeptIndexes()
  const isAvailable = kept?.isAvailable !== false
  return (
    <details className={styles.folded}>
      <summary>
        Kept indexes: <span className="data">{isAvailable && !isOn ? 'switched off' : keptTotal(kept)}</span>
      </summary>
      <KeptIndexes />
    </details>
  )
}
