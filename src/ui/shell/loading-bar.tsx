import { type ReactNode } from 'react'
import { counted } from '../../base/counted.ts'
import { type TraceState } from '../../state/capture-store.ts'
import { DEFAULT_VIEW, type ViewId } from '../../state/view-state.ts'
import { VIEW_ENTRIES } from './navigation.ts'
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
      total={progress?.bytesTotal === 0 ? undefined : progress?.bytesTotal}
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
  if (progress.phase === 'deriving')
    return `${counted(progress.events, 'event')} read, finding lifetimes, holds and failed ranges`
  const of = progress.bytesTotal === 0 ? '' : ` of ${progress.bytesTotal}`
  const which = progress.fileCount > 1 ? ` (${progress.fileIndex + 1} of ${progress.fileCount})` : ''
  if (progress.phase === 'fetching') return `fetching ${progress.fileName}${which}: ${progress.bytesRead}${of} bytes`
  // A file of another kind has none: nothing is said of them until there are some.
  const events = progress.events === 0 ? '' : `, ${counted(progress.events, 'event')}`
  return `${progress.fileName}${which}: ${progress.bytesRead} of ${progress.bytesTotal} bytes${events}`
}

/** The same for the line at the foot, and which screen was asked for: `reading… trace.txt: 1 of 2 bytes · Events is shown when it is read`. */
export function readingText(state: Loading, asked: ViewId): string {
  const screen = VIEW_ENTRIES.find(({ id }) => id === asked)?.label
  const isWaiting = state.capture === undefined && asked !== DEFAULT_VIEW.view && screen !== undefined
  return `reading… ${progressText(state)}${isWaiting ? ` · ${screen} is shown when it is read` : ''}`
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
