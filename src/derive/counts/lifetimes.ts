import { findAtLeastIn } from '../../base/bisect.ts'
import { type Column, column } from '../../base/column.ts'
import { Growable } from '../../base/growable.ts'
import { buildGroupIndex, rowsOf } from '../../base/group-index.ts'
import { type EventKind, FREEZE, isRefKind, kindOf, MOD_AND_RETURN, MOD_AND_TEST, SET } from '../../model/event-kind.ts'
import { type EventRow, NONE, type PageId, type ShapeId } from '../../model/ids.ts'
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
 * set. O(events), in order of time, as they lie: to look up those of one page after the other takes several times as long.
 */
export function buildLifetimes(trace: Trace): LifetimeTable {
  const { kind, page, length } = trace.events
  const cutter = new LifeCutter(trace)
  for (let at = 0; at < length; at++) {
    const row = at as EventRow
    const of = page[row]
    const what = kind[row]
    if (of < 0) continue
    if (isRefKind(what)) cutter.change(of, row, what)
    else if (what === PAGE_FREE) cutter.free(of, row)
    else cutter.pass(of, row)
  }
  cutter.end()
  return inPageOrder(trace, cutter)
}

/** The page had a life before, so that the next one is known from its beginning. */
const MAY_BEGIN = 1
/** The life that runs is known from its beginning. */
const IS_BORN = 2

/** The life that each page is in, and those that are over, in order of their ends. */
class LifeCutter {
  readonly page = new Growable(Int32Array)
  readonly firstRow = new Growable(Int32Array)
  readonly lastRow = new Growable(Int32Array)
  readonly endRow = new Growable(Int32Array)
  readonly startEdge = new Growable(Uint8Array)
  readonly endEdge = new Growable(Uint8Array)
  readonly #trace: Trace
  readonly #shape: Column<ShapeId>
  readonly #val: Column<number>
  readonly #ret: Column<number>
  /** By page: first row of its life, or NONE while it is in none; the last one; its event before; MAY_BEGIN and IS_BORN. */
  readonly #first: Int32Array
  readonly #last: Int32Array
  readonly #before: Int32Array
  readonly #state: Uint8Array
  /** Lives of each page that are over. */
  readonly #lives: Uint32Array

  constructor(trace: Trace) {
    const { length } = trace.pages
    this.#trace = trace
    this.#shape = trace.events.shape
    this.#val = trace.shapes.val
    this.#ret = trace.shapes.ret
    this.#first = new Int32Array(length).fill(NONE)
    this.#last = new Int32Array(length)
    this.#before = new Int32Array(length)
    this.#state = new Uint8Array(length)
    this.#lives = new Uint32Array(length)
  }

  /** Takes the freeing of a page. */
  free(page: PageId, row: EventRow): void {
    this.#last[page] = row
    this.#close(page, EDGE_CERTAIN, row)
    this.#state[page] |= MAY_BEGIN
    this.#before[page] = row
  }

