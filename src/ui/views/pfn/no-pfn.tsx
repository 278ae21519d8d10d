import { type ReactNode } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { PfnButtons } from './pfn-buttons.tsx'

const MOST_PFNS = 24

/** No page is chosen: how to choose one, and the pages that blocked a range to choose from. */
export function NoPfn(): ReactNode {
  const [view] = useView()
  const failures = shownOf(useQuery('failures', { thresholdNs: thresholdNsOf(view) }))?.failures ?? []
  const pfns = [...new Set(failures.flatMap((failure) => failure.blockingPfns))].slice(0, MOST_PFNS)
  return (
    <EmptyNote title="No page is chosen.">
      <p>
        Press <KeyHint keys={['/']} /> and type a PFN ({formatPfn(0x1f4b4)}), or choose a blocking page in Ranges.
      </p>
      {pfns.length > 0 && (
        <p>
          Blocking pages: <PfnButtons pfns={pfns} />
        </p>
      )}
    </EmptyNote>
  )
}
