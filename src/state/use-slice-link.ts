import { useEffect, useRef } from 'react'
import { type OverviewAnswer } from '../queries/overview.ts'
import { isAdmitted, judgeAdmission } from './capture-ref.ts'
import { readLinkText } from './link-text.ts'
import { useCapture, useTrace } from './use-trace.ts'
import { useView } from './use-view.ts'
import { parseView, type ViewState } from './view-state.ts'

/** Name of the file that the slice of a link is opened as. */
const SLICE_NAME = 'slice in the link'
/** What such a file begins with: `LINK_PREFIX` of formats. */
const PREFIX = 'pinscope-slice:'

/** A link that carries a slice, while something else is open. */
export interface UnopenedSlice {
  readonly open: () => void
}

/**
 * Opens the slice that a link carries, where nothing is open, or another slice. Once the whole file is open the link lets go of
 * its slice, and keeps what is looked at. Answers with the way to open it where a person has something else open.
 */
export function useSliceLink(): UnopenedSlice | undefined {
  const [view, setView] = useView()
  const [trace, { open }] = useTrace()
  const capture = useCapture()
  const opened = useRef<string>(undefined)
  const { slice } = view
  const isSlice = capture?.overview.slice !== undefined
  const isOwn = slice !== undefined && opened.current === slice
  const hasWhole =
    capture !== undefined &&
    !isSlice &&
    view.capture !== undefined &&
    isAdmitted(judgeAdmission(view.capture, capture.overview.files))
  const openSlice = (): void => {
    if (slice === undefined) return
    opened.current = slice
    open([new File([PREFIX, slice], SLICE_NAME)])
  }
  const isFree = trace.status === 'empty' || (trace.status === 'ready' && isSlice)
  useEffect(() => {
    if (slice === undefined || isOwn) return
    if (isFree) openSlice()
    // oxlint-disable-next-line react/exhaustive-deps -- only what another link, or another capture, changes
  }, [slice, isFree])
  useEffect(() => {
    if (slice !== undefined && hasWhole) setView({ slice: undefined }, { replace: true })
  }, [slice, hasWhole, setView])
  const isWaiting = slice !== undefined && !isOwn && capture !== undefined && !isSlice && !hasWhole
  return isWaiting ? { open: openSlice } : undefined
}

/** What a slice was taken from: where to look when it is opened as a file. Nothing for a whole capture. */
export function viewOfSlice({ slice }: OverviewAnswer): Partial<ViewState> {
  if (slice === undefined) return {}
  const at = slice.link.indexOf('?')
  const [path, parameters] = at < 0 ? [slice.link, ''] : [slice.link.slice(0, at), slice.link.slice(at)]
  const { slice: _nested, capture: _other, ...view } = parseView(path, readLinkText(parameters))
  return view
}
