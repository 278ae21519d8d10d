import { formatPfnRange } from '../../base/pfn.ts'
import { type FailedRange } from '../../derive/failures/failed-range.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { findMachineFacts, type MachineFactAnswer } from '../../queries/machine-answer.ts'
import { placeOf } from '../../queries/place.ts'
import { type EvidenceAnswer, type PlaceAnswer } from '../../queries/wire.ts'

/** What the files tell of the kernel, its configuration and how the trace was taken. */
export interface MachineTold {
  /** Release, page size, pageblock order, the CMA area; what no file tells is absent. */
  readonly facts: readonly MachineFactAnswer[]
  /** First lines of each trace in text, where ftrace says which tracer it was and how much is there; short notes, whole. */
  readonly headers: readonly EvidenceAnswer[]
  /** page_ref events, and those of them that have a stack. */
  readonly refs: number
  readonly refsWithStack: number
}

const HEADER_LINES = 4
/** Notes that may be a copy of trace_options or trace_clock. */
const NOTE_LINES = 64
const MOST_FACTS = 500
const FACTS = ['kernel', 'other kernel', 'reboot', 'command line', 'page size', 'pageblock']

/** The facts of the machine that a report about a range needs. O(events). */
export function machineTold(trace: Trace, range: FailedRange | undefined): MachineTold {
  const { rows } = findMachineFacts(trace, { filter: '', offset: 0, limit: MOST_FACTS })
  return {
    facts: [...rows.filter(({ name }) => FACTS.includes(name)), ...areaFacts(trace, rows, range)],
    headers: headersOf(trace),
    ...countStacks(trace),
  }
}

/** The CMA area that the range lies in, by debugfs or by the boot log. */
function areaFacts(
  trace: Trace,
  rows: readonly MachineFactAnswer[],
  range: FailedRange | undefined,
): readonly MachineFactAnswer[] {
  if (range === undefined) return []
  const isArea = ({ startPfn, endPfn }: { readonly startPfn: number; readonly endPfn: number }): boolean =>
    range.startPfn >= startPfn && range.startPfn < endPfn
  const areas = trace.machine.cmaAreas ?? []
  const told = rows.filter(({ name }) => name === 'CMA area').filter((_, at) => at < areas.length && isArea(areas[at]))
  return told.length > 0 ? told.slice(0, 1) : reservedArea(trace, isArea)
}

/** By the boot log. */
function reservedArea(
  trace: Trace,
  isArea: (span: { readonly startPfn: number; readonly endPfn: number }) => boolean,
): readonly MachineFactAnswer[] {
  const note = trace.notes.find((one) => one.kind === 'cma_reserved' && isArea(one))
  if (note?.kind !== 'cma_reserved') return []
  const text = `${formatPfnRange(note.startPfn, note.endPfn)}, ${note.endPfn - note.startPfn} pages`
  return [{ id: 'CMA area', name: 'CMA area', text, place: placeOf(trace, note.line) }]
}

function headersOf({ files }: Trace): readonly EvidenceAnswer[] {
  return files
    .filter(({ format, ledger }) => format === 'ftrace' || (format === 'machine_notes' && ledger.total <= NOTE_LINES))
    .map(({ index, name, format, ledger }) => {
      const count = format === 'ftrace' ? Math.min(HEADER_LINES, ledger.total) : ledger.total
      const places = Array.from({ length: count }, (_, at): PlaceAnswer => ({
        file: index,
        fileName: name,
        line: at + 1,
      }))
      return { text: name, places, raw: [] }
    })
}

function countStacks({ events }: Trace): Pick<MachineTold, 'refs' | 'refsWithStack'> {
  let refs = 0
  let refsWithStack = 0
  for (let row = 0; row < events.length; row++) {
    if (!isRefKind(events.kind[row])) continue
    refs++
    if (events.stack[row] !== NONE) refsWithStack++
  }
  return { refs, refsWithStack }
}
