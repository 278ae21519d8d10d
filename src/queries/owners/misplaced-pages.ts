import { placeOfOwner, tellsPlaces } from '../../derive/misplaced-owners.ts'
import { type OwnerDump } from '../../derive/owner-dumps.ts'
import { type Trace } from '../../model/trace.ts'
import { pageSizeOf } from './dump-answers.ts'
import { dumpOf, dumpRowsOf } from './dump-rows.ts'
import { ageEndOf } from './owner-age.ts'
import { passingRows } from './owner-filter.ts'
import { onLru, type OwnerPageAnswer, ownerPageAnswer } from './owner-page-answer.ts'

/** Allocations that lie in CMA or Movable pageblocks and were not asked to be movable. */
export interface MisplacedQuestion {
  /** `id` of a dump; the newest when there is none of that id. */
  readonly dump: string
  readonly filter: string
  readonly offset: number
  readonly limit: number
}

/** Allocations and their pages. */
export interface PageSums {
  readonly allocations: number
  readonly pages: number
  readonly sizeBytes: number
}

/** Answer to `misplacedOwners`. */
export interface MisplacedAnswer {
  /** False when the dump prints no migratetypes and no file tells areas: then nothing is known. */
  readonly isTold: boolean
  /** True when a filter leaves allocations out: none found then says nothing of the whole dump. */
  readonly isFiltered: boolean
  readonly total: number
  readonly offset: number
  /** Those in CMA first, then in Movable; each in the order of the file. */
  readonly rows: readonly OwnerPageAnswer[]
  readonly cma: PageSums
  readonly movable: PageSums
  /** Of both: on the LRU, which migration may still move. */
  readonly onLru: PageSums
  /** In CMA by cma_alloc() itself, for whom the area is: not among the rows. */
  readonly areaOwn: PageSums
  /** In CMA or Movable, allocated before page_owner began: what they asked for is not recorded. Not among the rows. */
  readonly unknown: PageSums
}

/** Allocations in the wrong place, one window. O(records) for a filter not asked for last. */
export function findMisplaced(trace: Trace, question: MisplacedQuestion): MisplacedAnswer {
  const dump = dumpOf(trace, question.dump)
  if (dump === undefined || dump.kind === 'totals') return NOTHING
  const found = foundIn(trace, dump, question.filter.trim())
  const { offset, limit } = question
  const end = ageEndOf(trace, dump).ts
  return {
    isTold: found.isTold,
    isFiltered: found.filter !== '',
    total: found.rows.length,
    offset,
    rows: Array.from(found.rows.slice(offset, offset + limit), (row) => ownerPageAnswer(trace, row, end)),
    cma: found.cma,
    movable: found.movable,
    onLru: found.onLru,
    areaOwn: found.areaOwn,
    unknown: found.unknown,
  }
}

const NO_PAGES: PageSums = { allocations: 0, pages: 0, sizeBytes: 0 }
const NOTHING: MisplacedAnswer = {
  isTold: false,
  isFiltered: false,
  total: 0,
  offset: 0,
  rows: [],
  cma: NO_PAGES,
  movable: NO_PAGES,
  onLru: NO_PAGES,
  areaOwn: NO_PAGES,
  unknown: NO_PAGES,
}

interface Found extends Pick<MisplacedAnswer, 'isTold' | 'cma' | 'movable' | 'onLru' | 'areaOwn' | 'unknown'> {
  readonly filter: string
  /** Rows of `trace.owners`. */
  readonly rows: readonly number[]
}

/** The last answer of each dump: its windows are asked for one after another. */
const foundBy = new WeakMap<OwnerDump, Found>()

function foundIn(trace: Trace, dump: OwnerDump, filter: string): Found {
  const known = foundBy.get(dump)
  if (known?.filter === filter) return known
  const found = look(trace, dump, filter)
  foundBy.set(dump, found)
  return found
}

function look(trace: Trace, dump: OwnerDump, filter: string): Found {
  const rows = dumpRowsOf(trace, dump)
  const passes = passingRows(trace, rows, filter)
  const { pageBytes } = pageSizeOf(trace)
  const own = { cma: [] as number[], movable: [] as number[], area_own: [] as number[], unknown: [] as number[] }
  for (let at = 0; at < rows.length; at++) {
    if (passes?.[at] === 0) continue
    const place = placeOfOwner(trace, rows.row[at])
    if (place !== 'right') own[place].push(at)
  }
  const rowOf = (at: number): number => rows.row[at]
  const misplaced = [...own.cma, ...own.movable]
  const sum = (of: readonly number[]): PageSums => {
    let pages = 0
    for (const at of of) pages += rows.pages[at]
    return { allocations: of.length, pages, sizeBytes: pages * pageBytes }
  }
  return {
    filter,
    isTold: tellsPlaces(trace),
    rows: misplaced.map(rowOf),
    cma: sum(own.cma),
    movable: sum(own.movable),
    onLru: sum(misplaced.filter((at) => isOnLru(trace, rowOf(at)))),
    areaOwn: sum(own.area_own),
    unknown: sum(own.unknown),
  }
}

function isOnLru({ owners, strings }: Trace, row: number): boolean {
  return onLru(strings.text(owners.shapes.flags[owners.shape[row]])) === 'on'
}
