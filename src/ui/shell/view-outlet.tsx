import { type ComponentType, lazy, memo, type ReactNode, Suspense } from 'react'
import { type ViewId } from '../../state/view-state.ts'
import { VIEW_ENTRIES } from './navigation.ts'
import styles from './shell.module.css'
import { ViewBoundary } from './view-boundary.tsx'

/** Every screen is a chunk of its own: charts are loaded with the screen that draws them. */
const VIEWS: Readonly<Record<ViewId, ComponentType>> = {
  triage: lazy(async () => ({ default: (await import('../views/triage/triage-view.tsx')).TriageView })),
  pfn: lazy(async () => ({ default: (await import('../views/pfn/pfn-view.tsx')).PfnView })),
  pinners: lazy(async () => ({ default: (await import('../views/pinners/pinners-view.tsx')).PinnersView })),
  events: lazy(async () => ({ default: (await import('../views/events/events-view.tsx')).EventsView })),
  files: lazy(async () => ({ default: (await import('../views/files/files-view.tsx')).FilesView })),
  map: lazy(async () => ({ default: (await import('../views/map/map-view.tsx')).MapView })),
  owners: lazy(async () => ({ default: (await import('../views/owners/owners-view.tsx')).OwnersView })),
  compare: lazy(async () => ({ default: (await import('../views/compare/compare-view.tsx')).CompareView })),
  help: lazy(async () => ({ default: (await import('../views/help/help-view.tsx')).HelpView })),
  record: lazy(async () => ({ default: (await import('../views/record/record-view.tsx')).RecordView })),
}

/** The screen that the link names. Not drawn again with each step of a load's progress. */
export const ViewOutlet = memo(function ViewOutlet({ id }: { readonly id: ViewId }): ReactNode {
  const View = VIEWS[id]
  const entry = VIEW_ENTRIES.find((one) => one.id === id)
  return (
    <ViewBoundary key={id}>
      <h1 className={styles.screenName}>{entry?.about}</h1>
      <Suspense fallback={<output className={styles.opening}>Opening {entry?.label}…</output>}>
        <View />
      </Suspense>
    </ViewBoundary>
  )
})
