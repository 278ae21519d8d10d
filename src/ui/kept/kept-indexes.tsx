import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { counted } from '../../base/counted.ts'
import { useKeptIndexes } from '../../state/use-kept-indexes.ts'
import { Dialog } from '../shell/dialog.tsx'
import styles from './kept-indexes.module.css'
import { keptTotal, uselessWords } from './kept-words.ts'
import { KeptTable } from './kept-table.tsx'

/** What is kept in this browser so that large files open at once: the list, ways to remove, and the switch. */
export function KeptIndexes(): ReactNode {
  const [{ isOn, kept, isHeld, useless }, { switchOn, switchOff, clear, remove }] = useKeptIndexes()
  const [isAsking, setIsAsking] = useState(false)
  const indexes = kept?.isAvailable === true ? kept.indexes : []
  const toggle = (): void => {
    if (!isOn) switchOn()
    else if (indexes.length > 0) setIsAsking(true)
    else void switchOff()
  }
  if (kept?.isAvailable === false) return <p className={styles.note}>{UNAVAILABLE}</p>
  return (
    <div className={styles.panel}>
      <p className={styles.dim}>{ABOUT}</p>
      <label className={styles.choice}>
        <input type="checkbox" checked={isOn} onChange={toggle} />
        Keep indexes in this browser
      </label>
      {kept && (
        <p className={styles.total}>
          <span className="data">{keptTotal(kept)}</span>
          {indexes.length > 0 && (
            <button type="button" className="link-button" onClick={() => void clear()}>
              Clear all
            </button>
          )}
        </p>
      )}
      {useless && <p className={styles.dim}>{uselessWords(useless)}</p>}
      {isHeld && <p role="alert">Another tab is writing an index: it stays. Close that tab, or clear again later.</p>}
      {indexes.length > 0 && <KeptTable indexes={indexes} onRemove={(key) => void remove(key)} />}
      {isAsking && (
        <Dialog title="Keep no indexes" closeLabel="Go on keeping them" onClose={() => setIsAsking(false)}>
          <p>
            What is kept of {counted(indexes.length, 'capture')} will be removed from this browser. The files themselves
            are not touched; opening them reads them anew each time.
          </p>
          <div className={styles.buttons}>
            <Button
              size="compact-md"
              data-autofocus
              onClick={() => {
                setIsAsking(false)
                void switchOff()
              }}
            >
              Switch off and remove
            </Button>
            <Button size="compact-md" variant="default" onClick={() => setIsAsking(false)}>
              Go on keeping them
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  )
}

const ABOUT =
  'What was read is kept in the private storage of this page in this browser, so that large files open at once the next ' +
  'time, and links open their capture without the file. It never leaves this machine. The text of the files is not kept: ' +
  'raw lines need the files themselves, and the whole content of a large file that comes back is compared.'

const UNAVAILABLE =
  'This browser keeps nothing here (a private window, a page that came over plain http, or a development server): files ' +
  'are read anew each time.'
