import { type ReactNode } from 'react'
import { type TraceState } from '../../state/capture-store.ts'
import { WorkBar } from './work-bar.tsx'

type Loading = Extract<TraceState, { status: 'loading' }>

/** What is being read, how far it is, and a way to stop it. */
export function LoadingBar({ state, onCancel }: { readonly state: Loading; readonly onCancel: () => void }): ReactNode {
  const { progress } = state
  return (
    <WorkBar
      label="Reading"
      doneLabel="Bytes read"
      done={progress?.bytesRead}
      total={progress?.bytesTotal}
      text={progressText(state)}
      stop="Cancel"
      stopKey="Esc"
      onStop={onCancel}
    />
  )
}

/** `trace.txt.gz (1 of 3): 1048576 of 2097152 bytes, 51234 events`. */
export function progressText({ progress, names }: Pick<Loading, 'progress' | 'names'>): string {
  if (!progress) return `opening ${names.join(', ')}`
  if (progress.phase === 'comparing')
    return `an index is kept: comparing ${progress.bytesTotal} bytes of ${names.join(', ')} with what it was made of`
  if (progress.phase === 'deriving') return `${progress.events} events read, finding lifetimes, holds and failed ranges`
  const which = progress.fileCount > 1 ? ` (${progress.fileIndex + 1} of ${progress.fileCount})` : ''
  return `${progress.fileName}${which}: ${progress.bytesRead} of ${progress.bytesTotal} bytes, ${progress.events} events`
}
