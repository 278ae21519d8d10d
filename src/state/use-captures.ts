import { createContext, use, useSyncExternalStore } from 'react'
import { type CapturePair, type OpenCaptures } from './capture-pair.ts'
import { type CaptureStore, type TraceState } from './capture-store.ts'

/** The captures that `app.tsx` provides to the whole page. */
export const CapturePairContext = createContext<CapturePair | undefined>(undefined)

/** Both captures, and what may be done with them. */
export function useCapturePair(): readonly [OpenCaptures, CapturePair] {
  const pair = use(CapturePairContext)
  if (!pair) throw new Error('broken promise: no CapturePairContext around this component')
  return [useSyncExternalStore(pair.subscribe, pair.state), pair]
}

const EMPTY: TraceState = { status: 'empty' }
const nothing = (): (() => void) => () => undefined
const empty = (): TraceState => EMPTY

/** What a store holds that may not be there. */
export function useStateOf(store: CaptureStore | undefined): TraceState {
  return useSyncExternalStore(store?.subscribe ?? nothing, store?.state ?? empty)
}
