import { useRef, useState } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { captureRefOf, mainFileOf } from '../../state/capture-ref.ts'
import { addressOfLink } from '../../state/link-address.ts'
import { linkedCaptureOf } from '../../state/linked-capture.ts'
import { useCapture, useCaptureStore, useTrace } from '../../state/use-trace.ts'
import { useLinkTo } from '../../state/use-view.ts'
import { thresholdNsOf, type ViewState } from '../../state/view-state.ts'
import { type CopiedLinkProps, type CopyOutcome, type SampledWhy } from './copied-link.tsx'
import { firstBlocking } from './first-blocking.ts'

type Shown = Omit<CopiedLinkProps, 'onClose'>

/** Puts a link on the clipboard, once it is known which file it is about, and tells whether that worked. */
export function useCopyLink(): {
  readonly shown?: Shown
  /** The link is copied when this file is hashed. */
  readonly waitingFor?: OverviewAnswer['files'][number]
  /** No link was copied: other files took the place of this one while its link waited. */
  readonly replaced?: OverviewAnswer['files'][number]
  readonly copy: (view: ViewState) => void
  readonly close: () => void
} {
  const linkTo = useLinkTo()
  const [, { hashNow }] = useTrace()
  const store = useCaptureStore()
  const files = useCapture()?.overview.files ?? []
  const [shown, setShown] = useState<Shown>()
  const [waitingFor, setWaitingFor] = useState<OverviewAnswer['files'][number]>()
  const [replaced, setReplaced] = useState<OverviewAnswer['files'][number]>()
  /** Number of the copying that is wanted; one that finds another number is not any more. */
  const wanted = useRef(0)

  const copyNamed = async (view: ViewState, why: SampledWhy): Promise<void> => {
    const link = addressOfLink(linkTo(view))
    const sampled = view.capture?.isSampled === true ? why : undefined
    setShown({ link, sampled, outcome: 'manual' }) // at once: a browser may ask first, and then it can be copied by hand
    const outcome = await writeToClipboard(link)
    setShown((now) => (now?.link === link ? { link, sampled, outcome } : now))
  }
  /** The page that is shown although none is chosen is in the link: another pinscope could show another one. */
  const withPage = async (view: ViewState): Promise<ViewState> => {
    if (view.view !== 'pfn' || view.pfn !== undefined) return view
    const asked = await store.ask('failures', { thresholdNs: thresholdNsOf(view) })
    return { ...view, pfn: firstBlocking(asked.ok ? asked.answer : undefined, view.failure) }
  }
  const copy = async (shownView: ViewState): Promise<void> => {
    const mine = ++wanted.current
    setReplaced(undefined)
    // A link holds where to look; sharing a slice is a choice of its own.
    const view = { ...(await withPage(shownView)), slice: undefined }
    if (wanted.current !== mine) return
    const linked = linkedCaptureOf(view.capture, files)
    if (linked.status === 'named') {
      const why = linked.capture === view.capture ? 'asked' : 'none'
      return copyNamed({ ...view, capture: linked.capture }, why)
    }
    setWaitingFor(linked.file)
    const hashed = await hashNow()
    if (wanted.current !== mine) return
    setWaitingFor(undefined)
    // The view is of what was open when the link was asked for: under the name of another file it would be a lie.
    if (hashed === undefined) return setReplaced(linked.file)
    const why = mainFileOf(hashed)?.hash.kind === 'put_off' ? 'put_off' : 'none'
    await copyNamed({ ...view, capture: captureRefOf(hashed) }, why)
  }
  const close = (): void => {
    wanted.current++
    setShown(undefined)
    setReplaced(undefined)
    setWaitingFor(undefined)
  }
  return { shown, waitingFor, replaced, copy: (view) => void copy(view), close }
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
