import { type StackTotalAnswer } from '../../../queries/stack-totals.ts'
import { type PlaceAnswer } from '../../../queries/wire.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { PlaceLink, placeText } from '../../widgets/place-link.tsx'
import { SymbolText } from '../../widgets/symbol-text.tsx'

interface StackTotalColumns {
  /** The file counts allocations. */
  readonly hasBlocks: boolean
  /** The file tells tasks or kinds of allocation (page_owner_sort --cull). */
  readonly hasTasks: boolean
  readonly onPlace: (place: PlaceAnswer) => void
}

/** Columns of totals by stack; their ids are the sorts of the question. */
export function stackTotalColumns(options: StackTotalColumns): readonly DataColumn<StackTotalAnswer>[] {
  return [
    { ...number('pages', 'pages', 'Base pages that are allocated now', (row) => row.pages, true), extraChars: 2 },
    number('bytes', 'bytes', 'Pages times the size of a page', (row) => row.sizeBytes, false),
    ...(options.hasBlocks
      ? [number('blocks', 'allocations', 'Allocations that the pages are of', (row) => row.blocks, true)]
      : []),
    {
      id: 'allocator',
      header: 'allocated in',
      title: 'The frame that says most of who allocated. Enter shows the whole stack.',
      text: allocatorText,
      render: (row) => (row.notRecorded === '' ? <SymbolText text={row.allocator} /> : allocatorText(row)),
      isSortable: true,
    },
    ...(options.hasTasks ? [{ id: 'task', header: 'by', text: taskText }] : []),
    {
      id: 'place',
      header: 'line',
      text: ({ place }) => placeText(place),
      render: ({ place }, isActive) => <PlaceLink place={place} onOpen={options.onPlace} isTabStop={isActive} />,
    },
  ]
}

function number(
  id: string,
  header: string,
  title: string,
  of: (row: StackTotalAnswer) => number,
  isSortable: boolean,
): DataColumn<StackTotalAnswer> {
  return { id, header, title, text: (row) => (of(row) < 0 ? 'not told' : String(of(row))), align: 'end', isSortable }
}

function allocatorText({ allocator, notRecorded }: StackTotalAnswer): string {
  return notRecorded === '' ? allocator : `not recorded: ${notRecorded}`
}

function taskText({ task, tgid, allocatedBy }: StackTotalAnswer): string {
  const pid = task.pid >= 0 ? `-${task.pid}` : ''
  const group = tgid >= 0 ? ` tgid ${tgid}` : ''
  return `${task.comm}${pid}${group} ${allocatedBy}`.trim()
}
