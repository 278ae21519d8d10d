import { type ReactNode, useMemo } from 'react'
import { type ChartAttempt } from './chart-attempt.ts'
import { DataTable } from './data-table.tsx'
import { type LayerStyleId } from '../theme/class-style.ts'
import { type StepPoint } from './step-point.ts'
import { stepColumns, type StepRow, stepRows } from './step-table-rows.ts'

interface StepTableProps {
  readonly label: string
  readonly points: readonly StepPoint[]
  readonly layers: readonly LayerStyleId[]
  readonly attempts: readonly ChartAttempt[]
  readonly placeOf?: (position: number) => string
  readonly onPick: (position: number) => void
  readonly onAttempt?: (id: string) => void
}

/** The chart's points and attempts as rows: the same facts without a picture. */
export function StepTable({ label, points, layers, attempts, placeOf, onPick, onAttempt }: StepTableProps): ReactNode {
  const columns = useMemo(() => stepColumns(layers, placeOf), [layers, placeOf])
  const rows = useMemo(() => stepRows(points, attempts), [points, attempts])
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

function keyOf(row: StepRow): string {
  return 'attempt' in row ? `attempt ${row.attempt.id}` : String(row.position)
}
