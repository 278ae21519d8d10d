import { findAtLeast, findAtLeastIn } from '../../base/bisect.ts'
import { type TimeNs } from '../../base/clock.ts'
import { rowsOf } from '../../base/group-index.ts'
import { lifetimeAt } from '../counts/lifetimes.ts'
import { mappingsAfter } from '../counts/coming-mappings.ts'
import { type Derived } from '../derived.ts'
import { type HoldRow } from '../holds/hold-table.ts'
import { deltaOf, isRefused } from '../operation.ts'
import { FREEZE, isRefKind, LAST_REF_KIND, SET } from '../../model/event-kind.ts'
import { type EventRow, type PageId, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { classifierOf } from './classify.ts'
import { classIndexOf, REFERENCE_CLASSES } from './reference-class.ts'

/** The time in which the kernel tried and failed: `[from, at]`. */
export interface Attempt {
  readonly from: number
  readonly at: number
  /** The first event after it. */
  readonly endRow: number
  /** Tasks that isolate pages in it: what they do to a page meanwhile is the attempt itself, stack or not. */
  readonly movers: ReadonlySet<TaskId>
}

/** What the trace knows of one page around one attempt. */
export interface PageState {
  readonly page: PageId
  readonly pfn: number
  /** Lifetime at the failure, or -1 when the page was free then. */
  readonly life: number
  /** Holds of that lifetime that overlap the attempt, and puts without a get after it; none that a freeze disproves. */
  readonly holds: readonly HoldRow[]
  /** The isolating looks at the page in the attempt, in time order: gets of the migration class. Retries look again. */
  readonly scans: readonly EventRow[]
  /** The last of them. */
  readonly scan: EventRow | undefined
  /** Last reference event at or before the failure. */
  readonly last: EventRow | undefined
  /** First reference event of the page after the failure, whichever life it is of: callers that care look at `life`. */
  readonly next: EventRow | undefined
  readonly count: number | undefined
  /** Mappings (0 = unmapped). */
  readonly mappings: number | undefined
}

const MIGRATION = classIndexOf('migration')

/** Gathers the state of a page at an attempt. O(events of the page in the attempt + holds of the page). */
export function pageStateAt(trace: Trace, derived: Derived, page: PageId, attempt: Attempt): PageState {
  const life = lifetimeAt(derived.lifetimes, page, attempt.at)
  const rows = rowsOf(trace.indexes.byPage, page)
  const end = findAtLeast(rows, attempt.endRow)
  const last = lastRef(trace, rows, end)
  const scans = scansOf(trace, derived, rows, end, attempt.from)
  return {
    page,
    pfn: trace.pages.pfn[page],
    life,
    holds:
      life < 0
        ? []
        : holdsOfLife(derived, page, life, attempt, lastFreeze(trace, rows, end, derived.lifetimes.firstRow[life])),
    scans,
    scan: scans.length === 0 ? undefined : scans[scans.length - 1],
    last,
    next: nextRef(trace, rows, end),
    count: last === undefined ? undefined : trace.events.count[last],
    mappings: last === undefined ? undefined : mappingsAfter(trace, last),
  }
}

/**
 * True of a page that nothing holds which migration does not reckon with, that no event touches in an attempt, and that was
 * not just allocated: most pages of a range, told by their last event and their holds. Neither a holder nor a look at the
 * page can then be in its state, and it is none that a scan left.
 */
export function isUntouched({ events, indexes }: Trace, { holds }: Derived, page: PageId, attempt: Attempt): boolean {
  const { offsets, rows } = holds.byPage
  for (let at = offsets[page]; at < offsets[page + 1]; at++) {
    const hold = rows[at]
    const isOpen = holds.from[hold] <= attempt.at && holds.to[hold] >= attempt.from
    if (isOpen && !REFERENCE_CLASSES[holds.class[hold]].isExpected) return false
  }
  const ofPage = indexes.byPage
  for (let at = ofPage.offsets[page + 1] - 1; at >= ofPage.offsets[page]; at--) {
    const row = ofPage.rows[at]
    if (row < attempt.endRow && isRefKind(events.kind[row]))
      return events.time[row] < attempt.from && events.kind[row] !== SET
  }
  return true
}

/** True when the isolating task looked at the page within `[from, to]`. O(log looks). */
export function isScannedWithin(trace: Trace, { scans }: PageState, from: number, to: number): boolean {
  const at = findAtLeastIn(scans, trace.events.time, from)
  return at < scans.length && trace.events.time[scans[at]] <= to
}

type Rows = ReturnType<typeof rowsOf<PageId, EventRow>>

function lastRef(trace: Trace, rows: Rows, end: number): EventRow | undefined {
  for (let at = end - 1; at >= 0; at--) if (isRefKind(trace.events.kind[rows[at]])) return rows[at]
  return undefined
}

function nextRef(trace: Trace, rows: Rows, end: number): EventRow | undefined {
  for (let at = end; at < rows.length; at++) if (isRefKind(trace.events.kind[rows[at]])) return rows[at]
  return undefined
}

function scansOf(trace: Trace, derived: Derived, rows: Rows, end: number, from: TimeNs | number): readonly EventRow[] {
  const classifier = classifierOf(trace, derived.rules)
  const scans: EventRow[] = []
  for (let at = end - 1; at >= 0 && trace.events.time[rows[at]] >= from; at--) {
    const row = rows[at]
    const kind = trace.events.kind[row]
    if (kind > LAST_REF_KIND) continue
    const delta = deltaOf(trace, row)
    if (delta > 0 && classifier.classOf(kind, delta, trace.events.stack[row]) === MIGRATION) scans.push(row)
  }
  return scans.length > 1 ? scans.toReversed() : scans
}

/**
 * Time of the last freeze before the failure that worked: the count was just what the kernel expected
 * (mm/migrate.c, mm/vmscan.c), so no unexpected reference of before outlived it.
 */
function lastFreeze(trace: Trace, rows: Rows, end: number, bornAt: EventRow): number {
  for (let at = end - 1; at >= 0 && rows[at] >= bornAt; at--) {
    const row = rows[at]
    if (trace.events.kind[row] === FREEZE && !isRefused(trace, row)) return trace.events.time[row]
  }
  return Number.NEGATIVE_INFINITY
}

function holdsOfLife(
  derived: Derived,
  page: PageId,
  life: number,
  attempt: Attempt,
  frozenAt: number,
): readonly HoldRow[] {
  const { holds, lifetimes } = derived
  const found: HoldRow[] = []
  const rows = rowsOf(holds.byPage, page)
  for (let at = 0; at < rows.length; at++) {
    const hold = rows[at]
    const isOfLife =
      holds.from[hold] >= lifetimes.from[life] && holds.from[hold] <= Math.max(lifetimes.to[life], attempt.at)
    const outlivesFreeze = holds.from[hold] <= frozenAt && holds.to[hold] > frozenAt
    const isDisproved = outlivesFreeze && !REFERENCE_CLASSES[holds.class[hold]].isExpected
    if (isDisproved) continue
    if (isOfLife && holds.from[hold] <= attempt.at && holds.to[hold] >= attempt.from) found.push(hold)
  }
  return found
}
