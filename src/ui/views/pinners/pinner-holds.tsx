import { type ReactNode, useMemo, useState } from 'react'
import { type HoldChoice } from '../../../queries/pinner-choice.ts'
import { type PinnerHoldsAnswer } from '../../../queries/pinner-holds.ts'
import { type PinnerAnswer } from '../../../queries/pinners.ts'
import { type HoldAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { holdColumns } from './hold-columns.tsx'
import styles from './pinners-view.module.css'

interface PinnerHoldsProps {
  /** A row that is a stack. */
  readonly row: PinnerAnswer
  readonly choice: HoldChoice
}

const NO_ROWS: readonly HoldAnswer[] = []
/** Rows in sight at once; more scroll. */
const MOST_ROWS = 16
const ROW_PX = 24

/** The holds of one stack that count, longest first, and how many do not. Its height is kept while they are loaded. */
export function PinnerHolds({ row, choice }: PinnerHoldsProps): ReactNode {
  const [view, setView] = useView()
  const [window, setWindow] = useState(FIRST_WINDOW)
  const askAhead = useAskAhead()
  const base = {
    ...choice,
    stackHash: row.stack.hash,
    ...(row.level === 2 ? { within: { grouping: view.grouping, group: row.group } } : {}),
  }
  const state = useQuery('pinnerHolds', { ...base, ...window })
  const answer = shownOf(state)
  const columns = useMemo(
    () =>
      holdColumns({
        onPlace: (place) => setView({ event: formatPlace(place) }),
        onHold: (hold) => setView({ view: 'pfn', ...pageOfHold(hold) }),
      }),
    [setView],
  )
  const total = answer?.total ?? 0
  return (
    <div className={styles.holds} style={{ height: (Math.min(MOST_ROWS, Math.max(2, total)) + 1) * ROW_PX + 16 }}>
      <DataTable
        label="Holds of this stack, longest first"
        columns={columns}
        rows={answer?.rows ?? NO_ROWS}
        offset={answer?.offset ?? 0}
        total={total}
        rowKey={idOfHold}
        onActivate={(hold) => setView({ view: 'pfn', ...pageOfHold(hold) })}
        onWindow={setWindow}
        allRows={async (limit) => (await askAhead('pinnerHolds', { ...base, offset: 0, limit }))?.rows}
        isLoading={state.status === 'pending'}
        empty={state.status === 'failed' ? state.error.message : hiddenWords(answer?.hidden)}
      />
    </div>
  )
}

/** Why no hold is listed: a row may be there for the range that it blocked. */
function hiddenWords(hidden: PinnerHoldsAnswer['hidden'] = { expected: 0, short: 0 }): string {
  return `No hold of this stack counts: ${hidden.short} shorter, ${hidden.expected} expected by migration.`
}

/** Identity of a hold in a table. */
export function idOfHold(hold: HoldAnswer): string {
  return hold.id
}

/** The page of a hold with the hold's event selected: its get, or its put when the get was not seen. */
export function pageOfHold(hold: HoldAnswer) {
  const place = hold.getPlace ?? hold.putPlace
  return { pfn: hold.pfn, lifetime: undefined, from: undefined, to: undefined, event: place && formatPlace(place) }
}
