import { type ReactNode } from 'react'
import { useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { MapScreen } from './map-screen.tsx'
import styles from './map-view.module.css'

/** The memory map: PFN space in rows, from all of memory down to pages, and PFN × time of one range. */
export function MapView(): ReactNode {
  const [view] = useView()
  const state = useQuery('mapSpace', { thresholdNs: thresholdNsOf(view) })
  const space = state.status === 'ready' ? state.value : state.status === 'pending' ? state.stale : undefined
  return (
    <div className={styles.view}>
      <h1 className={styles.hidden}>Map</h1>
      {state.status === 'failed' && <EmptyNote title="The map could not be made.">{state.error.message}</EmptyNote>}
      {state.status === 'pending' && !space && <p className={styles.crumbs}>looking through the pages of all files…</p>}
      {space && space.spans.length === 0 && (
        <EmptyNote title="No file names a page.">
          <p>
            The map is drawn from traces with page_ref events, page_owner, page-types, kpageflags and page_pinner dumps,
            CMA files of debugfs and the kernel log. Record (8) tells how to get them.
          </p>
        </EmptyNote>
      )}
      {space && space.spans.length > 0 && <MapScreen space={space} />}
    </div>
  )
}
