import { memo, type ReactNode, useMemo } from 'react'
import { type EventAnswer } from '../../../queries/events.ts'
import { type PlaceAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { eventColumns, eventKey } from '../../events/event-columns.tsx'
import { useEventRows, useSelectedEvent } from '../../events/use-event-rows.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { placeText } from '../../widgets/place-link.tsx'
import { type TimeWindow } from '../../widgets/time-window.ts'

interface PfnEventsProps {
  readonly pfn: number
  readonly window: TimeWindow
  /** Moment under the chart's crosshair. */
  readonly hoverNs: number | undefined
  /** Lines that the fact which is pointed at cites. */
  readonly citedPlaces?: readonly PlaceAnswer[]
  readonly onHover: (ns: number | undefined) => void
}

/** The events of the page in the window; its crosshair and its selection are the chart's. Drawn apart from its gestures. */
export const PfnEvents = memo(function PfnEvents(props: PfnEventsProps): ReactNode {
  const { pfn, window, hoverNs, citedPlaces, onHover } = props
  const [view, setView] = useView()
  const filters = { pfn, from: window.from, to: window.to }
  const table = useEventRows(filters)
  const selected = useSelectedEvent(filters, view.event)
  const columns = useMemo(
    () => eventColumns({ onPlace: (place) => setView({ event: formatPlace(place) }, { replace: true }) }),
    [setView],
  )
  return (
    <DataTable
      label="Events of this page in the window"
      columns={columns}
      rows={table.rows}
      offset={table.offset}
      total={table.total}
      rowKey={eventKey}
      selectedKey={view.event}
      markedKey={citedKey(table.rows, citedPlaces) ?? markedKey(table.rows, hoverNs)}
      revealIndex={selected.index}
      onSelect={(event) => setView({ event: eventKey(event) }, { replace: true })}
      onHover={(event) => onHover(event?.time.ns)}
      onWindow={table.onWindow}
      allRows={table.allRows}
      isLoading={table.isLoading}
      empty={table.problem ?? 'No event of this page in this window. 0 shows all.'}
    />
  )
})

/** The last loaded event at or before a moment: the one whose count is in force there. */
function markedKey(rows: readonly EventAnswer[], ns: number | undefined): string | undefined {
  const event = ns === undefined ? undefined : rows.findLast((row) => row.time.ns <= ns)
  return event && eventKey(event)
}

/** The first loaded event whose line is cited. */
function citedKey(rows: readonly EventAnswer[], places: readonly PlaceAnswer[] | undefined): string | undefined {
  const keys = places?.map(placeText)
  return rows.map(eventKey).find((key) => keys?.includes(key))
}
