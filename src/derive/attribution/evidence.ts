import { formatDuration, formatTime } from '../../base/clock.ts'
import { formatPfn } from '../../base/pfn.ts'
import { SET } from '../../model/event-kind.ts'
import { type EventRow, type LineId, type StackId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { attemptsOf } from '../attempts/attempts.ts'
import { mappingsOf } from '../counts/mapcount.ts'
import { printsRawMapcount } from '../counts/raw-mapcount.ts'
import { type Derived } from '../derived.ts'
import { hasRefEvents } from '../has-ref-events.ts'
import { holderFrameOf } from '../holder-frame.ts'
import { operationText } from '../operation.ts'
import { type Evidence } from './finding.ts'
import { secondHalfOf } from './count-gap.ts'
import { CONFIDENT, heaviestDoubts } from './calibration.ts'
import { type OutlivedExit } from './outlived-exit.ts'
import { REASONS, type Reasons } from './reasons.ts'
import { longestSilenceAfter, type Silence } from './silence.ts'

/** `camera-hal-64`. */
export function taskText(trace: Trace, row: EventRow): string {
  const task = trace.contexts.task[trace.events.context[row]]
  return `${trace.strings.text(trace.tasks.comm[task])}-${trace.tasks.pid[task]}`
}

/** ` in do_tee [module]`, or nothing when no stack was recorded. */
export function inFrame(trace: Trace, stack: StackId): string {
  const frame = holderFrameOf(trace, stack)
  if (frame.symbol === '') return ', no stack recorded'
  return ` in ${frame.symbol}${frame.module === '' ? '' : ` [${frame.module}]`}`
}

/** The get of a hold; of a pin taken in two halves both, and the count once it was whole. */
export function getEvidence(trace: Trace, row: EventRow): Evidence {
  const { events } = trace
  const second = secondHalfOf(trace, row)
  const operation = `${operationText(trace, row)}${second === undefined ? '' : ` and ${operationText(trace, second)}`}`
  return {
    text: `${operation} by ${taskText(trace, row)}${inFrame(trace, events.stack[row])} at ${formatTime(events.time[row], trace.clock)}; count then ${events.count[second ?? row]}`,
    lines: [events.line[row], ...(second === undefined ? [] : [events.line[second]])],
    row,
  }
}

/** The put of a hold, seen from the failure. */
export function putEvidence(trace: Trace, row: EventRow, failedAt: number | undefined): Evidence {
  const { events, clock } = trace
  // page_pinner_put carries no amount.
  const operation = operationText(trace, row) || 'put'
  return {
    text: `${operation} by ${taskText(trace, row)}${inFrame(trace, events.stack[row])} at ${formatTime(events.time[row], clock)}${fromFailure(trace, row, failedAt)}; count then ${events.count[row]}`,
    lines: [events.line[row]],
    row,
  }
}

/** `, 431.090 ms before the failure`; nothing where no time of the trace is known of it. */
function fromFailure({ events, clock }: Trace, row: EventRow, failedAt: number | undefined): string {
  if (failedAt === undefined) return ''
  const gap = events.time[row] - failedAt
  return `, ${formatDuration(Math.abs(gap), clock.style.unit)} ${gap >= 0 ? 'after' : 'before'} the failure`
}

/**
 * The end of a leak's task. A reference that outlives its getter is lost or somebody else's by now: which of the two is not
 * told, so both are said.
 */
export function exitEvidence(trace: Trace, exit: OutlivedExit, failedAt: number | undefined): Evidence {
  const { row } = exit
  const at = `${formatTime(trace.events.time[row], trace.clock)}${fromFailure(trace, row, failedAt)}`
  return {
    text: `its task exited here: ${taskText(trace, row)} at ${at}; ${leftWords(exit)}`,
    lines: [trace.events.line[row]],
    row,
  }
}

function leftWords({ isProcess, isGone }: OutlivedExit): string {
  if (!isProcess) return 'this proves the end of one thread: others of its process may be left to release the reference'
  if (!isGone) return 'the trace ends, or pauses, before it can be told that its way out released nothing more'
  return 'unless a thread of that process hangs in the kernel on its way out, nobody in it is left to release the reference, only who or what it was handed to, if it was: another process, a file, a driver'
}

/**
 * The isolating look at the page, with how many references of the count the task had taken itself: one, or two where it
 * got the page before it took it off its list (mm/memory_hotplug.c do_migrate_range(), mm/vmscan.c folio_isolate_lru()).
 * Of a hold that began later (`get`) the look is no proof, and says so.
 */
export function scanEvidence(
  trace: Trace,
  derived: Pick<Derived, 'rules'>,
  row: EventRow,
  get: EventRow = row,
): Evidence {
  const { events } = trace
  const early = get > row ? ', before this hold began' : ''
  return {
    text: `isolation by ${taskText(trace, row)} at ${formatTime(events.time[row], trace.clock)} met count=${events.count[row]} (${ownAt(trace, derived, row)} of them its own) ${mapcountText(trace, row)}${early}`,
    lines: [events.line[row]],
    row,
  }
}

/** References that the task of an isolating get has of the page right after it. */
function ownAt(trace: Trace, derived: Pick<Derived, 'rules'>, row: EventRow): number {
  const look = attemptsOf(trace, derived, trace.events.page[row]).find(({ rows }) => rows.includes(row))
  return look === undefined ? 1 : look.isolated[look.rows.indexOf(row)]
}

/** `mapcount=0 (mapped once)`: as printed, to be found again, and what it means where that is another number. */
function mapcountText(trace: Trace, row: EventRow): string {
  const printed = `mapcount=${trace.shapes.mapcount[trace.events.shape[row]]}`
  const mappings = mappingsOf(trace, row)
  if (mappings === undefined || !printsRawMapcount(trace)) return printed
  return `${printed} (${mappings === 0 ? 'not mapped' : `mapped ${mappings === 1 ? 'once' : `${mappings} times`}`})`
}

/** No put after a get by the end of the trace, and what may have hidden one. */
export function openEvidence(trace: Trace, crossesLoss: boolean, get: EventRow): Evidence {
  const { events } = trace
  const end = (events.length - 1) as EventRow
  const lost = crossesLoss ? '; events were lost meanwhile, so the put may have been lost too' : ''
  const silence = longestSilenceAfter(trace, get)
  return {
    text: `no put of it by the end of the trace at ${formatTime(events.time[end], trace.clock)}${lost}${silence ? pauseText(trace, silence) : ''}`,
    lines: [...(silence ? [events.line[silence.row]] : []), events.line[end]],
  }
}

function pauseText({ clock }: Trace, { from, to }: Silence): string {
  return `; there is no event at all from ${formatTime(from, clock)} to ${formatTime(to, clock)}: a put would be missing if tracing was paused then`
}

/** No get in the trace. */
export function noGetEvidence(trace: Trace, pfn: number): Evidence {
  const { events } = trace
  if (!hasRefEvents(trace)) {
    return {
      text: `gets are not traced in these files (no page_ref event): when this reference of pfn ${formatPfn(pfn)} was taken is not known`,
      lines: [],
    }
  }
  return {
    text: `no get for this reference of pfn ${formatPfn(pfn)} in the trace: it began before ${formatTime(events.time[0], trace.clock)}, or was lost`,
    lines: [events.line[0]],
  }
}

/** What keeps an answer from being sure: the heaviest reasons against it, at most three. Nothing where it is sure. */
export function doubtEvidence(reasons: Reasons, confidence: number, lines: readonly LineId[]): readonly Evidence[] {
  if (confidence >= CONFIDENT) return []
  const doubts = heaviestDoubts(reasons).slice(0, DOUBTS_SHOWN)
  return doubts.length === 0
    ? []
    : [{ text: `not surer because: ${doubts.map((id) => REASONS[id].words).join('; ')}`, lines }]
}

const DOUBTS_SHOWN = 3

/** The count reached zero, or the page was allocated anew, so the reference was put, but no traced put answers it. */
export function untracedPutEvidence(trace: Trace, row: EventRow): Evidence {
  const what = trace.events.kind[row] === SET ? 'the page was allocated anew' : 'the count was zero'
  return {
    text: `its put is not in the trace: ${what} at ${formatTime(trace.events.time[row], trace.clock)}, so it was put before, when cannot be told`,
    lines: [trace.events.line[row]],
    row,
  }
}

/** The count at the failure is lower than the traced operations make it. */
export function countEvidence(trace: Trace, state: { readonly last: EventRow | undefined }): Evidence {
  const { last } = state
  const tail = 'references were put that no event shows, this one may be among them'
  if (last === undefined) return { text: tail, lines: [] }
  return {
    text: `the count was ${trace.events.count[last]} at ${formatTime(trace.events.time[last], trace.clock)}, less than the traced operations make it: ${tail}`,
    lines: [trace.events.line[last]],
    row: last,
  }
}

/** A put before the failure may have answered any of several gets. */
export function rivalEvidence(rivals: number): Evidence {
  return {
    text: `a put before the failure may have answered this get or ${rivals === 1 ? 'another that is' : `any of ${rivals} others that are`} just like it: one of them was still held`,
    lines: [],
  }
}

/** What the stack of a get was, by one of the same task that was recorded. */
export function siblingEvidence(trace: Trace, row: EventRow): Evidence {
  const { events } = trace
  return {
    text: `its own stack is not recorded; the same task did the same to pfn ${formatPfn(trace.pages.pfn[events.page[row]])}${inFrame(trace, events.stack[row])} at ${formatTime(events.time[row], trace.clock)}`,
    lines: [events.line[row]],
    row,
  }
}

/** The count shows references that no event does. */
export function unseenEvidence(trace: Trace, row: EventRow, units: number): Evidence {
  const { events } = trace
  const what = units === 1 ? '1 reference' : `${units} references`
  return {
    text: `count ${events.count[row]} at ${formatTime(events.time[row], trace.clock)} is ${what} more than migration expects, and no event shows who took ${units === 1 ? 'it' : 'them'} nor a put`,
    lines: [events.line[row]],
    row,
  }
}

/** Why a task is suspected that no event shows to hold the page. */
export function suspectEvidence(trace: Trace, row: EventRow): Evidence {
  const { events } = trace
  return {
    text: `only ${taskText(trace, row)} is seen to have mapped this page (${operationText(trace, row)}${inFrame(trace, events.stack[row])} at ${formatTime(events.time[row], trace.clock)}): a suspicion, not a finding; trace from before the get to know`,
    lines: [events.line[row]],
    row,
  }
}
