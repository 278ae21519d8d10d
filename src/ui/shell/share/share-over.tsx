import { lazy, type ReactNode, Suspense } from 'react'
import { type Admission, isAdmitted } from '../../../state/capture-ref.ts'
import { type Capture } from '../../../state/capture-store.ts'
import { type UnopenedSlice } from '../../../state/use-slice-link.ts'
import { ViewBoundary } from '../view-boundary.tsx'
import screen from '../screen.module.css'

/** Loaded when something is shared, or a slice is seen. */
const ShareDialog = lazy(async () => ({ default: (await import('./share-dialog.tsx')).ShareDialog }))
const SliceNotice = lazy(async () => ({ default: (await import('./slice-notice.tsx')).SliceNotice }))

/** The ways to share what is looked at, over the page. */
export function ShareOver(props: { readonly capture: Capture; readonly onClose: () => void }): ReactNode {
  return (
    <ViewBoundary>
      <Suspense fallback={null}>
        <ShareDialog {...props} />
      </Suspense>
    </ViewBoundary>
  )
}

interface SliceNoticeOverProps {
  readonly capture: Capture | undefined
  readonly admission: Admission | undefined
}

/** Says on every screen that what is open is a slice. */
export function SliceNoticeOver({ capture, admission }: SliceNoticeOverProps): ReactNode {
  const slice = capture?.overview.slice
  if (capture === undefined || slice === undefined || admission === undefined || !isAdmitted(admission)) return null
  return (
    <Suspense fallback={<output className={screen.notice}>This is a slice of a capture.</output>}>
      <SliceNotice overview={capture.overview} slice={slice} />
    </Suspense>
  )
}

/** The link carries a slice, and something else is open: that is left to the person. */
export function UnopenedSliceNotice({ slice }: { readonly slice: UnopenedSlice }): ReactNode {
  return (
    <output className={screen.notice}>
      <p>This link carries the lines that prove what it is about, and other files are open.</p>
      <button type="button" className="link-button" onClick={slice.open}>
        Open the slice in the link instead of what is open
      </button>
    </output>
  )
}
