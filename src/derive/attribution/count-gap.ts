import { findAtLeast } from '../../base/bisect.ts'
import { type Column } from '../../base/column.ts'
import { rowsOf } from '../../base/group-index.ts'
import { statedCount } from '../counts/effect.ts'
import { mappingsOf } from '../counts/mapcount.ts'
import { deltaOf } from '../operation.ts'
import { FREEZE, isRefKind, MOD, UNFREEZE } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { fileLineOf, type Trace } from '../../model/trace.ts'
import { classifierOf, PIN_BIAS } from './classify.ts'
import { classIndexOf } from './reference-class.ts'
import { type RuleSet } from './rule-set.ts'

const MAPPING = classIndexOf('mapping')

/**
 * References that left a page between an event and the last one up to a time without an event that shows it: the count
 * fell more than the traced operations say. What a fall of the mappings explains is left out. 0 when the books balance:
 * races of the sampled count cancel out, for only the two ends are compared. O(events of the page between).
 */
export function untracedPutsBetween(trace: Trace, rules: RuleSet, page: PageId, from: EventRow, until: number): number {
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page)
  const classifier = classifierOf(trace, rules)
  let last = from
  let change = 0
  let mappingChange = 0
  for (let at = findAtLeast(rows, from) + 1; at < rows.length && trace.events.time[rows[at]] <= until; at++) {
    const row = rows[at]
    const kind = trace.events.kind[row]
    if (!isRefKind(kind) || !isSameRecording(trace, row, from)) continue
    const delta = deltaOf(trace, row)
    last = row
    change += delta
    if (delta !== 0 && classifier.classOf(kind, delta, trace.events.stack[row]) === MAPPING) mappingChange += delta
  }
  const gap = countAt(trace, last) - countAt(trace, from) - change
  const unmapped = Math.min(0, (mappingsOf(trace, last) ?? 0) - (mappingsOf(trace, from) ?? 0) - mappingChange)
  return Math.max(0, unmapped - gap)
}

/**
 * The fewest references that a page had beside one for each of its mappings, over its events after `from` up to a time:
 * no hold of more units outlived that moment. Infinity when there is no such event.
 */
export function leastSpareBetween(trace: Trace, page: PageId, from: EventRow, until: number): number {
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page)
  let least = Number.POSITIVE_INFINITY
  let isFrozen = false
  for (let at = wholeGetAt(trace, rows, from) + 1; at < rows.length && trace.events.time[rows[at]] <= until; at++) {
    const row = rows[at]
    const kind = trace.events.kind[row]
    if (!isRefKind(kind) || !isSameRecording(trace, row, from)) continue
    isFrozen = kind === FREEZE ? countAt(trace, row) === 0 : isFrozen && kind !== UNFREEZE
    if (!isFrozen) least = Math.min(least, spareAt(trace, row))
  }
  return least
}

/** Events of other CPUs that may stand between the two halves of a pin. */
const BETWEEN_HALVES = 64

/**
 * Position of the event with which a get is whole: that of the second half, where it is the first of a pin's two (+1 and
 * +1023 of one task, mm/gup.c try_grab_folio_fast()); in between the page has one reference of it, not 1024.
 */
function wholeGetAt(trace: Trace, rows: Column<EventRow>, get: EventRow): number {
  const { kind, context } = trace.events
  const first = deltaOf(trace, get)
  const begin = findAtLeast(rows, get)
  const rest = first * (PIN_BIAS - 1)
  if (rest <= 0) return begin
  for (let at = begin + 1; at < rows.length && at <= begin + BETWEEN_HALVES; at++) {
    const row = rows[at]
    const isOwn = trace.contexts.task[context[row]] === trace.contexts.task[context[get]]
    if (isOwn && kind[row] === MOD && deltaOf(trace, row) === rest) return at
    // The second half is the newest first one's: what came before that was a get of its own.
    if (isOwn && isRefKind(kind[row]) && deltaOf(trace, row) === first) return begin
  }
  return begin
}

/** The second half of a pin that a get began (+1023 after +1); undefined for a get that is whole. O(log events of the page). */
export function secondHalfOf(trace: Trace, get: EventRow): EventRow | undefined {
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, trace.events.page[get])
  const second = rows[wholeGetAt(trace, rows, get)]
  return second === get ? undefined : second
}

/** True when two events are of one file: a run that was recorded twice tells every change of a count twice. */
export function isSameRecording(trace: Trace, a: EventRow, b: EventRow): boolean {
  if (trace.files.length === 1) return true
  return fileLineOf(trace, trace.events.line[a]).file === fileLineOf(trace, trace.events.line[b]).file
}

/** References beside one for each mapping, right after an event. */
export function spareAt(trace: Trace, row: EventRow): number {
  return countAt(trace, row) - (mappingsOf(trace, row) ?? 0)
}

function countAt(trace: Trace, row: EventRow): number {
  return statedCount(trace, row) ?? trace.events.count[row]
}
