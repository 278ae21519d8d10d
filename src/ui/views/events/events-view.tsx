import { type ReactNode, useMemo } from 'react'
import { useCapture } from '../../../state/use-trace.ts'
import { useView, useViewNow } from '../../../state/use-view.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { eventColumns, eventKey } from '../../events/event-columns.tsx'
import { EventInspector } from '../../events/event-inspector.tsx'
import { useEventRows, useSelectedEvent } from '../../events/use-event-rows.ts'
import { useFindStep, useSteps } from '../../events/use-steps.ts'
import { type ShortcutName, useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { EventFilterBar } from './event-filter-bar.tsx'
import { filtersOf } from './event-filters.ts'
import styles from './events-view.module.css'

const KEYS: readonly ShortcutName[] = [
  { id: 'event-next', label: 'Next event of the list', keys: [']'] },
  { id: 'event-previous', label: 'Previous event of the list', keys: ['['] },
]

/** Every event of the capture in time order, filtered by name, page, task, stack and time: all of it in the link. */
export function EventsView(): ReactNode {
  const [view, setView] = useView()
  const viewNow = useViewNow()
  const findStep = useFindStep()
  const capture = useCapture()
  const filters = filtersOf(view, capture?.overview.clock)
  const table = useEventRows(filters)
  const selected = useSelectedEvent(filters, view.event)
  const columns = useMemo(
    () =>
      eventColumns({
        onPlace: (place) => setView({ event: formatPlace(place) }),
        onPfn: (pfn) => setView({ view: 'pfn', pfn, lifetime: undefined, from: undefined, to: undefined }),
      }),
    [setView],
  )
  const select = (key: string) => setView({ event: key }, { replace: true })
  const press = useSteps<'event'>(async ({ by }) => {
    const from = viewNow().event
    const event = await findStep({ filters, from, by })
    if (event && viewNow().event === from) select(eventKey(event)) // what was selected meanwhile came after these keys
  })
  useViewShortcuts(KEYS, (id) => press({ kind: 'event', by: id === 'event-next' ? 1 : -1 }))
  return (
    <div className={styles.view}>
      <h1 className={styles.hidden}>Events</h1>
      <EventFilterBar overview={capture?.overview} total={table.isLoading ? undefined : table.total} />
      <div className={styles.table}>
        <DataTable
          label="Events in time order"
          columns={columns}
          rows={table.rows}
          offset={table.offset}
          total={table.total}
          rowKey={eventKey}
          selectedKey={view.event}
          revealIndex={selected.index}
          onSelect={(event) => select(eventKey(event))}
          onActivate={(event) => event.pfn >= 0 && setView({ view: 'pfn', pfn: event.pfn, event: eventKey(event) })}
          onWindow={table.onWindow}
          isLoading={table.isLoading}
          empty={<NothingPasses problem={table.problem} />}
        />
      </div>
      {selected.event && <EventInspector event={selected.event} />}
    </div>
  )
}

function NothingPasses({ problem }: { readonly problem: string | undefined }): ReactNode {
  if (problem) return <EmptyNote title="The events could not be read.">{problem}</EmptyNote>
  return (
    <EmptyNote title="No event passes these filters.">
      All filters must hold at once. Clear one of them above; the names that are in this capture are listed under name.
    </EmptyNote>
  )
}
