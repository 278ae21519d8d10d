import { type ReactNode } from 'react'
import { type Pairing } from '../../state/capture-store.ts'
import { livesOfPages } from './lives-of-pages.ts'
import { WorkBar } from './work-bar.tsx'

/** References that are still being paired, behind what is shown: the failed ranges are final, totals of holds are not. */
export function PairingBar({ pairing }: { readonly pairing: Pairing }): ReactNode {
  const { progress } = pairing
  return (
    <WorkBar
      label="Pairing references"
      doneLabel="Paired"
      done={progress?.done}
      total={progress?.total}
      text={pairingText(pairing)}
    />
  )
}

/** `pairing references: 20480 of 81203 lives of pages; failed ranges are complete, pinners follow`. */
function pairingText({ progress }: Pairing): string {
  const rest = 'failed ranges are complete, pinners follow'
  if (progress === undefined) return `pairing references; ${rest}`
  const { done, total } = progress
  return `pairing references: ${done} of ${livesOfPages(total)}; ${rest}`
}
