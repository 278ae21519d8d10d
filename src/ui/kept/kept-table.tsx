import { type ReactNode } from 'react'
import { type KeptIndexState } from '../../state/kept-index-store.ts'
import styles from './kept-indexes.module.css'
import { formatDay } from './kept-words.ts'

type Index = Extract<NonNullable<KeptIndexState['kept']>, { isAvailable: true }>['indexes'][number]

interface KeptTableProps {
  /** Used last first. */
  readonly indexes: readonly Index[]
  readonly onRemove: (key: string) => void
}

/** Each index with its files, its size and its last use. */
export function KeptTable({ indexes, onRemove }: KeptTableProps): ReactNode {
  return (
    <div className={styles.scroller}>
      <table className={`${styles.table} data`}>
        <thead>
          <tr>
            <th scope="col">files</th>
            <th scope="col" className={styles.number}>
              bytes of files
            </th>
            <th scope="col" className={styles.number}>
              events
            </th>
            <th scope="col" className={styles.number}>
              bytes kept
            </th>
            <th scope="col">kept</th>
            <th scope="col">last used</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {indexes.map((index) => (
            <tr key={index.key}>
              <th scope="row">{namesOf(index)}</th>
              <td className={styles.number}>{index.files.reduce((sum, file) => sum + file.sizeBytes, 0)}</td>
              <td className={styles.number}>{index.events}</td>
              <td className={styles.number}>{index.sizeBytes}</td>
              <td>{formatDay(index.savedAt)}</td>
              <td>{formatDay(index.usedAt)}</td>
              <td>
                <button
                  type="button"
                  className="link-button"
                  aria-label={`Remove the index of ${namesOf(index)}`}
                  onClick={() => onRemove(index.key)}
                >
                  Remove
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** `trace.txt, dmesg.txt and 3 more`. */
function namesOf({ files }: Index): string {
  const names = files.slice(0, MOST_NAMED).map((file) => file.name)
  const more = files.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}

const MOST_NAMED = 3
