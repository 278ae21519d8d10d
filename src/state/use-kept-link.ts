import { useEffect, useSyncExternalStore } from 'react'
import { type KeptIndexAnswer } from '../bridge/protocol.ts'
import { type CaptureRef, isAdmitted, judgeAdmission } from './capture-ref.ts'
import { type KeptIndexState } from './kept-index-store.ts'
import { sourcesAsked } from './source-address.ts'
import { useCaptureStore } from './use-trace.ts'
import { useView } from './use-view.ts'

/** Whether what a link asks for is kept in this browser. */
export type KeptForLink = 'looking' | 'found' | 'absent' | 'off' | 'unavailable'

/** The kept capture that a link asks for, that with the same companions before others; undefined when it is not kept. */
export function keptFor(asked: CaptureRef, kept: readonly KeptIndexAnswer[]): KeptIndexAnswer | undefined {
  const judged = kept.map((index) => ({ index, admission: judgeAdmission(asked, index.contents) }))
  const best =
    judged.find(({ admission }) => admission === 'same') ?? judged.find(({ admission }) => isAdmitted(admission))
  return best?.index
}

/** What is known of it, from the link and the list. */
export function keptStatusOf(asked: CaptureRef, { isOn, kept }: KeptIndexState): KeptForLink {
  if (!isOn) return 'off'
  if (kept === undefined) return 'looking'
  if (!kept.isAvailable) return 'unavailable'
  return keptFor(asked, kept.indexes) === undefined ? 'absent' : 'found'
}

/** Opens the capture that a link asks for from what is kept in this browser, where nothing is open. */
export function useKeptLink(): void {
  const store = useCaptureStore()
  const [{ capture: asked, slice }] = useView()
  const state = useSyncExternalStore(store.kept.subscribe, store.kept.state)
  const isFree = useSyncExternalStore(store.subscribe, () => store.state().status === 'empty')
  const isAsked = asked !== undefined && slice === undefined && sourcesAsked().length === 0
  const found =
    isAsked && isFree && state.isOn && state.kept?.isAvailable === true ? keptFor(asked, state.kept.indexes) : undefined
  useEffect(() => {
    if (found === undefined || store.state().status !== 'empty') return
    void store.openKept(
      found.key,
      found.contents.map(({ name }) => name),
    )
    // Once for each: after a failure or a cancel the person decides.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [found?.key, store])
}

/** What is said of it on the screen that asks for the file. */
export function useKeptStatus(asked: CaptureRef): KeptForLink {
  const { kept } = useCaptureStore()
  return keptStatusOf(asked, useSyncExternalStore(kept.subscribe, kept.state))
}