  /** Takes a reference event. */
  change(page: PageId, row: EventRow, kind: EventKind): void {
    const begins = kind === SET && this.#val[this.#shape[row]] > 0
    if (begins) this.#closeBefore(page, row)
    else if (this.#first[page] === NONE && this.#isLatePrint(page, row)) return this.pass(page, row)
    if (this.#first[page] === NONE) {
      const mayBegin = this.#state[page] & MAY_BEGIN
      this.#state[page] = begins || mayBegin !== 0 ? mayBegin | IS_BORN : mayBegin
      this.#first[page] = row
    }
    this.#last[page] = row
    if (endsBy(kind, this.#ret, this.#shape[row])) {
      this.#close(page, EDGE_CERTAIN, row)
      this.#state[page] |= MAY_BEGIN
    }
    this.#before[page] = row
  }

  /** Takes an event that is none of a life. */
  pass(page: PageId, row: EventRow): void {
    this.#before[page] = row
  }

  /** Where the lives of each page begin, when they lie page by page. */
  firstPlaces(): Uint32Array {
    const places = new Uint32Array(this.#lives.length)
    for (let page = 1; page < places.length; page++) places[page] = places[page - 1] + this.#lives[page - 1]
    return places
  }

  /** Nothing follows. */
  end(): void {
    for (let page = 0; page < this.#first.length; page++) this.#close(page, EDGE_TRACE, this.#last[page])
  }

  /** A birth ends the life before it, at the latest. */
  #closeBefore(page: PageId, birth: EventRow): void {
    if (this.#first[page] === NONE) return
    const last = this.#last[page]
    this.#close(page, EDGE_CERTAIN, isFrozenAt(this.#trace, last as EventRow) ? last : birth)
  }

  #close(page: number, endEdge: number, endRow: number): void {
    if (this.#first[page] === NONE) return
    this.page.push(page)
    this.firstRow.push(this.#first[page])
    this.lastRow.push(this.#last[page])
    this.endRow.push(endRow)
    this.startEdge.push((this.#state[page] & IS_BORN) === 0 ? EDGE_TRACE : EDGE_CERTAIN)
    this.endEdge.push(endEdge)
    this.#first[page] = NONE
    this.#lives[page]++
  }

  /** A straggler of the life before: no birth, and printed just after the death. It opens no life of its own. */
  #isLatePrint(page: PageId, row: EventRow): boolean {
    if ((this.#state[page] & MAY_BEGIN) === 0) return false
    const { time, count } = this.#trace.events
    const gap = time[row] - time[this.#before[page]]
    return gap <= LATE_PRINT_NS && count[row] <= 0
  }
}

/**
 * The lives page by page, those of one page in order of time. They are read in order of time and each is put into its
 * place: to read them, and the times of their rows, from all over the trace waits for memory at each.
 */
function inPageOrder(trace: Trace, cut: LifeCutter): LifetimeTable {
  const { time } = trace.events
  const { length } = cut.page
  const next = cut.firstPlaces()
  const page = new Int32Array(length)
  const [firstRow, lastRow, endRow] = [new Int32Array(length), new Int32Array(length), new Int32Array(length)]
  const [from, to] = [new Float64Array(length), new Float64Array(length)]
  const [startEdge, endEdge] = [new Uint8Array(length), new Uint8Array(length)]
  for (let life = 0; life < length; life++) {
    const at = next[cut.page.values[life]]++
    const first = cut.firstRow.values[life]
    const end = cut.endRow.values[life]
    page[at] = cut.page.values[life]
    firstRow[at] = first
    lastRow[at] = cut.lastRow.values[life]
    endRow[at] = end
    from[at] = time[first]
    to[at] = time[end]
    startEdge[at] = cut.startEdge.values[life]
    endEdge[at] = cut.endEdge.values[life]
  }
  return {
    length,
    page: column(page),
    firstRow: column(firstRow),
    lastRow: column(lastRow),
    endRow: column(endRow),
    from: column(from),
    to: column(to),
    startEdge: column(startEdge),
    endEdge: column(endEdge),
    byPage: buildGroupIndex<PageId, LifetimeRow>(column(page), next.length),
  }
}

/** True when an event says that the count reached zero (page_ref_mod_and_test ret=1, mod_and_return ret=0). */
export function isDeath(trace: Trace, row: EventRow): boolean {
  return endsBy(trace.events.kind[row], trace.shapes.ret, trace.events.shape[row])
}

/** The same of a kind and a shape: nothing is looked up for what cannot be an end. */
function endsBy(kind: EventKind, ret: Column<number>, shape: ShapeId): boolean {
  if (kind === MOD_AND_TEST) return ret[shape] === 1
  return kind === MOD_AND_RETURN && ret[shape] === 0
}

/** A page frozen to zero and never thawed was freed then (mm/vmscan.c __remove_mapping()). */
function isFrozenAt(trace: Trace, row: EventRow): boolean {
  return trace.events.kind[row] === FREEZE && !isRefused(trace, row)
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
