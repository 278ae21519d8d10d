import { type ReactNode, useMemo, useState } from 'react'
import { formatDuration } from '../../../base/clock.ts'
import { formatPfn } from '../../../base/pfn.ts'
import { type PfnSpan } from '../../../base/pfn-spans.ts'
import { type MapMode } from '../../../queries/map/map-modes.ts'
import { type MapUnit } from '../../../queries/map/map-unit.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'

interface MapTableProps {
  readonly spans: readonly PfnSpan[]
  readonly unitPages: number
  readonly blockPages: number
  readonly mode: MapMode
  readonly cell: PfnSpan | undefined
  readonly onPick: (cell: PfnSpan) => void
  readonly onOpen: (cell: PfnSpan) => void
}

/** What the map has in sight, a row for each pageblock or page of which a file tells. */
export function MapTable({ spans, unitPages, blockPages, mode, cell, onPick, onOpen }: MapTableProps): ReactNode {
  const [view] = useView()
  const askAhead = useAskAhead()
  const [isByValue, setByValue] = useState(false)
  const base = { spans, unitPages, mode, thresholdNs: thresholdNsOf(view), sort: isByValue ? 'value' : 'pfn' } as const
  const key = JSON.stringify(base)
  const [asked, setAsked] = useState({ key, window: FIRST_WINDOW })
  const state = useQuery('mapUnits', { ...base, ...(asked.key === key ? asked.window : FIRST_WINDOW) })
  const answer = shownOf(state)
  const columns = useMemo(() => unitColumns(unitPages), [unitPages])
  return (
    <DataTable
      label={`${capitalised(unitsWord(unitPages, blockPages))} in sight`}
      columns={columns}
      rows={answer?.rows ?? []}
      offset={answer?.offset ?? 0}
      total={answer?.total ?? 0}
      rowKey={unitKey}
      selectedKey={cell && formatPfn(cell.startPfn)}
      sort={{ id: isByValue ? VALUE_COLUMNS[mode] : 'pfn', isDescending: isByValue }}
      onSort={({ id }) => setByValue(id !== 'pfn')}
      onSelect={onPick}
      onActivate={onOpen}
      onWindow={(window) => setAsked({ key, window })}
      allRows={async (limit) => (await askAhead('mapUnits', { ...base, offset: 0, limit }))?.rows}
      isLoading={state.status === 'pending'}
      empty={
        <EmptyNote title="No file tells of a page in sight.">Zoom out (S), or press 0 for all of memory.</EmptyNote>
      }
    />
  )
}

/** What a row stands for, in the plural: far away it is several pageblocks. */
export function unitsWord(unitPages: number, blockPages: number): string {
  if (unitPages === 1) return 'pages'
  return unitPages === blockPages ? 'pageblocks' : `stretches of ${unitPages / blockPages} pageblocks`
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** The column that a colouring sorts by. */
const VALUE_COLUMNS: Readonly<Record<MapMode, string>> = {
  blocked: 'blocked',
  holds: 'holds',
  excess: 'excess',
  migratetype: 'placed',
  order: 'order',
  age: 'age',
  events: 'events',
}

function unitKey({ startPfn }: MapUnit): string {
  return formatPfn(startPfn)
}

/** Columns of units; every text is whole, for the clipboard. */
export function unitColumns(unitPages: number): readonly DataColumn<MapUnit>[] {
  const number = (value: number): string => (value < 0 ? 'not told' : String(value))
  return [
    { id: 'pfn', header: unitPages === 1 ? 'PFN' : 'first PFN', text: unitKey, isSortable: true },
    ...(unitPages === 1
      ? []
      : [{ id: 'end', header: 'end', title: 'exclusive', text: ({ endPfn }: MapUnit) => formatPfn(endPfn) }]),
    {
      id: 'type',
      header: 'block type',
      title: 'migratetype of the pageblock',
      text: ({ blockTypes }) => blockTypes.join(' ') || 'not told',
    },
    {
      id: 'owned',
      header: 'allocated as',
      title: 'pages by the migratetype that page_owner’s records asked for',
      text: ({ pageTypes }) => pageTypes.map(({ name, pages }) => `${name} ${pages}`).join(' ') || 'not told',
    },
    {
      id: 'placed',
      header: 'misplaced',
      title: 'pages in the gravest placement: unmovable in a movable block, and so on',
      align: 'end',
      isSortable: true,
      text: ({ placement, placementPages, allocations }) =>
        allocations === 0 ? 'not told' : placement === 'alike' || placement === 'none' ? '0' : String(placementPages),
    },
    {
      id: 'order',
      header: 'order',
      title: 'of the largest allocation',
      align: 'end',
      isSortable: true,
      text: ({ mostOrder }) => number(mostOrder),
    },
    {
      id: 'age',
      header: 'oldest',
      title: 'allocation, against the newest in the dumps',
      align: 'end',
      isSortable: true,
      text: ({ oldestAgeNs }) => (oldestAgeNs < 0 ? 'not told' : formatDuration(oldestAgeNs)),
    },
    {
      id: 'holds',
      header: 'open holds',
      align: 'end',
      isSortable: true,
      text: ({ openHolds, eventPages }) => (eventPages === 0 ? 'not told' : String(openHolds)),
    },
    {
      id: 'blocked',
      header: 'blocked',
      title: 'times that a page of it blocked a range',
      align: 'end',
      isSortable: true,
      text: ({ blocked }) => String(blocked),
    },
    {
      id: 'excess',
      header: 'excess',
      title: 'the greatest, references',
      align: 'end',
      isSortable: true,
      text: ({ excess }) => number(excess),
    },
    { id: 'events', header: 'events', align: 'end', isSortable: true, text: ({ events }) => String(events) },
    {
      id: 'line',
      header: 'first line',
      text: ({ places }) => (places.length === 0 ? '' : `${places[0].place.fileName}:${places[0].place.line}`),
    },
  ]
}
