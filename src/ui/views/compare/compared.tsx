import { type ReactNode } from 'react'
import { type CaptureStore } from '../../../state/capture-store.ts'
import { type ComparisonActions } from '../../../state/use-comparison.ts'
import { useQuery, shownOf } from '../../../state/use-query.ts'
import { CaptureStoreContext, useCaptureStore, usePairing } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { PairingBar } from '../../shell/pairing-bar.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { choiceOf } from './compare-question.ts'
import { ComparedTables } from './compared-tables.tsx'
import { type OtherDialogs } from './other-files.tsx'

interface ComparedProps {
  /** B's. */
  readonly store: CaptureStore
  readonly actions: ComparisonActions
  readonly dialogs: OtherDialogs
}

/** Asks A what of it is compared, and B to put itself beside that. */
export function Compared({ store, actions, dialogs }: ComparedProps): ReactNode {
  const [view] = useView()
  const a = useCaptureStore()
  const state = useQuery('compareDigest', { choice: choiceOf(view) })
  const digest = shownOf(state)
  if (state.status === 'failed') return <EmptyNote title="A could not be read.">{state.error.message}</EmptyNote>
  return (
    <CaptureStoreContext value={store}>
      <OtherPairing />
      {digest === undefined ? (
        <EmptyNote title="Adding up the holds of A." />
      ) : (
        <ComparedTables a={a} digest={digest} isStale={state.status !== 'ready'} actions={actions} dialogs={dialogs} />
      )}
    </CaptureStoreContext>
  )
}

/** Pairing of B's references that is under way: its holds are counted when it is done. */
function OtherPairing(): ReactNode {
  const pairing = usePairing()
  return pairing ? <PairingBar pairing={pairing} /> : null
}
