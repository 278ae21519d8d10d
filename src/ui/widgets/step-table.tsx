import { type ReactNode, useMemo } from 'react'
import { type ChartAttempt } from './chart-attempt.ts'
import { type DataColumn } from './data-column.ts'
import { DataTable } from './data-table.tsx'
import { type LayerStyleId } from '../theme/class-style.ts'
import { madeOfText } from './step-layers.ts'
import { countText, gapText, gapWords, type StepPoint } from './step-point.ts'

interface StepTableProps {
  readonly label: string
  readonly points: readonly StepPoint[]
  readonly layers: readonly LayerStyleId[]
  readonly attempts: readonly ChartAttempt[]
  readonly onPick: (position: number) => void
  readonly onAttempt?: (id: string) => void
}

type PointRow = StepPoint & { readonly position: number }
type AttemptRow = { readonly attempt: ChartAttempt; readonly ns: number }
type Row = PointRow | AttemptRow

/** A cell of a point; rows of attempts leave it empty. */
const ofPoint = (text: (point: PointRow) => string) => (row: Row) => ('attempt' in row ? '' : text(row))

const columnsOf = (layers: readonly LayerStyleId[]): readonly DataColumn<Row>[] => [
  { id: 'time', header: 'time', text: (row) => ('attempt' in row ? row.attempt.fromText : row.text) },
  { id: 'event', header: 'event', text: (row) => ('attempt' in row ? 'attempt to move it' : row.kind) },
  { id: 'operation', header: 'operation', text: ofPoint((point) => point.operation) },
  { id: 'count', header: 'count', text: ofPoint(countText), align: 'end' },
  { id: 'sureness', header: 'sureness', text: ofPoint((point) => (point.isExact ? 'exact' : 'sampled')) },
  { id: 'mapcount', header: 'mapcount', text: ofPoint((point) => String(point.mapcount ?? '?')), align: 'end' },
  { id: 'expected', header: 'expected', text: ofPoint((point) => String(point.expected ?? '?')), align: 'end' },
  { id: 'excess', header: 'excess', text: ofPoint((point) => String(point.excess ?? '?')), align: 'end' },
  {
    id: 'made',
    header: 'made of, or how the attempt went',
    text: (row) => ('attempt' in row ? row.attempt.sentence : madeOfText(row, layers).split('; ')[0]),
  },
  {
    id: 'gap',
    header: 'contradiction',
    text: ofPoint((point) => (point.gapKind === 'none' ? '' : `${gapText(point.gap)}  ${gapWords(point)}`)),
  },
]

/** The chart's points and attempts as rows: the same facts without a picture. */
export function StepTable({ label, points, layers, attempts, onPick, onAttempt }: StepTableProps): ReactNode {
  const columns = useMemo(() => columnsOf(layers), [layers])
  const rows = useMemo(() => rowsOf(points, attempts), [points, attempts])
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      offset={0}
      total={rows.length}
      rowKey={keyOf}
      onActivate={(row) => ('attempt' in row ? onAttempt?.(row.attempt.id) : onPick(row.position))}
      empty="No events of this page in this window."
    />
  )
}

/** Points and attempts in time order; an attempt before the event that begins it. */
function rowsOf(points: readonly StepPoint[], attempts: readonly ChartAttempt[]): readonly Row[] {
  const rows: readonly Row[] = [
    ...attempts.map((attempt) => ({ attempt, ns: attempt.fromNs })),
    ...points.map((point, position) => ({ ...point, position })),
  ]
  return rows.toSorted((one, other) => one.ns - other.ns)
}

function keyOf(row: Row): string {
  return 'attempt' in row ? `attempt ${row.attempt.id}` : String(row.position)
}
