import { useEffect } from 'react'
import { type Admission, captureRefOf, type CaptureRef, judgeAdmission } from './capture-ref.ts'
import { type Capture, captureOf } from './capture-store.ts'
import { EXAMPLE } from './example.ts'
import { useCapture, useCaptureStore, useTrace } from './use-trace.ts'
import { useResetView, useView } from './use-view.ts'

/** What becomes of the link when a capture is there: left alone, told of the capture, or begun anew with it. */
export type LinkChange = 'none' | 'write' | 'reset'

/**
 * A link that asks for a capture is kept when one of the opened files is the asked one. It is begun anew only when a
 * person opened something instead of the capture that the link was about; else what came is refused.
 */
export function linkChangeOf(
  asked: CaptureRef | undefined,
  capture: Pick<Capture, 'overview' | 'replaced'>,
): LinkChange {
  if (!asked) return 'write'
  const { replaced, overview } = capture
  const isAsked = judgeAdmission(asked, overview.files) !== 'other_file'
  if (isAsked) return replaced?.opening === 'addition' ? 'write' : 'none'
  const wasAsked = replaced !== undefined && judgeAdmission(asked, replaced.files) !== 'other_file'
  return wasAsked ? 'reset' : 'none'
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
    if (change === 'write') setView({ capture: ref }, { replace: true })
    if (change === 'reset') resetView({ capture: ref })
    store.linkWritten()
  }, [capture, change, resetView, setView, store])

  if (!capture || !view.capture || change === 'reset') return undefined
  return judgeAdmission(view.capture, capture.overview.files)
}

/** Opens the example by itself when the link asks for it and nothing is open. */
export function useExampleLink(): void {
  const [trace, { openExample }] = useTrace()
  const [view] = useView()
  const isAsked = view.capture?.hash === EXAMPLE.mainHash
  const isOpen = captureOf(trace) !== undefined
  useEffect(() => {
    // Only on arrival at such a link: after a failure or a cancel the person decides.
    if (isAsked && !isOpen) openExample()
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isAsked])
}
