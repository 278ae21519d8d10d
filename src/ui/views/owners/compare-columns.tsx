import { type ComparedStack, type OwnerChange } from '../../../queries/owners/compare-owners.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { type Place, PlaceLink, placeText } from '../../widgets/place-link.tsx'
import { SymbolText } from '../../widgets/symbol-text.tsx'
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

/** Who allocated; in words where nobody is named. */
export function comparedTitle({ title, missing }: { readonly title: string; readonly missing: string }): string {
  return title === '' ? `not recorded: ${missing}` : title
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
    {
      id: 'name',
      header: 'allocated in',
      title: 'The frame that says most of who allocated; the whole stack is in the inspector',
      text: comparedTitle,
      render: (row) => (row.title === '' ? comparedTitle(row) : <SymbolText text={row.title} />),
      isSortable: true,
    },
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
    {
      id: 'callers',
      header: 'called by',
      title: 'The frames that called the allocating one, nearest first',
      text: callersOf,
    },
  ]
}

const CALLERS = 8

/** `← do_tee ← …`: what tells stacks apart that the same frame names. */
export function callersOf({ stack: { frames }, title }: Pick<Row, 'stack' | 'title'>): string {
  const own = title === '' ? -1 : frames.findIndex((frame) => frame.isHolder)
  return frames
    .slice(own + 1, own < 0 ? 0 : own + 1 + CALLERS)
    .map((frame) => `← ${frame.symbol}`)
    .join(' ')
}

function textOf(place: Place | undefined): string {
  return place === undefined ? '' : placeText(place)
}
