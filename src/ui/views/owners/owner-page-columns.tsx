import { formatPfn } from '../../../base/pfn.ts'
import { type OwnerPageAnswer } from '../../../queries/owners/owner-page-answer.ts'
import { CellLink } from '../../widgets/cell-link.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { type Place, PlaceLink, placeText } from '../../widgets/place-link.tsx'
import { SymbolText } from '../../widgets/symbol-text.tsx'
import { numberColumn } from './number-column.ts'

type Row = OwnerPageAnswer
type Column = DataColumn<Row>

interface Options {
  readonly onPlace: (place: Place) => void
  readonly onPage: (page: Row) => void
  /** Pages that lie wrong: with why that is known, and who allocated. */
  readonly isMisplaced?: boolean
}

/** Columns of single records. */
export function ownerPageColumns({ onPlace, onPage, isMisplaced = false }: Options): readonly Column[] {
  return [
    {
      id: 'pfn',
      header: 'PFN',
      title: 'First page of the allocation. Enter shows who holds it.',
      text: ({ pfn }) => formatPfn(pfn),
      render: (row, isActive) => (
        <CellLink
          text={formatPfn(row.pfn)}
          title={`Show who holds ${formatPfn(row.pfn)}`}
          onOpen={() => onPage(row)}
          isTabStop={isActive}
        />
      ),
    },
    numberColumn({
      id: 'order',
      header: 'order',
      title: 'Of the allocation',
      of: ({ order }) => order,
      isSortable: false,
    }),
    ...(isMisplaced ? [WHERE_COLUMN, MOVES_COLUMN] : [TYPE_COLUMN]),
    ...(isMisplaced ? [ALLOCATOR_COLUMN] : []),
    text('task', 'allocated by', 'Task at allocation', ({ task }) => task),
    text('gfp', 'gfp mask', 'As printed', ({ gfp }) => gfp),
    { ...text('age', 'age', 'Measured as said above', ({ ageText }) => ageText), align: 'end' },
    { ...text('ts', 'ts', 'Time of allocation as printed', ({ tsText }) => tsText), align: 'end' },
    {
      id: 'place',
      header: 'line',
      text: ({ place }) => placeText(place),
      render: ({ place }, isActive) => <PlaceLink place={place} onOpen={onPlace} isTabStop={isActive} />,
    },
    text('flags', 'flags', 'Page flags as printed', ({ flags }) => flags),
    text('moved', 'last migrated for', 'Last migrate reason', ({ migrateReason }) => migrateReason),
  ]
}

/** Identity of a record: its line. */
export function pageKeyOf({ place }: Row): string {
  return placeText(place)
}

const TYPE_COLUMN: Column = text(
  'type',
  'asked for, in a block of',
  'Migratetype of the allocation, and of the pageblock',
  ({ pageType, blockType }) => [pageType, blockType === '' ? '' : `in ${blockType}`].filter(Boolean).join(' '),
)

const WHERE_COLUMN: Column = text(
  'where',
  'asked for, lies in',
  'Migratetype of the allocation, and how it is known that movable pages belong there',
  ({ pageType, misplacedBy }) => `${pageType === '' ? 'not movable, by its mask' : pageType} · ${misplacedBy}`,
)

const LRU_WORDS = { on: 'perhaps: on the LRU', off: 'not on the LRU', untold: 'not told' } as const

const MOVES_COLUMN: Column = text(
  'moves',
  'can be moved',
  'Migration moves pages of the LRU whatever was asked for; others only where their owner registered a way to',
  ({ lru }) => LRU_WORDS[lru],
)

const ALLOCATOR_COLUMN: Column = {
  ...text('allocator', 'allocated in', 'The frame that says most of who allocated', ({ allocator }) =>
    allocator === '' ? 'not recorded' : allocator,
  ),
  render: ({ allocator }) => (allocator === '' ? 'not recorded' : <SymbolText text={allocator} />),
}

function text(id: string, header: string, title: string, of: (row: Row) => string): Column {
  return { id, header, title, text: of }
}
