import { type ReactNode, useRef } from 'react'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { type OwnerMode } from '../../../state/links/owners-link.ts'
import { useView } from '../../../state/use-view.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { NoOwners } from './no-owners.tsx'
import { OwnerCompare } from './owner-compare.tsx'
import { OwnerControls } from './owner-controls.tsx'
import { OwnerGroups } from './owner-groups.tsx'
import { OwnerTrend } from './owner-trend.tsx'
import { questionOf } from './owners-question.ts'
import { useOwnerKeys } from './use-owner-keys.ts'
import styles from './owners-view.module.css'

/** Who allocated the pages: one dump in groups, two side by side, all of them as a series. Never who holds them. */
export function OwnersView(): ReactNode {
  const [view] = useView()
  const misplaced = useRef<HTMLDetailsElement>(null)
  const search = useRef<HTMLElement>(null)
  // The same question as the groups ask, without a row of theirs: which dumps there are.
  const state = useQuery('owners', { ...questionOf(view), find: undefined, page: undefined, offset: 0, limit: 0 })
  const answer = shownOf(state)
  const mode = modeOf(view.ownerMode, answer?.dumps.length ?? 2)
  useOwnerKeys({ answer, misplaced, search })
  if (state.status === 'failed') {
    return <EmptyNote title="The allocations could not be read.">{state.error.message}</EmptyNote>
  }
  if (answer?.dumps.length === 0) return <NoOwners />
  return (
    <div className={styles.view}>
      <OwnerControls answer={answer} mode={mode} search={search} />
      {mode === 'groups' && <OwnerGroups key={view.ownerGrouping ?? ''} misplaced={misplaced} />}
      {mode === 'compare' && <OwnerCompare />}
      {mode === 'trend' && <OwnerTrend />}
    </div>
  )
}

/** What a capture of so many dumps can show. */
function modeOf(wanted: OwnerMode = 'groups', dumps: number): OwnerMode {
  if (wanted === 'trend' && dumps < 3) return dumps < 2 ? 'groups' : 'compare'
  return wanted === 'compare' && dumps < 2 ? 'groups' : wanted
}
