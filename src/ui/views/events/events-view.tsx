import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useCapture, useCaptureStore } from '../../../state/use-trace.ts'
import { useView, useViewNow } from '../../../state/use-view.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { eventColumns, eventKey } from '../../events/event-columns.tsx'
import { EventInspector } from '../../events/event-inspector.tsx'
import { useEventRows, useSelectedEvent } from '../../events/use-event-rows.ts'
import { useFindStep, useSteps } from '../../events/use-steps.ts'
import { EVENT_KEYS } from '../../keys/events-keys.ts'
import { useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { EventFilterBar } from './event-filter-bar.tsx'
import { filtersOf } from './event-filters.ts'
import { EventsDifference } from './events-difference.tsx'
import { EventsHistogram } from './events-histogram.tsx'
import styles from './events-view.module.css'
import { TimeJump } from './time-jump.tsx'

/** Every event of the capture in time order, filtered and counted over time: all of it in the link. */
export function EventsView(): ReactNode {
  const [view, setView] = useView()
  const viewNow = useViewNow()
  const findStep = useFindStep()
  const store = useCaptureStore()
  const capture = useCapture()
  const clock = capture?.overview.clock
  const filters = filtersOf(view, clock)
  const table = useEventRows(filters)
  const selected = useSelectedEvent(filters, view.event, table.progress?.lookedAt)
  const [isChoosing, setIsChoosing] = useState(false)
  const filterInput = useRef<HTMLInputElement>(null)
  const jumpInput = useRef<HTMLInputElement>(null)
  const tableBox = useRef<HTMLDivElement>(null)
  const all = useMemo(
    () =>
      eventColumns({
        onPlace: (place) => setView({ event: formatPlace(place) }),
        onPfn: (pfn) => setView({ view: 'pfn', pfn, lifetime: undefined, from: undefined, to: undefined }),
      }),
    [setView],
  )
  const columns = useMemo(() => {
    const shown = all.filter(({ id }) => view.eventColumns?.includes(id) ?? true)
    return shown.length > 0 ? shown : all
  }, [all, view.eventColumns])
  const select = (key: string) => setView({ event: key }, { replace: true })
  const press = useSteps<'event'>(async ({ by }) => {
    const from = viewNow().event
    const event = await findStep({ filters, from, by })
    if (event && viewNow().event === from) select(eventKey(event)) // what was selected meanwhile came after these keys
  })
  const selectAt = async (offset: number, from = filters.from): Promise<void> => {
    const result = await store.ask('events', { ...filters, ...(from === undefined ? {} : { from }), offset, limit: 1 })
    const event = result.ok ? result.answer.rows.at(0) : undefined
    if (event) select(eventKey(event))
  }
  const focusRows = () => tableBox.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus()
  const run = (id: string): void => {
    if (id === 'event-next') press({ kind: 'event', by: 1 })
    if (id === 'event-previous') press({ kind: 'event', by: -1 })
    if (id === 'event-first') void selectAt(0)
    if (id === 'event-last') void selectAt(Math.max(0, table.total - 1))
    if (id === 'event-filter') filterInput.current?.focus()
    if (id === 'event-jump') jumpInput.current?.focus()
    if (id === 'event-columns') setIsChoosing(!isChoosing)
    if (id === 'event-drop-interval') setView({ from: undefined, to: undefined })
    if (id === 'event-rows') focusRows()
    if (id === 'event-difference')
      setView({ difference: viewNow().difference ? undefined : view.from === undefined ? 'matches' : 'interval' })
  }
  useViewShortcuts(EVENT_KEYS, run)
  const jump = (ns: number): void => {
    void selectAt(0, Math.max(ns, filters.from ?? ns))
    focusRows()
  }
  return (
    <div className={styles.view}>
      <h1 className={styles.hidden}>Events</h1>
      <EventFilterBar overview={capture?.overview} table={table} inputRef={filterInput} />
      {clock && (
        <EventsHistogram filters={filters} lookedAt={table.progress?.lookedAt} clock={clock}>
          <TimeJump clock={clock} inputRef={jumpInput} onJump={jump} />
          <button
            type="button"
            className={styles.tool}
            aria-pressed={view.difference !== undefined}
            onClick={() => run('event-difference')}
          >
            What differs from the rest <KeyHint keys={['d']} />
          </button>
          <button type="button" className={styles.tool} aria-pressed={isChoosing} onClick={() => run('event-columns')}>
            Columns <KeyHint keys={['c']} />
          </button>
        </EventsHistogram>
      )}
      {isChoosing && <ColumnChooser columns={all} />}
      {view.difference !== undefined && <EventsDifference filters={filters} />}
      <div className={styles.table} ref={tableBox}>
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
          allRows={table.allRows}
          isLoading={table.isLoading || (table.progress !== undefined && !table.progress.isStopped)}
          empty={<NothingPasses problem={table.problem} isWrong={table.errors.length > 0} unknown={table.unknown} />}
        />
      </div>
      {selected.event && <EventInspector event={selected.event} />}
    </div>
  )
}

function NothingPasses({
  problem,
  isWrong,
  unknown,
}: {
  readonly problem: string | undefined
  readonly isWrong: boolean
  readonly unknown: number
}): ReactNode {
  if (problem) return <EmptyNote title="The events could not be read.">{problem}</EmptyNote>
  if (isWrong) return <EmptyNote title="The filter is not applied.">Mend what is underlined, or drop it.</EmptyNote>
  return (
    <EmptyNote title="No event passes these filters.">
      {unknown > 0 && `Of ${unknown} events the capture does not tell whether they match. `}All terms must hold at once,
      and so must what is named beside the filter. Help, under the filter language, has an example of each field.
    </EmptyNote>
  )
}
