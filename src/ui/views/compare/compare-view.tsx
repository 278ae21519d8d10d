import { type ReactNode } from 'react'
import { captureOf } from '../../../state/capture-store.ts'
import { useComparison } from '../../../state/use-comparison.ts'
import { FailureNotice } from '../../shell/problem-notice.tsx'
import { LoadingBar } from '../../shell/loading-bar.tsx'
import { Compared } from './compared.tsx'
import styles from './compare-view.module.css'
import { NoOther } from './no-other.tsx'
import { OtherFiles } from './other-files.tsx'
import { RefusedOther } from './refused-other.tsx'
import { useCompareKeys } from './use-compare-keys.ts'

/** Two captures, A and B, side by side: the open one and a second one that is read in a worker of its own. */
export function CompareView(): ReactNode {
  const comparison = useComparison()
  const { store, state, capture, isShown, actions } = comparison
  const dialogs = useCompareKeys(comparison)
  return (
    <div className={styles.view}>
      <h1 className={styles.hidden}>Compare</h1>
      <OtherFiles dialogs={dialogs} onFiles={actions.open} />
      {state.status === 'loading' && <LoadingBar state={state} onCancel={actions.cancel} />}
      {state.status === 'failed' && <FailureNotice state={state} onRetry={actions.retry} onDismiss={actions.dismiss} />}
      {!capture && state.status !== 'loading' && (
        <NoOther asked={comparison.asked} actions={actions} dialogs={dialogs} />
      )}
      {capture && !isShown && <RefusedOther comparison={comparison} dialogs={dialogs} />}
      {store && captureOf(state) && isShown && <Compared store={store} actions={actions} dialogs={dialogs} />}
    </div>
  )
}
