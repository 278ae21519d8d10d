import { type ReactNode, type RefObject, useMemo, useState } from 'react'
import { counted } from '../../../base/counted.ts'
import { type OwnerGroupAnswer, type OwnersAnswer, type OwnersQuestion } from '../../../queries/owners/owners.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { toggled } from '../../widgets/open-rows.ts'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { groupingWords } from './grouping-words.ts'
import { MisplacedSection } from './misplaced-section.tsx'
import { kibOf } from './number-column.ts'
import { ownerGroupColumns, shareText, titleOf } from './owner-group-columns.tsx'
import { OwnerInspector } from './owner-inspector.tsx'
import { OwnerPages } from './owner-pages.tsx'
import { OwnerTotals } from './owner-totals.tsx'
import {
  groupingOf,
  keyOfGroup,
  linkSortOf,
  ordersOf,
  questionOf,
  rowKeyOf,
  selectedKeyOf,
  selectionOf,
  tableSortOf,
} from './owners-question.ts'
import styles from './owners-view.module.css'

const NO_ROWS: readonly OwnerGroupAnswer[] = []

/** One dump in groups; what lies wrong first. */
export function OwnerGroups({ misplaced }: { readonly misplaced: RefObject<HTMLDetailsElement | null> }): ReactNode {
  const [view, setView] = useView()
  const askAhead = useAskAhead()
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openAtFirst(selectedKeyOf(view), view.stack))
  const [openGroups, setOpenGroups] = useState<readonly string[]>(() =>
    view.ownerGroup === undefined ? [] : [view.ownerGroup],
  )
  // What is chosen in the table is in sight: its place is asked for when it was chosen elsewhere.
  const [chosen, setChosen] = useState<string>()
  const selectedKey = selectedKeyOf(view)
  const base: Omit<OwnersQuestion, 'offset' | 'limit'> = {
    ...questionOf(view),
    opened: openGroups,
    ...(selectedKey === chosen ? { find: undefined } : {}),
  }
  const key = JSON.stringify({ ...base, find: undefined, page: undefined })
  const [asked, setAsked] = useState({ key, window: FIRST_WINDOW })
  const state = useQuery('owners', { ...base, ...(asked.key === key ? asked.window : FIRST_WINDOW) })
  const answer = shownOf(state)
  const rows = answer?.rows ?? NO_ROWS
  const grouping = answer?.grouping ?? groupingOf(view)
  const columns = useColumns(answer, grouping)
  const { sort, thenBy } = useMemo(() => tableSortOf(ordersOf(view)), [view])
  const selected = rows.find((row) => rowKeyOf(row) === selectedKey)
  const isStack = (row: OwnerGroupAnswer) => grouping === 'stack' || row.level === 2
  const expand = (row: OwnerGroupAnswer, isOpen: boolean) => {
    setOpen(toggled(open, rowKeyOf(row), isOpen))
    if (!isStack(row))
      setOpenGroups([...openGroups.filter((group) => group !== row.group), ...(isOpen ? [row.group] : [])])
  }
  const reveal = answer === undefined ? -1 : answer.foundAt >= 0 ? answer.foundAt : (answer.ofPage?.at ?? -1)
  return (
    <>
      <MisplacedSection dump={answer?.dump ?? view.ownerDump ?? ''} section={misplaced} />
      <OwnerTotals answer={answer} />
      <div className={styles.table}>
        <DataTable
          label={`Allocations by ${groupingWords(grouping).name}`}
          columns={columns}
          rows={rows}
          offset={answer?.offset ?? 0}
          total={answer?.total ?? 0}
          rowKey={rowKeyOf}
          selectedKey={selectedKey}
          markedKey={answer?.ofPage && keyOfGroup(answer.ofPage.group)}
          revealIndex={reveal < 0 ? undefined : reveal}
          sort={sort}
          thenBy={thenBy}
          onSort={(first, others) => {
            setChosen(undefined)
            setView(linkSortOf([first, ...others]), { replace: true })
          }}
          onSelect={(row) => {
            setChosen(rowKeyOf(row))
            setView(selectionOf(view, row), { replace: true })
          }}
          onWindow={(window) => setAsked({ key, window })}
          allRows={async (limit) => (await askAhead('owners', { ...base, offset: 0, limit }))?.rows}
          levelOf={levelOf}
          isExpanded={(row) => open.has(rowKeyOf(row))}
          onExpand={expand}
          renderExpanded={(row) => (isStack(row) ? <OwnerPages row={row} dump={answer?.dump ?? ''} /> : undefined)}
          isLoading={state.status === 'pending'}
          empty={<NothingPasses problem={state.status === 'failed' ? state.error.message : undefined} />}
        />
      </div>
      {selected && answer && (
        <OwnerInspector
          title={titleOf(selected, grouping)}
          stack={selected.stack}
          missing={selected.missing}
          depthNote={selected.depthNote}
          facts={factsOf(selected, answer)}
        />
      )}
    </>
  )
}

function useColumns(answer: OwnersAnswer | undefined, grouping: OwnersAnswer['grouping']) {
  const [, setView] = useView()
  const ageEnd = answer?.age?.text ?? ''
  const hasTimes = (answer?.age?.ts ?? -1) >= 0
  const hasRecords = answer?.age !== undefined
  const hasMisplaced = answer?.rows.some((row) => row.misplaced > 0) ?? false
  return useMemo(
    () =>
      ownerGroupColumns({
        grouping,
        hasTimes,
        hasRecords,
        hasMisplaced,
        ageEnd,
        onPlace: (place) => setView({ event: formatPlace(place) }),
      }),
    [grouping, hasTimes, hasRecords, hasMisplaced, ageEnd, setView],
  )
}

function factsOf(row: OwnerGroupAnswer, answer: OwnersAnswer): readonly string[] {
  const allocations = row.allocations < 0 ? '' : ` in ${counted(row.allocations, 'allocation')}`
  return [
    `${counted(row.pages, 'page')}, ${kibOf(row.sizeBytes)} KiB (${row.sizeBytes} bytes)${allocations}`,
    `${shareText(row.share)} of ${answer.sums.pages} pages`,
    ...(row.oldestText === ''
      ? []
      : [`ages ${row.newestText} to ${row.oldestText}, measured to ${answer.age?.text ?? ''}`]),
    ...(row.misplaced > 0 ? [`${counted(row.misplaced, 'page')} of the wrong migratetype for the pageblock`] : []),
  ]
}

function NothingPasses({ problem }: { readonly problem: string | undefined }): ReactNode {
  const [view, setView] = useView()
  if (problem !== undefined) return <EmptyNote title="The allocations could not be read.">{problem}</EmptyNote>
  return (
    <EmptyNote title={`No allocation has “${view.ownerFilter ?? ''}”.`}>
      A frame, task, gfp mask, migratetype or flag has it, or the whole PFN is it.{' '}
      <button
        type="button"
        className="link-button"
        onClick={() => setView({ ownerFilter: undefined }, { replace: true })}
      >
        List all
      </button>
    </EmptyNote>
  )
}

function openAtFirst(selectedKey: string | undefined, stack: string | undefined): ReadonlySet<string> {
  if (selectedKey === undefined) return new Set()
  // A stack within a group: the group is open too.
  return new Set(
    selectedKey.includes('\n') ? [selectedKey, selectedKey.split('\n')[0]] : stack === undefined ? [selectedKey] : [],
  )
}

function levelOf(row: OwnerGroupAnswer): number {
  return row.level
}
