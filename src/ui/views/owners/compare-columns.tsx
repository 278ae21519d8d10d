import { type ComparedStack, type OwnerChange } from '../../../queries/owners/compare-owners.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { type Place, PlaceLink, placeText } from '../../widgets/place-link.tsx'
import { CALLERS_COLUMN, NAME_COLUMN } from './stack-columns.tsx'
import { changeColumn, kibOf, numberColumn } from './number-column.ts'

type Row = ComparedStack

const MARKS: Readonly<Record<OwnerChange, string>> = {
  new: '+ new',
  grown: '▲ grown',
  shrunk: '▼ shrunk',
  gone: '− gone',
  same: '= same',
}

/** `▲ grown`: a change with its glyph. */
export function changeMark(change: OwnerChange): string {
  return MARKS[change]
}

/** Columns of compared stacks; ids of sortable ones are the sorts of the question. */
export function compareColumns({ onPlace }: { readonly onPlace: (place: Place) => void }): readonly DataColumn<Row>[] {
  const place = (id: string, header: string, of: (row: Row) => Place | undefined): DataColumn<Row> => ({
    id,
    header,
    title: 'The first record, or the row, that tells',
    text: (row) => textOf(of(row)),
    render: (row, isActive) => {
      const told = of(row)
      return told && <PlaceLink place={told} onOpen={onPlace} isTabStop={isActive} />
    },
  })
  return [
    {
      id: 'change',
      header: 'change',
      title: 'How its pages stand in the later dump',
      text: ({ change }) => MARKS[change],
    },
    NAME_COLUMN,
    changeColumn({
      id: 'delta',
      header: 'Δ pages',
      title: 'Pages after less pages before; sorted by size',
      of: (row) => row.deltaPages,
    }),
    changeColumn({
      id: 'kib',
      header: 'Δ KiB',
      title: 'Of the pages',
      of: (row) => kibOf(row.deltaBytes),
      isSortable: false,
    }),
    numberColumn({ id: 'before', header: 'pages before', title: 'In the earlier dump', of: (row) => row.pagesBefore }),
    numberColumn({ id: 'after', header: 'pages after', title: 'In the later dump', of: (row) => row.pagesAfter }),
    numberColumn({
      id: 'blocksBefore',
      header: 'allocations before',
      title: 'Some files count pages alone',
      of: (row) => row.allocationsBefore,
      isSortable: false,
    }),
    numberColumn({
      id: 'blocksAfter',
      header: 'allocations after',
      title: 'Some files count pages alone',
      of: (row) => row.allocationsAfter,
      isSortable: false,
    }),
    place('placeBefore', 'line before', ({ placeBefore }) => placeBefore),
    place('placeAfter', 'line after', ({ placeAfter }) => placeAfter),
    CALLERS_COLUMN,
  ]
}

function textOf(place: Place | undefined): string {
  return place === undefined ? '' : placeText(place)
}
