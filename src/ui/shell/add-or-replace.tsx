import { Button } from '@mantine/core'
import { type ReactNode } from 'react'
import { Dialog } from './dialog.tsx'
import styles from './screen.module.css'

interface AddOrReplaceProps {
  /** Files that came while something is open; none closes the question. */
  readonly files: readonly File[]
  readonly onAdd: () => void
  readonly onReplace: () => void
  /** Reads them as the second capture of the Compare screen; absent on other screens. */
  readonly onCompare?: () => void
  readonly onClose: () => void
}

/** More files came: do they belong to what is open? */
export function AddOrReplace({ files, onAdd, onReplace, onCompare, onClose }: AddOrReplaceProps): ReactNode {
  if (files.length === 0) return null
  return (
    <Dialog
      onClose={onClose}
      title={files.length === 1 ? 'Open one more file' : `Open ${files.length} more files`}
      closeLabel="Do not open them"
    >
      <p className="data">{files.map((file) => file.name).join(', ')}</p>
      <p>Files of one boot belong to one capture: their times are compared.</p>
      <div className={styles.buttons} style={{ marginBlockStart: 'var(--space-3)' }}>
        {onCompare && (
          <Button size="compact-md" onClick={onCompare} data-autofocus>
            Compare with this capture
          </Button>
        )}
        <Button
          size="compact-md"
          variant={onCompare ? 'default' : 'filled'}
          onClick={onAdd}
          data-autofocus={onCompare ? undefined : true}
        >
          Add to this capture
        </Button>
        <Button size="compact-md" variant="default" onClick={onReplace}>
          Open instead
        </Button>
      </div>
    </Dialog>
  )
}
