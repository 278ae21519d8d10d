import { type ReactNode } from 'react'
import { counted } from '../../base/counted.ts'
import { useKeptIndexes } from '../../state/use-kept-indexes.ts'
import styles from './kept-indexes.module.css'
import { KeptIndexes } from './kept-indexes.tsx'

/** The kept indexes as one line, to be opened: where nothing is loaded yet. */
export function KeptFold(): ReactNode {
  const [{ kept, isOn }] = useKeptIndexes()
  const count = kept?.isAvailable === true ? counted(kept.indexes.length, 'capture') : 'none'
  return (
    <details className={styles.folded}>
      <summary>
        Kept indexes: <span className="data">{kept?.isAvailable !== false && !isOn ? 'switched off' : count}</span>
      </summary>
      <KeptIndexes />
    </details>
  )
}
