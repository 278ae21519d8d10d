import { type RulesGiven } from '../bridge/protocol.ts'
import { type OverviewAnswer } from '../queries/overview.ts'
import { createContext, use, useMemo, useSyncExternalStore } from 'react'
import {
  type ArrayFile,
  type Capture,
  captureOf,
  type CaptureStore,
  type Hashing,
  type Judging,
  type Pairing,
  type RulesOutcome,
  type TraceState,
} from './capture-store.ts'
import { type Loss } from './recovery.ts'
import { EXAMPLE, fetchExample } from './example.ts'

/** The store that `app.tsx` provides to the whole page. */
export const CaptureStoreContext = createContext<CaptureStore | undefined>(undefined)

/** What a person may do with files. */
export interface TraceActions {
  /** Reads files: added to what is loaded, or instead of it. */
  readonly open: (files: readonly File[], options?: { readonly add?: boolean }) => void
  /** Tells the first PFN of an array of pages: what is loaded is read again with it. */
  readonly tellStart: (file: ArrayFile, startPfn: number) => void
  /** Reads the files of what is loaded again, whatever is kept of them. */
  readonly readAgain: () => void
  /** Opens once more what could not be opened. */
  readonly retry: () => void
  /** Stops reading; what was loaded stays. */
  readonly cancel: () => void
  /** Puts a failure away. */
  readonly dismiss: () => void
  /** Judges what is loaded by other rules. */
  readonly applyRules: (given: RulesGiven) => Promise<RulesOutcome>
  /** Gives judging anew up. */
  readonly stopJudging: () => void
  /**
   * Hashes large files at once: somebody waits for it. Resolves with all files when it is done, or was stopped; undefined when
   * others were opened instead.
   */
  readonly hashNow: () => Promise<OverviewAnswer['files'] | undefined>
  /** Gives hashing up, until somebody wants it. */
  readonly stopHashing: () => void
  /** Fetches the example that comes with the page, and opens it. */
  readonly openExample: () => void
}

/** The session and what may be done with it. */
export function useTrace(): readonly [TraceState, TraceActions] {
  const store = useCaptureStore()
  const state = useSyncExternalStore(store.subscribe, store.state)
  const actions = useMemo(() => actionsOf(store), [store])
  return [state, actions]
}

/** What is loaded, if anything: unchanged while other files are being read. */
export function useCapture(): Capture | undefined {
  const store = useCaptureStore()
  return useSyncExternalStore(store.subscribe, () => captureOf(store.state()))
}

/** Judging anew that is under way, if any: what is shown meanwhile is by the rules of before. */
export function useJudging(): Judging | undefined {
  const store = useCaptureStore()
  return useSyncExternalStore(store.subscribe, store.judging)
}

/** Pairing of references that is under way, if any: what is about all holds is answered when it is done. */
export function usePairing(): Pairing | undefined {
  const store = useCaptureStore()
  return useSyncExternalStore(store.subscribe, store.pairing)
}

/** Hashing of large files that is under way or stopped, if any. */
export function useHashing(): Hashing | undefined {
  const store = useCaptureStore()
  return useSyncExternalStore(store.subscribe, store.hashing)
}

/** What became of the capture when its worker ended; undefined while nothing is wrong. */
export function useLoss(store: CaptureStore): Loss | undefined {
  return useSyncExternalStore(store.subscribe, store.recovery.loss)
}

/** The store itself, for the hooks of this room. */
export function useCaptureStore(): CaptureStore {
  const store = use(CaptureStoreContext)
  if (!store) throw new Error('broken promise: no CaptureStoreContext around this component')
  return store
}

function actionsOf(store: CaptureStore): TraceActions {
  return {
    open: (files, options) => void store.open(files, options?.add === true ? 'addition' : 'instead'),
    tellStart: (file, startPfn) => void store.tellStart(file, startPfn),
    readAgain: () => void store.readAgain(),
    retry: store.retry,
    cancel: () => store.cancel(),
    dismiss: store.dismiss,
    applyRules: (given) => store.applyRules(given),
    stopJudging: store.stopJudging,
    hashNow: store.hashNow,
    stopHashing: store.stopHashing,
    openExample: () =>
      void store.openFetched(
        EXAMPLE.files.map((file) => file.name),
        fetchExample,
      ),
  }
}
