import { useSyncExternalStore } from 'react'
import { type KeptIndexState, type KeptIndexStore } from './kept-index-store.ts'
import { useCaptureStore } from './use-trace.ts'

/** What is kept in this browser, and what may be done with it. */
export function useKeptIndexes(): readonly [
  KeptIndexState,
  Pick<KeptIndexStore, 'switchOn' | 'switchOff' | 'clear' | 'remove'>,
] {
  const { kept } = useCaptureStore()
  return [useSyncExternalStore(kept.subscribe, kept.state), kept]
}
