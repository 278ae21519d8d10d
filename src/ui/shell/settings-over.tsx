import { lazy, type ReactNode, Suspense } from 'react'
import { ViewBoundary } from './view-boundary.tsx'

/** Loaded when somebody wants to change something. */
const SettingsDialog = lazy(async () => ({ default: (await import('./settings-dialog.tsx')).SettingsDialog }))

/** The settings, over the page. */
export function SettingsOver(props: { readonly onClose: () => void }): ReactNode {
  return (
    <ViewBoundary>
      <Suspense fallback={null}>
        <SettingsDialog {...props} />
      </Suspense>
    </ViewBoundary>
  )
}
