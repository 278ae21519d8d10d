import { formatPfn } from '../../base/pfn.ts'
import { type MapOutline } from '../../queries/map/map-outlines.ts'
import { type MapUnit } from '../../queries/map/map-unit.ts'
import { type PlaceAnswer } from '../../queries/wire.ts'
import { type MapReport } from './map-report.ts'

/** The map for programs: PFNs as text in hex, places as `file:line`, -1 where a number is not told. */
export function mapJson({ space, range, by, unitPages, rows }: MapReport) {
  return {
    by: by ?? 'pfn',
    ...(range === undefined ? {} : { range: spanOf(range) }),
    unitPages,
    pageblockOrder: space.blockOrder,
    pageblockOrderBasis: space.blockBasis,
    pageblockOrderAssumed: space.isBlockAssumed,
    memoryBlockPages: space.memoryBlockPages ?? -1,
    memoryBlockBasis: space.memoryBlockBasis,
    known: space.spans.map(spanOf),
    outlines: space.outlines.map(outlineOf),
    outlinesLeftOff: space.outlinesLeftOff,
    newestAllocationNs: space.newestTs,
    rows: rows.map(rowOf),
  }
}

function spanOf({ startPfn, endPfn }: { readonly startPfn: number; readonly endPfn: number }) {
  return { start: formatPfn(startPfn), end: formatPfn(endPfn) }
}

function outlineOf({ kind, label, basis, time, place, id, ...span }: MapOutline) {
  return {
    kind,
    label,
    ...spanOf(span),
    basis,
    ...(id === undefined ? {} : { id }),
    ...(time === undefined ? {} : { time: time.text }),
    ...(place === undefined ? {} : { line: lineOf(place) }),
  }
}

function rowOf({ startPfn, endPfn, blockingPfns, places, ...row }: MapUnit) {
  return {
    ...spanOf({ startPfn, endPfn }),
    ...row,
    blockingPfns: blockingPfns.map(formatPfn),
    lines: places.map(({ what, place }) => ({ what, line: lineOf(place) })),
  }
}

function lineOf({ fileName, line }: PlaceAnswer): string {
  return `${fileName}:${line}`
}
