import { type ReactNode } from 'react'
import { type DataColumn } from './data-column.ts'
import { DataTable } from './data-table.tsx'
import { countText, gapText, gapWords, type StepPoint } from './step-point.ts'

interface StepTableProps {
  readonly label: string
  readonly points: readonly StepPoint[]
  readonly onPick: (position: number) => void
}

type Numbered = StepPoint & { readonly position: number }

const COLUMNS: readonly DataColumn<Numbered>[] = [
  { id: 'time', header: 'time', text: (point) => point.text },
  { id: 'event', header: 'event', text: (point) => point.kind },
  { id: 'operation', header: 'operation', text: (point) => point.operation },
  { id: 'count', header: 'count', text: countText, align: 'end' },
  { id: 'sureness', header: 'sureness', text: (point) => (point.isExact ? 'exact' : 'sampled') },
  { id: 'mapcount', header: 'mapcount', text: (point) => String(point.mapcount ?? '?'), align: 'end' },
  {
    id: 'gap',
    header: 'contradiction',
    text: (point) => (point.gapKind === 'none' ? '' : `${gapText(point.gap)}  ${gapWords(point)}`),
  },
]

/** The chart's points as rows: the same facts without a picture. */
export function StepTable({ label, points, onPick }: StepTableProps): ReactNode {
  const rows = points.map((point, position) => ({ ...point, position }))
  return (
    <DataTable
      label={label}
      columns={COLUMNS}
      rows={rows}
      offset={0}
      total={rows.length}
      rowKey={keyOf}
      onActivate={(point) => onPick(point.position)}
      empty="No events of this page in this window."
    />
  )
}

function keyOf(point: Numbered): string {
  return String(point.position)
}
