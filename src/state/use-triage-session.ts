import { useMemo, useSyncExternalStore } from 'react'
import { type OverviewAnswer } from '../queries/overview.ts'
import { type CaptureIdentity } from '../session/carried.ts'
import { fileIdentity } from '../session/file-identity.ts'
import { mainFileOf } from './capture-ref.ts'
import { type SessionState, type SessionStore, sessionStore } from './session-store.ts'
import { shownOf, useQuery } from './use-query.ts'
import { useCapture } from './use-trace.ts'

/** What people said of findings, and the one way to say something. All tabs follow. */
export function useTriageSession(): readonly [SessionState, SessionStore] {
  const store = sessionStore()
  return [useSyncExternalStore(store.subscribe, store.state, store.state), store]
}

const KERNEL = { filter: 'kernel', offset: 0, limit: 20 }

/** How a session knows the files that are open; `undefined` when none is. */
export function useCaptureIdentity(): CaptureIdentity | undefined {
  const files = useCapture()?.overview.files
  const machine = shownOf(useQuery('machine', files && KERNEL))
  const release = machine?.rows.find(({ name }) => name === 'kernel')?.text ?? ''
  return useMemo(() => files && identityOf(files, release), [files, release])
}

/** The files as a session names them, the main one first. */
export function identityOf(files: OverviewAnswer['files'], release: string): CaptureIdentity {
  const main = mainFileOf(files)
  const others = files.filter((file) => file !== main)
  return { files: [...(main === undefined ? [] : [main]), ...others].map(fileIdentity), release }
}
