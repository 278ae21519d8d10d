import { type ReactNode } from 'react'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { NoPfn } from './no-pfn.tsx'
import { PfnPage } from './pfn-page.tsx'
import styles from './pfn-view.module.css'

/** The refcount timeline of one page: what held it, when, and what is not known. */
export function PfnView(): ReactNode {
  const [view] = useView()
  const capture = useCapture()
  if (!capture) return null
  return (
    <div className={styles.view}>
      {view.pfn === undefined ? <NoPfn /> : <PfnPage key={view.pfn} pfn={view.pfn} overview={capture.overview} />}
    </div>
  )
}
