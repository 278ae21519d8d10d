import { formatPfn } from '../../base/pfn.ts'
import { type EventAnswer } from '../../queries/events.ts'
import { type PlaceAnswer, type TaskAnswer } from '../../queries/wire.ts'
import { CellLink } from '../widgets/cell-link.tsx'
import { type DataColumn } from '../widgets/data-column.ts'
import { PlaceLink, placeText } from '../widgets/place-link.tsx'
import { SymbolText } from '../widgets/symbol-text.tsx'

/** What cells of the event table lead to. */
export interface EventLinks {
  readonly onPlace: (place: PlaceAnswer) => void
  /** Absent where all events are of one page. */
  readonly onPfn?: (pfn: number) => void
}

/** Columns of a table of events; with a PFN column where events are of many pages. `shown`: ids of those wanted, all when absent. */
export function eventColumns(links: EventLinks, shown?: readonly string[]): readonly DataColumn<EventAnswer>[] {
  const columns = allColumns(links)
  const wanted = shown && columns.filter(({ id }) => shown.includes(id))
  return wanted && wanted.length > 0 ? wanted : columns
}

function allColumns({ onPlace, onPfn }: EventLinks): readonly DataColumn<EventAnswer>[] {
  return [
    { id: 'time', header: 'time', text: (event) => event.time.text, align: 'end' },
    ...(onPfn ? [pfnColumn(onPfn)] : []),
    { id: 'event', header: 'event', text: (event) => event.name },
    { id: 'operation', header: 'operation', text: (event) => event.operation },
    {
      id: 'count',
      header: 'count',
      title:
        '● exact: stated by the operation. ○ sampled: read again after it, another CPU may have changed it meanwhile.',
      text: countText,
      align: 'end',
    },
    {
      id: 'mapcount',
      header: 'mapcount',
      title:
        'mapcount= as printed. From about 6.10 on: -1 is not mapped, 0 mapped once; before: the number of mappings. Far below -1: a page type.',
      text: (event) => String(event.mapcountPrinted ?? ''),
      align: 'end',
    },
    {
      id: 'gap',
      header: 'count gap',
      title:
        'By how much the count differs from that of the page’s event before and what this event did. ⚡ +1: one more than the events add up to, a get is not in the trace. ⚡ −1: one fewer, a put is not. Of sampled counts another CPU may be the reason.',
      text: gapText,
      align: 'end',
    },
    { id: 'task', header: 'task', text: (event) => taskText(event.task) },
    { id: 'cpu', header: 'cpu', text: cpuText, align: 'end' },
    {
      id: 'class',
      header: 'class',
      title:
        'What the reference that was taken or dropped is for, by the rules in force; a get is a pin for FOLL_PIN alone',
      text: (event) => event.class ?? '',
    },
    {
      id: 'holder',
      header: 'stack',
      title: 'The frame that names the holder',
      text: holderText,
      render: (event) => <SymbolText text={holderText(event)} />,
    },
    {
      id: 'place',
      header: 'line',
      text: (event) => placeText(event.place),
      render: (event, isActive) => <PlaceLink place={event.place} onOpen={onPlace} isTabStop={isActive} />,
    },
    {
      id: 'leaf',
      header: 'leaf',
      title: 'The innermost frame that is no tracepoint plumbing',
      text: leafText,
      render: (event) => <SymbolText text={leafText(event)} />,
    },
    { id: 'flags', header: 'flags', title: 'Page flags', text: flagsText },
    {
      id: 'mt',
      header: 'mt',
      title: 'Migratetype',
      text: mtText,
    },
    {
      id: 'mapping',
      header: 'mapping',
      title: 'Whether the page has a mapping; anon and file where pointers are not hashed',
      text: (event) => event.mapping,
    },
    { id: 'val', header: 'val', title: 'val= as printed', text: (event) => String(event.val ?? ''), align: 'end' },
    {
      id: 'ret',
      header: 'ret',
      title: 'ret= as printed; 0 is refused for mod_unless and freeze',
      text: (event) => String(event.ret ?? ''),
      align: 'end',
    },
    {
      id: 'delta',
      header: 'delta',
      title: 'References added or dropped; 0 when refused',
      text: (event) => (event.delta === undefined ? '' : `${event.delta > 0 ? '+' : ''}${event.delta}`),
      align: 'end',
    },
    {
      id: 'order',
      header: 'order',
      title: 'Order of an allocation or a free',
      text: (event) => String(event.order ?? ''),
      align: 'end',
    },
    {
      id: 'args',
      header: 'other arguments',
      title: 'As printed, of CMA, migration and compaction events; any other event’s are in its raw line',
      text: (event) => event.args,
    },
  ]
}

function pfnColumn(onPfn: (pfn: number) => void): DataColumn<EventAnswer> {
  return {
    id: 'pfn',
    header: 'pfn',
    text: pfnText,
    render: (event, isActive) =>
      event.pfn >= 0 && (
        <CellLink
          text={pfnText(event)}
          title="Open its timeline"
          isTabStop={isActive}
          onOpen={() => onPfn(event.pfn)}
        />
      ),
  }
}

function pfnText(event: EventAnswer): string {
  return event.pfn < 0 ? '' : formatPfn(event.pfn)
}

/** `0x80014 uptodate|lru|swapbacked`: hex as printed, with names where they are sure. */
function flagsText({ flags, flagNames }: EventAnswer): string {
  return flagNames === '' ? flags : `${flags} ${flagNames}`
}

/** `5 Isolate`: the number as printed, with its name on this kernel where a file tells. */
function mtText({ mt, mtName }: EventAnswer): string {
  return mt < 0 ? '' : `${mt} ${mtName}`.trimEnd()
}

/** Events that are no reference operation have no count. */
function countText(event: EventAnswer): string {
  return event.operation === '' ? '' : `${event.isExact ? '●' : '○'} ${event.count}`
}

function gapText(event: EventAnswer): string {
  return event.gap === 0 ? '' : `⚡ ${event.gap > 0 ? '+' : '−'}${Math.abs(event.gap)}`
}

/** `ts-mux-64`, as ftrace prints it; `<...>-9018` when the comm was not recorded. */
export function taskText({ comm, pid }: TaskAnswer): string {
  if (pid < 0) return comm
  return `${comm === '' ? '<...>' : comm}-${pid}`
}

function cpuText(event: EventAnswer): string {
  const where = event.irq === 'task' || event.irq === 'unknown' ? '' : `${event.irq} `
  return event.cpu < 0 ? where : `${where}${event.cpu}`
}

/** The frame that names the holder, else the first that is no tracepoint plumbing. */
function holderText(event: EventAnswer): string {
  const { frames } = event.stack
  const frame = frames.find((one) => one.isHolder) ?? frames.find((one) => !one.isInstrumentation) ?? frames.at(0)
  return frame?.resolved ?? frame?.text ?? ''
}

/** The innermost frame that is no tracepoint plumbing. */
function leafText({ stack: { frames } }: EventAnswer): string {
  const frame = frames.find((one) => !one.isInstrumentation) ?? frames.at(0)
  return frame?.resolved ?? frame?.text ?? ''
}

/** Identity of an event in links and tables: the line that told it. */
export function eventKey(event: EventAnswer): string {
  return placeText(event.place)
}
