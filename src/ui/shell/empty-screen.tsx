import { Button } from '@mantine/core'
import { type ReactNode } from 'react'
import styles from './screen.module.css'

interface WaysInProps {
  readonly onChooseFiles: () => void
  readonly onChooseFolder: () => void
  readonly onExample?: () => void
}

/** Nothing is open: what this is for, and the ways in. */
export function EmptyScreen(props: WaysInProps): ReactNode {
  return (
    <div className={styles.target}>
      <div className={styles.screen}>
        <h1 className={styles.answer}>Who is holding this page?</h1>
        <p>
          Drop files or a folder anywhere: an ftrace text file with <code className="data">page_ref</code> events and
          stacks, and beside it <code className="data">page_owner</code> dumps, <code className="data">dmesg</code>, the
          PFN window. Gzip is fine, several at once too. Text can be pasted.
        </p>
        <WaysIn {...props} />
        <p className={styles.dim}>
          Nothing leaves this machine: files are read in this tab, and the page may talk to no other place.
        </p>
      </div>
    </div>
  )
}

/** The buttons, for every screen that asks for files. */
export function WaysIn({ onChooseFiles, onChooseFolder, onExample }: WaysInProps): ReactNode {
  return (
    <div className={styles.buttons}>
      <Button size="compact-md" onClick={onChooseFiles}>
        Choose files
      </Button>
      <Button size="compact-md" variant="default" onClick={onChooseFolder}>
        Choose a folder
      </Button>
      {onExample && (
        <Button size="compact-md" variant="default" onClick={onExample}>
          Open an example
        </Button>
      )}
    </div>
  )
}
