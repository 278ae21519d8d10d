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
      text={`${progressText(state)}${foundText(state)}`}
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

/** Where what was loaded before is still shown, so that no list is: `; 3 failed ranges found so far`. */
export function foundText({ progress, capture }: Pick<Loading, 'progress' | 'capture'>): string {
  return capture === undefined || progress?.found === undefined ? '' : `; ${foundCount(progress.found.total)}`
}

/** `3 failed ranges found so far`. */
export function foundCount(total: number): string {
  if (total === 0) return 'no failed range found so far'
  return `${total} failed ${total === 1 ? 'range' : 'ranges'} found so far`
}
