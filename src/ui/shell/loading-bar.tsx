import { type ReactNode } from 'react'
import { type TraceState } from '../../state/capture-store.ts'
import styles from './screen.module.css'

type Loading = Extract<TraceState, { status: 'loading' }>

/** What is being read, how far it is, and a way to stop it. */
export function LoadingBar({ state, onCancel }: { readonly state: Loading; readonly onCancel: () => void }): ReactNode {
  const { progress } = state
  return (
    <output className={styles.bar} aria-label="Reading">
      <progress
        className={styles.progress}
        aria-label="Bytes read"
        max={progress?.bytesTotal ?? 1}
        value={progress?.bytesRead ?? 0}
      />
      <span className="data">{progressText(state)}</span>
      <button type="button" className="link-button" onClick={onCancel} title="Esc">
        Cancel
      </button>
    </output>
  )
}

/** `trace.txt.gz (1 of 3): 1048576 of 2097152 bytes, 51234 events`. */
export function progressText({ progress, names }: Pick<Loading, 'progress' | 'names'>): string {
  if (!progress) return `opening ${names.join(', ')}`
  if (progress.phase === 'deriving') return `${progress.events} events read, finding lifetimes, holds and failed ranges`
  const which = progress.fileCount > 1 ? ` (${progress.fileIndex + 1} of ${progress.fileCount})` : ''
  return `${progress.fileName}${which}: ${progress.bytesRead} of ${progress.bytesTotal} bytes, ${progress.events} events`
}
