import { oncePer } from '../../base/once-per.ts'
import { type PfnSpan } from '../../base/pfn-spans.ts'
import { formatPfnRange } from '../../base/pfn.ts'
import { type Finding } from '../../derive/attribution/finding.ts'
import { windowOf } from '../../derive/failures/cma-failures.ts'
import { findMarks } from '../../derive/failures/marks.ts'
import { type Derived } from '../../derive/derived.ts'
import { type LineId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { placeOf } from '../place.ts'
import { timeAnswer } from '../time-answer.ts'
import { type PlaceAnswer, type TimeAnswer } from '../wire.ts'

/** A stretch of PFNs that is drawn around: what it is, and the line that says so. */
export interface MapOutline extends PfnSpan {
  readonly kind: 'zone' | 'cma' | 'failed'
  /** `cma reserved`, `node 0 DMA32`, `cma failed`. */
  readonly label: string
  /** How it is known, in words. */
  readonly basis: string
  /** Of a failed range: its id, for links. */
  readonly id?: string
  readonly time?: TimeAnswer
  readonly place?: PlaceAnswer
}

/** Zones as /proc/zoneinfo spans them, holes included. */
export function zoneOutlines(trace: Trace): readonly MapOutline[] {
  return trace.machine.zones
    .filter(({ startPfn, endPfn, present }) => endPfn > startPfn && present > 0)
    .map(({ startPfn, endPfn, node, name, line }) => ({
      kind: 'zone',
      startPfn,
      endPfn,
      label: `node ${node} ${name}`,
      basis: 'as zoneinfo spans it, holes included',
      place: placeOf(trace, line),
    }))
}

/**
 * CMA areas, by ascending PFN: as debugfs tells them; else as the boot log reserved them; else what allocations tried, which
 * may be a part of an area.
 */
export const areaOutlines = oncePer((trace: Trace): readonly MapOutline[] => {
  const told = (trace.machine.cmaAreas ?? []).map(({ startPfn, endPfn, name, line, sizeBasis }): MapOutline => ({
    kind: 'cma',
    startPfn,
    endPfn,
    label: `CMA ${name}`,
    basis: sizeBasis === 'count' ? 'as debugfs tells it' : 'as the bitmap in debugfs tells it, rounded up to words',
    place: placeOf(trace, line),
  }))
  const reserved = trace.notes.flatMap((note): readonly MapOutline[] =>
    note.kind !== 'cma_reserved' || isWithin(note, told)
      ? []
      : [
          {
            kind: 'cma',
            startPfn: note.startPfn,
            endPfn: note.endPfn,
            label: 'CMA reserved',
            basis: 'as the boot log says',
            place: placeOf(trace, note.line),
          },
        ],
  )
  const known = [...told, ...reserved]
  return [...known, ...triedAreas(trace, known)].toSorted((a, b) => a.startPfn - b.startPfn)
})

/** Windows that allocations tried outside the known areas, joined by the area that they name. */
function triedAreas(trace: Trace, known: readonly PfnSpan[]): readonly MapOutline[] {
  const hulls = new Map<string, { startPfn: number; endPfn: number; line: LineId }>()
  for (const mark of findMarks(trace)) {
    const window = mark.kind.startsWith('cma_alloc') ? windowOf(mark) : undefined
    if (window === undefined || isWithin(window, known)) continue
    const name = mark.args.get('name') ?? ''
    const hull = hulls.get(name)
    if (hull === undefined) hulls.set(name, { ...window, line: trace.events.line[mark.row] })
    else {
      hull.startPfn = Math.min(hull.startPfn, window.startPfn)
      hull.endPfn = Math.max(hull.endPfn, window.endPfn)
    }
  }
  return [...hulls].map(([name, { startPfn, endPfn, line }]) => ({
    kind: 'cma',
    startPfn,
    endPfn,
    label: `CMA ${name}`.trimEnd(),
    basis: 'at least: what allocations tried of it, no file tells the area',
    place: placeOf(trace, line),
  }))
}

function isWithin({ startPfn, endPfn }: PfnSpan, areas: readonly PfnSpan[]): boolean {
  return areas.some((area) => area.startPfn <= startPfn && endPfn <= area.endPfn)
}

/** Failed ranges of which the PFNs are known, in time order. */
export function failedOutlines(trace: Trace, derived: Derived): readonly MapOutline[] {
  return derived.findings.flatMap((finding) =>
    finding.range.endPfn > finding.range.startPfn ? [failed(trace, finding)] : [],
  )
}

function failed(trace: Trace, { range }: Finding): MapOutline {
  const { id, startPfn, endPfn, trigger, time, lines, basis } = range
  const line = lines.at(0)
  return {
    kind: 'failed',
    startPfn,
    endPfn,
    id,
    label: `${trigger} failed ${formatPfnRange(startPfn, endPfn)}`,
    basis,
    ...(time === undefined ? {} : { time: timeAnswer(trace, time) }),
    ...(line === undefined ? {} : { place: placeOf(trace, line) }),
  }
}
