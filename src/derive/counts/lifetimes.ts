import { findAtLeastIn } from '../../base/bisect.ts'
import { type Column, column } from '../../base/column.ts'
import { type TimeNs } from '../../base/clock.ts'
import { Growable } from '../../base/growable.ts'
import { buildGroupIndex, rowsOf } from '../../base/group-index.ts'
import { FREEZE, isRefKind, kindOf, MOD_AND_RETURN, MOD_AND_TEST, SET } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { isRefused } from '../operation.ts'
import { EDGE_CERTAIN, EDGE_TRACE, type LifetimeRow, type LifetimeTable } from './lifetime-table.ts'

const PAGE_FREE = kindOf('mm_page_free')

/** A put printed this soon after a new life began may still belong to the life before: per-CPU buffers, ns. */
const LATE_PRINT_NS = 20_000

/**
 * Cuts the reference events of every page into lives: a `page_ref_set` with a value above 0 begins one, a put that
 * reached zero (mod_and_test ret=1, mod_and_return ret=0) ends one, and so does `mm_page_free` where the put was not
 * traced. A freeze to zero does not: an unfreeze or the free follows. A life whose end no event shows lasts to the next
 * set. O(events).
 */
export function buildLifetimes(trace: Trace): LifetimeTable {
  const grown = {
    page: new Growable(Int32Array),
    firstRow: new Growable(Float64Array),
    lastRow: new Growable(Float64Array),
    endRow: new Growable(Float64Array),
    startEdge: new Growable(Uint8Array),
    endEdge: new Growable(Uint8Array),
  }
  for (let page = 0; page < trace.pages.length; page++) {
    let first = -1
    let last = -1
    let startEdge = EDGE_TRACE
    let mayBegin = false
    const close = (endEdge: number, endRow = last): void => {
      if (first < 0) return
      grown.page.push(page)
      grown.firstRow.push(first)
      grown.lastRow.push(last)
      grown.endRow.push(endRow)
      grown.startEdge.push(startEdge)
      grown.endEdge.push(endEdge)
      first = -1
    }
    const rows = rowsOf(trace.indexes.byPage, page as PageId)
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]
      if (trace.events.kind[row] === PAGE_FREE) {
        if (first >= 0) last = row
        close(EDGE_CERTAIN)
        mayBegin = true
        continue
      }
      if (!isRefKind(trace.events.kind[row])) continue
      const begins = isBirth(trace, row)
      if (begins) close(EDGE_CERTAIN, last >= 0 && isFrozenAt(trace, last as EventRow) ? last : row)
      else if (first < 0 && mayBegin && isLatePrint(trace, rows, at)) continue
      if (first < 0) {
        first = row
        startEdge = begins || mayBegin ? EDGE_CERTAIN : EDGE_TRACE
      }
      last = row
      if (isDeath(trace, row)) {
        close(EDGE_CERTAIN)
        mayBegin = true
      }
    }
    close(EDGE_TRACE)
  }
  return freeze(trace, grown)
}

interface Grown {
  readonly page: Growable<Int32Array>
  readonly firstRow: Growable<Float64Array>
  readonly lastRow: Growable<Float64Array>
  readonly endRow: Growable<Float64Array>
  readonly startEdge: Growable<Uint8Array>
  readonly endEdge: Growable<Uint8Array>
}

function freeze(trace: Trace, grown: Grown): LifetimeTable {
  const firstRow = column<EventRow>(grown.firstRow.trimmed())
  const lastRow = column<EventRow>(grown.lastRow.trimmed())
  const endRow = column<EventRow>(grown.endRow.trimmed())
  const page = column<PageId>(grown.page.trimmed())
  return {
    length: firstRow.length,
    page,
    firstRow,
    lastRow,
    endRow,
    from: timesOf(trace, firstRow),
    to: timesOf(trace, endRow),
    startEdge: column(grown.startEdge.trimmed()),
    endEdge: column(grown.endEdge.trimmed()),
    byPage: buildGroupIndex<PageId, LifetimeRow>(page, trace.pages.length),
  }
}

function timesOf(trace: Trace, rows: Column<EventRow>): Column<TimeNs> {
  const times = new Float64Array(rows.length)
  for (let at = 0; at < rows.length; at++) times[at] = trace.events.time[rows[at]]
  return column(times)
}

function isBirth(trace: Trace, row: EventRow): boolean {
  return trace.events.kind[row] === SET && trace.shapes.val[trace.events.shape[row]] > 0
}

/** True when an event says that the count reached zero (page_ref_mod_and_test ret=1, mod_and_return ret=0). */
export function isDeath(trace: Trace, row: EventRow): boolean {
  const kind = trace.events.kind[row]
  const ret = trace.shapes.ret[trace.events.shape[row]]
  return (kind === MOD_AND_TEST && ret === 1) || (kind === MOD_AND_RETURN && ret === 0)
}

/** A page frozen to zero and never thawed was freed then (mm/vmscan.c __remove_mapping()). */
function isFrozenAt(trace: Trace, row: EventRow): boolean {
  return trace.events.kind[row] === FREEZE && !isRefused(trace, row)
}

/** A straggler of the life before: no birth, and printed just after the death. It opens no life of its own. */
function isLatePrint(trace: Trace, rows: Column<EventRow>, at: number): boolean {
  if (at === 0) return false
  const gap = trace.events.time[rows[at]] - trace.events.time[rows[at - 1]]
  return gap <= LATE_PRINT_NS && trace.events.count[rows[at]] <= 0
}

/** The life that an event of a page belongs to. O(log lives of the page). */
export function lifeOfRow(lifetimes: LifetimeTable, page: PageId, row: number): LifetimeRow {
  const { offsets, rows } = lifetimes.byPage
  if (offsets[page + 1] - offsets[page] === 1) return rows[offsets[page]]
  const lives = rowsOf(lifetimes.byPage, page)
  return lives[Math.max(0, findAtLeastIn(lives, lifetimes.firstRow, row + 1) - 1)]
}

/** The lifetime of a page that covers a time (the last that began at or before it), or -1. O(lives of the page). */
export function lifetimeAt(lifetimes: LifetimeTable, page: PageId, time: number): LifetimeRow {
  const lives = rowsOf(lifetimes.byPage, page)
  let found = -1
  for (let at = 0; at < lives.length; at++) {
    const life = lives[at]
    if (lifetimes.from[life] > time && !(at === 0 && lifetimes.startEdge[life] === EDGE_TRACE)) break
    found = life
  }
  if (found >= 0 && lifetimes.endEdge[found] === EDGE_CERTAIN && lifetimes.to[found] < time) return -1
  return found
}
