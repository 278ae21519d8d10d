import { type CopyTable } from '../../base/copy-table.ts'
import { type LayerStyleId } from '../theme/class-style.ts'
import { type ChartAttempt } from './chart-attempt.ts'
import { type DataColumn } from './data-column.ts'
import { madeOfText } from './step-layers.ts'
import { countText, gapText, gapWords, type StepPoint } from './step-point.ts'

type PointRow = StepPoint & { readonly position: number }
type AttemptRow = { readonly attempt: ChartAttempt; readonly ns: number }
/** A row of the table beside a chart: one of its points, or an attempt to move the page. */
export type StepRow = PointRow | AttemptRow

/** A cell of a point; rows of attempts leave it empty. */
const ofPoint = (text: (point: PointRow) => string) => (row: StepRow) => ('attempt' in row ? '' : text(row))

/** Columns of that table; `layers` are those of the chart. `placeOf` names the line of the point at a position. */
export const stepColumns = (
  layers: readonly LayerStyleId[],
  placeOf?: (position: number) => string,
): readonly DataColumn<StepRow>[] => [
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
  ...(placeOf === undefined ? [] : [placeColumn(placeOf)]),
]

const placeColumn = (placeOf: (position: number) => string): DataColumn<StepRow> => ({
  id: 'place',
  header: 'line',
  text: (row) => ('attempt' in row ? row.attempt.id : placeOf(row.position)),
})

/** Points and attempts in time order; an attempt before the event that begins it. */
export function stepRows(points: readonly StepPoint[], attempts: readonly ChartAttempt[]): readonly StepRow[] {
  const rows: readonly StepRow[] = [
    ...attempts.map((attempt) => ({ attempt, ns: attempt.fromNs })),
    ...points.map((point, position) => ({ ...point, position })),
  ]
  return rows.toSorted((one, other) => one.ns - other.ns)
}

/** The same table to be copied: all that is drawn, and from which page and window. */
export function stepCopyTable(
  { label, source }: { readonly label: string; readonly source: string },
  { points, layers, attempts, placeOf }: StepFacts,
): CopyTable {
  const columns = stepColumns(layers, placeOf)
  return {
    title: label,
    columns: columns.map(({ header, align }) => ({ header, ...(align === undefined ? {} : { align }) })),
    rows: stepRows(points, attempts).map((row) => columns.map(({ text }) => text(row))),
    source,
  }
}

/** What a chart draws. */
export interface StepFacts {
  readonly points: readonly StepPoint[]
  readonly layers: readonly LayerStyleId[]
  readonly attempts: readonly ChartAttempt[]
  readonly placeOf?: (position: number) => string
}
