import { type ReactNode } from 'react'
import { useCapture, useTrace } from '../../state/use-trace.ts'
import { useKeptIndexes } from '../../state/use-kept-indexes.ts'
import styles from './kept-indexes.module.css'
import { indexWords } from './kept-words.ts'

/** Says whether the capture came from a kept index, and lets its files be read again. Nothing to say of small captures. */
export function IndexLine(): ReactNode {
  const capture = useCapture()
  const [trace, { readAgain }] = useTrace()
  const [{ kept }] = useKeptIndexes()
  if (capture === undefined) return null
  const { index, overview } = capture
  const isHashed = overview.files.every(({ hash }) => hash.kind !== 'put_off')
  if (index.from === 'files' && index.news?.kind === 'none') return null
  return (
    <p className={styles.line}>
      <output>{indexWords(index, kept, isHashed)}</output>
      {index.from === 'index' && (
        <button type="button" className="link-button" disabled={trace.status === 'loading'} onClick={readAgain}>
          Read again
        </button>
      )}
    </p>
  )
}
