import { formatPfn } from '../../../base/pfn.ts'
import { type HoldAnswer, type PlaceAnswer } from '../../../queries/wire.ts'
import { taskText } from '../../events/event-columns.tsx'
import { CLASS_STYLES } from '../../theme/class-style.ts'
import { CellLink } from '../../widgets/cell-link.tsx'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { PlaceLink, placeText } from '../../widgets/place-link.tsx'

interface HoldLinks {
  readonly onPlace: (place: PlaceAnswer) => void
  readonly onHold: (hold: HoldAnswer) => void
}

/** Columns of the holds of one stack. */
export function holdColumns({ onPlace, onHold }: HoldLinks): readonly DataColumn<HoldAnswer>[] {
  return [
    {
      id: 'pfn',
      header: 'pfn',
      title: 'The page that was held. Enter opens its timeline.',
      text: (hold) => formatPfn(hold.pfn),
      render: (hold, isActive) => (
        <CellLink
          text={formatPfn(hold.pfn)}
          title="Open its timeline"
          isTabStop={isActive}
          onOpen={() => onHold(hold)}
        />
      ),
    },
    { id: 'duration', header: 'held', title: 'From the get to the put', text: durationText, align: 'end' },
    {
      id: 'from',
      header: 'from',
      title: 'Time of the get, as in the file',
      text: (hold) => hold.from?.text ?? 'before the trace',
      align: 'end',
    },
    { id: 'to', header: 'to', title: 'Time of the put, as in the file', text: endText, align: 'end' },
    { id: 'task', header: 'task', title: 'Who took the reference', text: (hold) => taskText(hold.task) },
    {
      id: 'apart',
      header: 'told apart',
      title: 'Whether the evidence tells this hold from others just alike: one of so many may be the one that stayed',
      text: (hold) => (hold.anyOf === undefined ? 'yes' : `one of ${hold.anyOf}`),
    },
    {
      id: 'units',
      header: 'references',
      title: 'References that the get took at once; a pin by FOLL_PIN may count as 1024',
      text: (hold) => String(hold.units),
      align: 'end',
    },
    {
      id: 'class',
      header: 'class',
      title: 'What the reference is for',
      text: (hold) => CLASS_STYLES[hold.class].label,
      render: (hold) => <ClassDot class={hold.class} hasLabel />,
      extraChars: 3,
    },
    placeColumn('get', 'get', 'Line of the get', (hold) => hold.getPlace, onPlace),
    placeColumn('put', 'put', 'Line of the put that answers it', (hold) => hold.putPlace, onPlace),
  ]
}

function endText({ to, taskExit }: HoldAnswer): string {
  return to?.text ?? (taskExit?.isGone ? 'no put seen, its task is gone' : 'no put seen')
}

function durationText(hold: HoldAnswer): string {
  return hold.isAtLeast ? `at least ${hold.durationText}` : hold.durationText
}

function placeColumn(
  id: string,
  header: string,
  title: string,
  placeOf: (hold: HoldAnswer) => PlaceAnswer | undefined,
  onPlace: (place: PlaceAnswer) => void,
): DataColumn<HoldAnswer> {
  return {
    id,
    header,
    title,
    text: (hold) => {
      const place = placeOf(hold)
      return place ? placeText(place) : ''
    },
    render: (hold, isActive) => {
      const place = placeOf(hold)
      return place && <PlaceLink place={place} onOpen={onPlace} isTabStop={isActive} />
    },
  }
}
