import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { dumpsOfPage } from '../folio-facts.ts'
import { holderFrameOf } from '../holder-frame.ts'
import { hasPageFlag } from '../page-flag-names.ts'
import { ownerRowsOf } from '../owner-rows.ts'
import { notRecorded } from '../special-stacks.ts'
import { SET } from '../../model/event-kind.ts'
import { type EventRow } from '../../model/ids.ts'
import { type PageDump } from '../../model/kernel-note.ts'
import { type Trace } from '../../model/trace.ts'
import { culpritIdentity } from './culprit-identity.ts'
import { getEvidence, openEvidence } from './evidence.ts'
import { type Culprit, type Evidence } from './finding.ts'
import { hasLossBetween } from './loss.ts'
import { type PageState } from './page-state.ts'

/**
 * True when the page itself cannot move, whoever holds references: the kernel said "unmovable page", or it was
 * allocated and never entered the LRU nor was mapped (a driver's or the kernel's own page).
 */
export function isUnmovable(trace: Trace, state: PageState): boolean {
  return isDumpedUnmovable(trace, state) || isAllocationOnly(trace, state)
}

/**
 * True when the kernel itself said "unmovable page" and the trace does not show it on an LRU list, where every page
 * can move and the dump is of another life (mm/page_isolation.c has_unmovable_pages()).
 */
export function isDumpedUnmovable(trace: Trace, state: PageState): boolean {
  const isDumped = dumpsOfPage(trace, state.pfn).some((dump) => dump.reason === 'unmovable page')
  return isDumped && (state.last === undefined || isOnLru(trace, state.last) !== true)
}

function isAllocationOnly(trace: Trace, state: PageState): boolean {
  const { last } = state
  if (last === undefined || trace.events.kind[last] !== SET) return false
  return isOnLru(trace, last) === false && state.life >= 0
}

function isOnLru(trace: Trace, row: EventRow): boolean | undefined {
  return hasPageFlag(trace, trace.strings.text(trace.shapes.flags[trace.events.shape[row]]), 'lru')
}

/** The allocation that made the page unmovable: it owns the page's only reference. Undefined when it was not traced. */
export function allocationCulprit(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  state: PageState,
): Culprit | undefined {
  const row = birthOf(trace, derived, state)
  if (row === undefined) return undefined
  const { events } = trace
  const task = trace.contexts.task[events.context[row]]
  const end = derived.lifetimes.to[state.life]
  const isReleased = derived.lifetimes.endEdge[state.life] === 0
  const crossesLoss = hasLossBetween(trace, events.time[row], events.time[events.length - 1])
  const held = end - events.time[row]
  return {
    rank: 1,
    pfn: state.pfn,
    ...culpritIdentity(trace, task, events.stack[row]),
    class: 'allocation',
    kind: !isReleased ? (crossesLoss ? 'unknown' : 'leak') : held >= derived.thresholdNs ? 'long_term' : 'transient',
    heldFrom: events.time[row],
    ...(isReleased ? { heldTo: end } : {}),
    units: 1,
    confidence: dumpsOfPage(trace, state.pfn).some((dump) => dump.reason === 'unmovable page')
      ? 0.9
      : range.namedPfns.includes(state.pfn)
        ? 0.85
        : 0.6,
    anyOf: 1,
    evidence: [getEvidence(trace, row), ...(isReleased ? [] : [openEvidence(trace, crossesLoss, row)])],
  }
}

function birthOf(trace: Trace, derived: Derived, state: PageState): EventRow | undefined {
  if (state.life < 0) return undefined
  const row = derived.lifetimes.firstRow[state.life]
  return trace.events.kind[row] === SET ? row : undefined
}

/** What dump_page and page_owner say of a page: facts beside the trace, never a holder by themselves. */
export function pageEvidence(trace: Trace, pfn: number): readonly Evidence[] {
  return [...dumpsOfPage(trace, pfn).slice(0, 3).map(dumpEvidence), ...ownerEvidence(trace, pfn)]
}

function dumpEvidence(dump: PageDump): Evidence {
  const excess = dump.refcount - dump.mapcount - 1
  const expectation =
    dump.reason === 'migration failure' && dump.pageKind === 'anon'
      ? `; of these ${dump.mapcount} mapped and 1 migration's own, so ${excess} unexpected`
      : ''
  return {
    text: `dump_page: refcount:${dump.refcount} mapcount:${dump.mapcount}${expectation}; dumped because: ${dump.reason}`,
    lines: [dump.line],
  }
}

function ownerEvidence(trace: Trace, pfn: number): readonly Evidence[] {
  const { owners, strings } = trace
  const row = ownerRowsOf(trace, pfn).at(0)
  if (row === undefined) return []
  const frame = holderFrameOf(trace, owners.stack[row])
  const comm = owners.comm[row] < 0 ? '' : ` (${strings.text(owners.comm[row])})`
  const who = owners.pid[row] < 0 ? '' : ` by pid ${owners.pid[row]}${comm}`
  const standIn = notRecorded(trace, owners.stack[row])
  if (standIn !== '')
    return [{ text: `page_owner: allocated${who}, the stack is not recorded: ${standIn}`, lines: [owners.line[row]] }]
  const where = frame.symbol === '' ? 'a stack not recorded' : frame.symbol
  return [
    {
      text: `page_owner: allocated${who} in ${where}; that says who allocated, not who holds`,
      lines: [owners.line[row]],
    },
  ]
}
