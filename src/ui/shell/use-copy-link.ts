import { useRef, useState } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { captureRefOf } from '../../state/capture-ref.ts'
import { linkedCaptureOf } from '../../state/linked-capture.ts'
import { useCapture, useTrace } from '../../state/use-trace.ts'
import { useLinkTo } from '../../state/use-view.ts'
import { type ViewState } from '../../state/view-state.ts'
import { type CopiedLinkProps, type CopyOutcome } from './copied-link.tsx'

type Shown = Omit<CopiedLinkProps, 'onClose'>

/** Puts a link on the clipboard, once it is known which file it is about, and tells whether that worked. */
export function useCopyLink(): {
  readonly shown?: Shown
  /** The link is copied when this file is hashed. */
  readonly waitingFor?: OverviewAnswer['files'][number]
  readonly copy: (view: ViewState) => void
  readonly close: () => void
} {
  const linkTo = useLinkTo()
  const [, { hashNow }] = useTrace()
  const files = useCapture()?.overview.files ?? []
  const [shown, setShown] = useState<Shown>()
  const [waitingFor, setWaitingFor] = useState<OverviewAnswer['files'][number]>()
  /** Number of the copying that is wanted; one that finds another number is not any more. */
  const wanted = useRef(0)

  const copyNamed = async (view: ViewState): Promise<void> => {
    const link = new URL(linkTo(view), document.baseURI).href
    const isSampled = view.capture?.isSampled === true
    setShown({ link, isSampled, outcome: 'manual' }) // at once: a browser may ask first, and then it can be copied by hand
    const outcome = await writeToClipboard(link)
    setShown((now) => (now?.link === link ? { link, isSampled, outcome } : now))
  }
  const copy = async (view: ViewState): Promise<void> => {
    const mine = ++wanted.current
    const linked = linkedCaptureOf(view.capture, files)
    if (linked.status === 'named') return copyNamed({ ...view, capture: linked.capture })
    setWaitingFor(linked.file)
    const hashed = await hashNow()
    if (wanted.current !== mine) return
    setWaitingFor(undefined)
    await copyNamed({ ...view, capture: captureRefOf(hashed) })
  }
  const close = (): void => {
    wanted.current++
    setShown(undefined)
    setWaitingFor(undefined)
  }
  return { shown, waitingFor, copy: (view) => void copy(view), close }
}

async function writeToClipboard(text: string): Promise<CopyOutcome> {
  // Absent outside secure contexts, refused without permission.
  const clipboard: Clipboard | undefined = navigator.clipboard
  if (clipboard === undefined) return 'manual'
  try {
    await clipboard.writeText(text)
    return 'copied'
  } catch {
    return 'manual'
  }
}
