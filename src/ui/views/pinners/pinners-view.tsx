import { type ReactNode, useMemo, useState } from 'react'
import { type PinnerAnswer, type PinnersQuestion } from '../../../queries/pinners.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { useStackVerdicts } from '../../session/use-verdicts.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { OpenHatch } from '../../widgets/log-histogram.tsx'
import { toggled } from '../../widgets/open-rows.ts'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { FlameView } from './flame-view.tsx'
import { groupingWords } from './grouping-words.ts'
import { NoPinners } from './no-pinners.tsx'
import { pinnerColumns } from './pinner-columns.tsx'
import { PinnerControls } from './pinner-controls.tsx'
import { PinnerHolds } from './pinner-holds.tsx'
import { PinnerInspector } from './pinner-inspector.tsx'
import { findOf, openAtFirst, rowKeyOf, selectedKeyOf, selectionOf } from './pinner-row.ts'
import { choiceOf, linkSortOf, questionOf, tableSortOf } from './pinners-question.ts'
import styles from './pinners-view.module.css'

const NO_ROWS: readonly PinnerAnswer[] = []

/** Who holds pages: holds in groups, those that blocked ranges first, what is expected or short left out and counted. */
export function PinnersView(): ReactNode {
  const [view] = useView()
  // While the slider is dragged: looked at, not yet in the link.
  const [previewUs, setPreviewUs] = useState<number>()
  const shown = { ...view, thresholdUs: previewUs ?? view.thresholdUs }
  const groups = { shown, onPreview: setPreviewUs }
  // What is open belongs to one way of grouping.
  return view.isFlame ? <PinnerFlame {...groups} /> : <PinnerGroups key={view.grouping} {...groups} />
}

interface PinnersProps {
  /** What the link says, with the threshold that is looked at. */
  readonly shown: ViewState
  readonly onPreview: (thresholdUs: number | undefined) => void
}

/** The same holds as a flame graph. The table's sums and chips are asked for without rows. */
function PinnerFlame({ shown, onPreview }: PinnersProps): ReactNode {
  const state = useQuery('pinners', { ...questionOf({ ...shown, grouping: 'stack' }), offset: 0, limit: 0 })
  const answer = shownOf(state)
  return (
    <div className={styles.view} data-pinners>
      <h1 className={styles.hidden}>Pinners</h1>
      <PinnerControls {...{ answer, onPreview }} thresholdUs={shown.thresholdUs} isFailed={state.status === 'failed'} />
      <FlameView view={shown} empty={<NoPinners answer={answer} problem={undefined} />} />
    </div>
  )
}

function PinnerGroups({ shown, onPreview }: PinnersProps): ReactNode {
  const [view, setView] = useView()
  const askAhead = useAskAhead()
  const [open, setOpen] = useState(() => openAtFirst(view))
  const [openGroups, setOpenGroups] = useState<readonly string[]>(() => (view.group === undefined ? [] : [view.group]))
  const base = { ...questionOf(shown), opened: openGroups }
  const key = JSON.stringify(base)
  const [asked, setAsked] = useState({ key, window: FIRST_WINDOW })
  // What is chosen in the table is in sight: its place is asked for when it was chosen elsewhere.
  const [chosen, setChosen] = useState<string>()
  const find = selectedKeyOf(view) === chosen ? undefined : findOf(view)
  const question: PinnersQuestion = {
    ...base,
    ...(find === undefined ? {} : { find }),
    ...(asked.key === key ? asked.window : FIRST_WINDOW),
  }
  const state = useQuery('pinners', question)
  const answer = shownOf(state)
  const rows = answer?.rows ?? NO_ROWS
  const saidText = useStackVerdicts()
  const columns = useMemo(
    () =>
      pinnerColumns(
        view.grouping,
        rows.some((row) => row.anyOf > 1),
        answer?.shapeAxis,
        saidText,
      ),
    [view.grouping, rows, answer?.shapeAxis, saidText],
  )
  const { sort, thenBy } = useMemo(() => tableSortOf(view), [view])
  const selectedKey = selectedKeyOf(view)
  const selected = rows.find((row) => rowKeyOf(row) === selectedKey)
  const isStack = (row: PinnerAnswer) => view.grouping === 'stack' || row.level === 2
  const expand = (row: PinnerAnswer, isOpen: boolean) => {
    setOpen(toggled(open, rowKeyOf(row), isOpen))
    if (!isStack(row))
      setOpenGroups([...openGroups.filter((group) => group !== row.group), ...(isOpen ? [row.group] : [])])
  }
  return (
    <div className={styles.view} data-pinners>
      <OpenHatch />
      <h1 className={styles.hidden}>Pinners</h1>
      <PinnerControls {...{ answer, onPreview }} thresholdUs={shown.thresholdUs} isFailed={state.status === 'failed'} />
      <div className={styles.table}>
        <DataTable
          label={`Holds grouped by ${groupingWords(view.grouping).name}`}
          columns={columns}
          rows={rows}
          offset={answer?.offset ?? 0}
          total={answer?.total ?? 0}
          rowKey={rowKeyOf}
          selectedKey={selectedKey}
          revealIndex={answer === undefined || answer.foundAt < 0 ? undefined : answer.foundAt}
          sort={sort}
          thenBy={thenBy}
          onSort={(first, others) => {
            setChosen(undefined)
            setView(linkSortOf(first, others), { replace: true })
          }}
          onSelect={(row) => {
            setChosen(rowKeyOf(row))
            setView(selectionOf(row, view.grouping), { replace: true })
          }}
          onWindow={(window) => setAsked({ key, window })}
          levelOf={levelOf}
          placeOf={longestPlaceOf}
          isExpanded={(row) => open.has(rowKeyOf(row))}
          onExpand={expand}
          renderExpanded={(row) => (isStack(row) ? <PinnerHolds row={row} choice={choiceOf(shown)} /> : undefined)}
          allRows={async (limit) => (await askAhead('pinners', { ...base, offset: 0, limit }))?.rows}
          isLoading={state.status === 'pending'}
          empty={<NoPinners answer={answer} problem={state.status === 'failed' ? state.error.message : undefined} />}
        />
      </div>
      {selected && <PinnerInspector pinner={selected} />}
    </div>
  )
}

/** The line that the key for raw lines opens on a group. */
function longestPlaceOf({ longestPlace }: PinnerAnswer): string | undefined {
  return longestPlace && formatPlace(longestPlace)
}

function levelOf(row: PinnerAnswer): number {
  return row.level
}
