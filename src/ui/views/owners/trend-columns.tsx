import { type OwnerTrendAnswer, type TrendStack } from '../../../queries/owners/owner-trend.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { type Place, PlaceLink, placeText } from '../../widgets/place-link.tsx'
import { CALLERS_COLUMN, NAME_COLUMN } from './stack-columns.tsx'
import { changeColumn, kibOf, numberColumn } from './number-column.ts'

type Row = TrendStack

/** That a stack has more pages in each dump than in the one before: a fact, and no more than that. */
export function grewWords(dumps: number): string {
  return `grew in each of ${dumps} dumps`
}

interface Options {
  readonly dumps: OwnerTrendAnswer['dumps']
  readonly onPlace: (place: Place) => void
}

/** Columns of a series: one a dump; ids of sortable ones are the sorts of the question. */
export function trendColumns({ dumps, onPlace }: Options): readonly DataColumn<Row>[] {
  return [
    NAME_COLUMN,
    changeColumn({
      id: 'growth',
      header: 'Δ pages',
      title: 'Pages in the last dump less pages in the first',
      of: (row) => row.growthPages,
    }),
    changeColumn({
      id: 'kib',
      header: 'Δ KiB',
      title: 'Of the pages',
      of: (row) => kibOf(row.growthBytes),
      isSortable: false,
    }),
    ...dumps.map(({ id, newest }, at) =>
      numberColumn<Row>({
        id: `dump ${id}`,
        header: `${at + 1} ${id}`,
        title: `Pages in ${id}${newest === undefined ? '' : `, newest allocation ts ${newest.ts} ns`}`,
        of: (row) => row.pages[at] ?? 0,
        isSortable: false,
      }),
    ),
    numberColumn({
      id: 'pages',
      header: 'most pages',
      title: 'In any of the dumps',
      of: (row) => Math.max(0, ...row.pages),
    }),
    {
      id: 'grew',
      header: 'grew',
      title: 'More pages in each dump than in the one before',
      text: (row) => (row.grewInEach ? '▲ in each' : ''),
    },
    {
      id: 'place',
      header: 'line',
      title: 'The first record, or the row, in the last dump that has the stack',
      text: ({ place }) => placeText(place),
      render: ({ place }, isActive) => <PlaceLink place={place} onOpen={onPlace} isTabStop={isActive} />,
    },
    CALLERS_COLUMN,
  ]
}
