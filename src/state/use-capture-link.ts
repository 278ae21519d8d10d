import { useEffect } from 'react'
import { type OverviewAnswer } from '../queries/overview.ts'
import { setHashOf } from '../base/file-set.ts'
import {
  type Admission,
  captureRefOf,
  type CaptureRef,
  fileOfRef,
  isAdmitted,
  isSameRef,
  judgeAdmission,
} from './capture-ref.ts'
import { type Capture, type OwnLink } from './capture-store.ts'
import { EXAMPLE, hasExample } from './example.ts'
import { useCapture, useCaptureStore, useTrace } from './use-trace.ts'
import { viewOfSlice } from './use-slice-link.ts'
import { formatPlace, parsePlace } from './place-in-link.ts'
import { useResetView, useView } from './use-view.ts'
import { type ViewState } from './view-state.ts'

/** What becomes of the link when a capture is there: left alone, told of the capture, or begun anew with it. */
export type LinkChange = 'none' | 'write' | 'reset'

/**
 * A link that asks for a capture is kept when one of the opened files is the asked one. It is begun anew only when a
 * person opened something instead of the capture that the link was about; else what came is refused. While it is not known
 * which file came, a link waits; a person who has opened it does not.
 */
export function linkChangeOf(asked: CaptureRef | undefined, capture: LinkedCapture): LinkChange {
  if (!asked) return 'write'
  const { replaced, overview, hasDiffered } = capture
  const admission = judgeAdmission(asked, overview.files)
  const isAddition = replaced?.opening === 'addition'
  if (isAdmitted(admission)) return isAddition || isToBeKnown(asked, capture) ? 'write' : 'none'
  const wasAsked = replaced !== undefined && isAdmitted(judgeAdmission(asked, replaced.files))
  if (!wasAsked) return 'none'
  if (admission !== 'not_known_yet' || hasDiffered) return 'reset'
  return isAddition || haveSameSamples(replaced.files, overview.files) ? 'write' : 'reset'
}

type LinkedCapture = Pick<Capture, 'overview' | 'replaced' | 'hasDiffered' | 'ownLink'>

/**
 * A line of the asked file is named by the file's name in the link, and here the same content may have another name: what is looked
 * at then, with the link naming the file as it is called here. `undefined` when there is nothing to rename.
 */
export function renamedIn(
  { capture: asked, event }: Pick<ViewState, 'capture' | 'event'>,
  files: OverviewAnswer['files'],
): Pick<ViewState, 'capture' | 'event'> | undefined {
  const place = parsePlace(event)
  if (asked === undefined || place?.fileName !== asked.fileName) return undefined
  if (files.some(({ name }) => name === place.fileName)) return undefined
  const same = fileOfRef(asked, files)
  const named = same && captureRefOf([same])
  if (same === undefined || named === undefined) return undefined
  return {
    capture: { ...asked, fileName: named.fileName },
    event: formatPlace({ fileName: same.name, line: place.line }),
  }
}

/** The link in the bar was made of this capture when a hash was not known, and now it is. One that was pasted stays as it is. */
function isToBeKnown(asked: CaptureRef, { overview, ownLink }: LinkedCapture): boolean {
  if (!isOwnLink(asked, ownLink)) return false
  const now = captureRefOf(overview.files)
  if (now === undefined) return false
  return (asked.isSampled === true && now.isSampled !== true) || (asked.set === '' && setHashOf(overview.files) !== '')
}

/** True when what a link asks for is what was written into it, or is drawn for a moment still while it is written. */
export function isOwnLink(asked: CaptureRef, own: OwnLink | undefined): boolean {
  return own !== undefined && (asked === own.over || isSameRef(asked, own.ref))
}

/** One of the files was there before, as far as its samples tell. */
function haveSameSamples(before: OverviewAnswer['files'], now: OverviewAnswer['files']): boolean {
  const known = new Set(before.flatMap(({ hash }) => hash.fingerprint ?? []))
  return now.some(({ hash }) => hash.fingerprint !== undefined && known.has(hash.fingerprint))
}

/**
 * Keeps the link and the capture together. `undefined` while nothing is loaded, or while the link is being written:
 * then nothing is to be shown of the capture yet.
 */
export function useCaptureLink(): Admission | undefined {
  const capture = useCapture()
  const store = useCaptureStore()
  const [view, setView] = useView()
  const resetView = useResetView()
  const change = capture ? linkChangeOf(view.capture, capture) : 'none'

  useEffect(() => {
    if (!capture) return
    const ref = captureRefOf(capture.overview.files)
    const own = view.capture === undefined || change === 'reset' ? viewOfSlice(capture.overview) : {}
    if (change === 'write') setView({ ...own, capture: ref }, { replace: true })
    if (change === 'reset') resetView({ ...own, capture: ref })
    store.linkWritten(change === 'none' ? undefined : { ref, over: view.capture })
  }, [capture, change, resetView, setView, store, view.capture])

  const admission = capture && view.capture && judgeAdmission(view.capture, capture.overview.files)
  useEffect(() => {
    const renamed = capture && admission && isAdmitted(admission) && renamedIn(view, capture.overview.files)
    if (renamed) setView(renamed, { replace: true })
  }, [admission, capture, setView, view])
  useEffect(() => {
    if (admission === 'not_known_yet') void store.hashNow()
  }, [admission, store])

  if (!capture || change === 'reset') return undefined
  // Nothing that a link could name: a file that could not be read.
  if (!view.capture) return captureRefOf(capture.overview.files) === undefined ? 'same' : undefined
  return admission
}

/** Opens the example by itself when the link asks for it and nothing is open. */
export function useExampleLink(): void {
  const [, { openExample }] = useTrace()
  const store = useCaptureStore()
  const [view] = useView()
  const isAsked = view.capture?.hash === EXAMPLE.mainHash
  useEffect(() => {
    // Only on arrival at such a link: after a failure or a cancel the person decides.
    // The store is asked: a report is being opened since the last drawing, if the page is one.
    if (isAsked && store.state().status === 'empty' && hasExample()) openExample()
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isAsked])
}
