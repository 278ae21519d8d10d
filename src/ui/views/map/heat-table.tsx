import { type ReactNode, useMemo } from 'react'
import { type Clock, formatTime } from '../../../base/clock.ts'
import { type CopyTable } from '../../../base/copy-table.ts'
import { formatPfn, formatPfnRange } from '../../../base/pfn.ts'
import { type MapHeatAnswer } from '../../../queries/map/map-heat.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { pagesOfRow, timeOfColumn } from '../../widgets/heat-plot.ts'

/** What one row of PFN × time holds. */
interface HeatRow {
  readonly row: number
  readonly pages: string
  readonly most: number
  readonly mostAt: string
  readonly first: string
  readonly last: string
  readonly failures: string
}

const COLUMNS: readonly DataColumn<HeatRow>[] = [
  { id: 'pages', header: 'pages', text: ({ pages }) => pages },
  {
    id: 'most',
    header: 'most at once',
    title: 'in one column of time',
    align: 'end',
    text: ({ most }) => String(most),
  },
  { id: 'at', header: 'at', text: ({ mostAt }) => mostAt },
  { id: 'first', header: 'from', title: 'first column of time with any', text: ({ first }) => first },
  { id: 'last', header: 'to', title: 'last column of time with any', text: ({ last }) => last },
  {
    id: 'failures',
    header: 'blocked',
    title: 'failures that its pages blocked, by time',
    text: ({ failures }) => failures,
  },
]

interface HeatTableProps {
  readonly answer: MapHeatAnswer
  readonly clock: Clock
}

/** PFN × time as a table: a row of pages each, that has anything. */
export function HeatTable({ answer, clock }: HeatTableProps): ReactNode {
  const rows = useMemo(() => heatRows(answer, clock), [answer, clock])
  return (
    <DataTable
      label={`PFN × time, ${answer.mode}`}
      columns={COLUMNS}
      rows={rows}
      offset={0}
      total={rows.length}
      rowKey={({ pages }) => pages}
      empty="Nothing in these pages and this time."
    />
  )
}

/** The same for the clipboard. */
export function heatTableOf(answer: MapHeatAnswer | undefined, clock: Clock): CopyTable {
  return {
    title: answer ? `PFN × time, ${answer.mode}, ${formatPfnRange(answer.startPfn, answer.endPfn)}` : 'PFN × time',
    columns: COLUMNS.map(({ header, align }) => ({ header, ...(align ? { align } : {}) })),
    rows: answer ? heatRows(answer, clock).map((row) => COLUMNS.map(({ text }) => text(row))) : [],
    ...(answer
      ? { source: `${answer.from.text} to ${answer.to.text}, columns of ${Math.round(answer.columnNs)} ns` }
      : {}),
  }
}

function heatRows(answer: MapHeatAnswer, clock: Clock): readonly HeatRow[] {
  const grid = { ...answer, fromNs: answer.from.ns }
  const rows: HeatRow[] = []
  for (let row = 0; row < answer.rows; row++) {
    const own = answer.count.slice(row * answer.columns, (row + 1) * answer.columns)
    const { startPfn, endPfn } = pagesOfRow(grid, row)
    const failures = answer.failures.filter(({ blockingPfns }) =>
      blockingPfns.some((pfn) => pfn >= startPfn && pfn < endPfn),
    )
    const most = own.reduce((greatest, value) => Math.max(greatest, value), 0)
    if (most === 0 && failures.length === 0) continue
    const textAt = (column: number): string => (column < 0 ? '' : formatTime(timeOfColumn(grid, column).from, clock))
    rows.push({
      row,
      pages: endPfn - startPfn === 1 ? formatPfn(startPfn) : formatPfnRange(startPfn, endPfn),
      most,
      mostAt: most === 0 ? '' : textAt(own.indexOf(most)),
      first: textAt(own.findIndex((value) => value > 0)),
      last: textAt(own.findLastIndex((value) => value > 0)),
      failures: failures.map(({ label, time }) => `${label} ${time.text}`).join(', '),
    })
  }
  return rows
}
