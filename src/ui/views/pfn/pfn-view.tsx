import { type ReactNode } from 'react'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { firstBlocking } from '../../shell/first-blocking.ts'
import { NoPfn } from './no-pfn.tsx'
import { PfnPage } from './pfn-page.tsx'
import styles from './pfn-view.module.css'

/** The refcount timeline of one page: what held it, when, and what is not known. */
export function PfnView(): ReactNode {
  const [view] = useView()
  const capture = useCapture()
  // Only to choose a page where none is chosen: there may be thousands of failed ranges.
  const failures = useQuery('failures', view.pfn === undefined ? { thresholdNs: thresholdNsOf(view) } : undefined)
  if (!capture || (view.pfn === undefined && failures.status === 'pending')) return null
  const pfn = view.pfn ?? firstBlocking(shownOf(failures), view.failure)
  return (
    <div className={styles.view}>
      {pfn === undefined ? <NoPfn /> : <PfnPage pfn={pfn} overview={capture.overview} />}
    </div>
  )
}
