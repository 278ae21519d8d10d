import { lazy, type ReactNode, Suspense } from 'react'
import { type LateBookmarks } from './late-bookmarks.ts'

/** It knows the session, which loads with the dialogs: before them there is nothing to say. */
const LateNotice = lazy(async () => ({ default: (await import('./late-notice.tsx')).LateNotice }))

/** Says over the view what is true of them now: whoever typed the label looks at something else by then. */
export function LateBookmarkNotice({ late }: { readonly late: LateBookmarks }): ReactNode {
  if (late.told.length === 0) return null
  return (
    <Suspense fallback={null}>
      <LateNotice late={late} />
    </Suspense>
  )
}
