import { Button } from '@mantine/core'
import { type ReactNode } from 'react'
import { useView } from '../../state/use-view.ts'
import { KeptFold } from '../kept/kept-fold.tsx'
import { PasteBox } from './paste-box.tsx'
import styles from './screen.module.css'

interface WaysInProps {
  readonly onChooseFiles: () => void
  readonly onChooseFolder: () => void
  readonly onExample?: () => void
}

/** Nothing is open: what this is for, and the ways in. */
export function EmptyScreen(props: WaysInProps): ReactNode {
  const [, setView] = useView()
  return (
    <div className={styles.target}>
      <div className={styles.screen}>
        <h1 className={styles.answer}>Who is holding this page?</h1>
        <p>
          Drop files or a folder anywhere: a trace with <code className="data">page_ref</code> events and stacks (ftrace
          text, trace.dat, perf script), and beside it what else there is of the same boot:{' '}
          <code className="data">page_owner</code>, <code className="data">page_pinner</code>,{' '}
          <code className="data">dmesg</code>, <code className="data">page-types</code>,{' '}
          <code className="data">kpageflags</code>, <code className="data">pagetypeinfo</code>,{' '}
          <code className="data">kallsyms</code>. They are known by content, and may be packed (.gz, .zst, .zip, .tar).
        </p>
        <WaysIn {...props} />
        <PasteBox />
        <p>
          Nothing recorded yet?{' '}
          <button type="button" className="link-button" onClick={() => setView({ view: 'record' })}>
            How to record
          </button>{' '}
          writes the commands for your kernel.
        </p>
        <p className={styles.dim}>
          Nothing leaves this machine: files are read in this tab, and the page may talk to no other place.
        </p>
        <KeptFold />
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
