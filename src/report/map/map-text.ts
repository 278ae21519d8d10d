import { counted } from '../../base/counted.ts'
import { formatPfn, formatPfnRange } from '../../base/pfn.ts'
import { type MapOutline } from '../../queries/map/map-outlines.ts'
import { type MapSpaceAnswer } from '../../queries/map/map-space.ts'
import { type MapUnit } from '../../queries/map/map-unit.ts'
import { type PlaceAnswer } from '../../queries/wire.ts'
import { plainText } from '../plain-text.ts'
import { type MapReport } from './map-report.ts'

/** `name=value` of a row that no file tells. */
const NOT_TOLD = '?'

/** The map for a terminal and for grep: what is known of memory, then one line a pageblock or page, `name=value` each. */
export function mapText(report: MapReport): string {
  const rows = report.rows.map((row) => rowLine(row, report.unitPages))
  const lines = [...headLines(report), '', ...rows, ...leftOffLines(report)]
  return `${lines.map(plainText).join('\n')}\n`
}

function leftOffLines({ rows, leftOff }: MapReport): readonly string[] {
  if (leftOff === 0) return []
  const more = counted(leftOff, rows.length === 0 ? 'pageblock' : 'more pageblock')
  return [
    `and ${more}: no page of them blocked, is held, or lies in another type's block, and no event names one (--all)`,
  ]
}

function headLines({ space, range, by, unitPages, rows, leftOff }: MapReport): readonly string[] {
  const all = counted(rows.length + leftOff, unitPages === 1 ? 'page' : 'pageblock')
  const units = leftOff === 0 ? all : `${rows.length} of ${all}`
  const of = range === undefined ? '' : ` of ${formatPfnRange(range.startPfn, range.endPfn)}`
  const order = by === undefined ? 'by PFN' : `by ${by}, the greatest first`
  return [
    `Memory map${of}: ${units} of which a file tells, ${order}; ${NOT_TOLD} is not told`,
    `${space.blockBasis}${placeText(space.blockPlace)}; ${space.memoryBlockBasis}`,
    ...holeLines(space),
    ...(space.newestTs === ''
      ? []
      : [`oldest_ns is against the newest allocation in the dumps, at ${space.newestTs} ns`]),
    ...space.outlines.map(outlineLine),
    ...(space.outlinesLeftOff > 0 ? [`and ${space.outlinesLeftOff} more failed ranges`] : []),
  ]
}

function holeLines({ spans }: MapSpaceAnswer): readonly string[] {
  return spans.slice(1).map((span, at) => `no file knows of ${formatPfnRange(spans[at].endPfn, span.startPfn)}`)
}

function outlineLine({ label, kind, startPfn, endPfn, basis, time, place }: MapOutline): string {
  const range = kind === 'failed' ? '' : ` ${formatPfnRange(startPfn, endPfn)}`
  return `${label}${range}${time === undefined ? '' : ` at ${time.text}`}: ${basis}${placeText(place)}`
}

function placeText(place: PlaceAnswer | undefined): string {
  return place === undefined ? '' : ` (${place.fileName}:${place.line})`
}

function rowLine(row: MapUnit, unitPages: number): string {
  const number = (value: number): string => (value < 0 ? NOT_TOLD : String(value))
  const isOwned = row.allocations > 0
  const isTraced = row.eventPages > 0
  const misplaced =
    row.placement === 'alike' || row.placement === 'none' ? '0' : `${row.placementPages}:${row.placement}`
  const pages = unitPages === 1 ? formatPfn(row.startPfn) : `${formatPfn(row.startPfn)}-${formatPfn(row.endPfn)}`
  const places = row.places.map(({ place }) => `${place.fileName}:${place.line}`)
  return [
    pages,
    `type=${row.blockTypes.join(',').replaceAll(' or ', '|') || NOT_TOLD}`,
    `owned=${isOwned ? row.pageTypes.map((own) => `${own.name}:${own.pages}`).join(',') : NOT_TOLD}`,
    `misplaced=${isOwned ? misplaced : NOT_TOLD}`,
    `order=${number(row.mostOrder)}`,
    `oldest_ns=${number(row.oldestAgeNs)}`,
    `open_holds=${isTraced ? row.openHolds : NOT_TOLD}`,
    `holders=${isTraced ? row.holders.map((own) => `${own.class}:${own.holds}`).join(',') || '-' : NOT_TOLD}`,
    `blocked=${row.blocked}`,
    `excess=${number(row.excess)}`,
    `events=${row.events}`,
    `failed_ranges=${row.failedRanges}`,
    `lines=${places.join(',') || NOT_TOLD}`,
  ].join(' ')
}
