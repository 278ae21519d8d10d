import { classIndexOf } from '../attribution/reference-class.ts'
import { type EventRow, NONE, type StackId, type TaskId } from '../../model/ids.ts'
import { NOT_TOLD } from '../counts/mapcount.ts'
import { isCacheKept, isOffLru, type PageSigns } from './nameless.ts'
import { type OpenHolds } from './open-holds.ts'
import { KEPT_BATCH, KEPT_CACHE, KEPT_MAPPING, type Put } from './put-match.ts'

const ALLOCATION = classIndexOf('allocation')
const MAPPING = classIndexOf('mapping')
const NOT_RECKONED = -1

/** The put that is walked: one object for all of them. What stands when it comes is reckoned when it is asked for. */
export class CurrentPut implements Put {
  readonly #signs: PageSigns
  readonly #open: OpenHolds
  row = 0 as EventRow // any row: set before it is read
  class = 0
  stack = 0 as StackId // as `row`
  task = 0 as TaskId // as `row`
  units = 0
  /** The reference event before it in its life; NONE when it is the first. */
  before = NONE
  /** Mappings from before the life's first event, whose references nothing showed and nothing gave back yet. */
  impliedMappings = 0
  #kept = NOT_RECKONED

  constructor(signs: PageSigns, open: OpenHolds) {
    this.#signs = signs
    this.#open = open
  }

  /** Makes it a new put, of which nothing is reckoned yet. */
  begin(row: EventRow, stack: StackId, task: TaskId, units: number): void {
    this.row = row
    this.stack = stack
    this.task = task
    this.units = units
    this.#kept = NOT_RECKONED
  }

  /** As it is at the first call after `begin`: ask before the put has given anything back. */
  get kept(): number {
    this.settleKept()
    return this.#kept
  }

  /** Reckons it now, since what is open is about to change. */
  settleKept(): void {
    if (this.#kept === NOT_RECKONED) this.#kept = this.#reckon()
  }

  #reckon(): number {
    return (
      (this.#isMappingKept() ? KEPT_MAPPING : 0) |
      (isCacheKept(this.#signs, this.before, this.row) ? KEPT_CACHE : 0) |
      (isOffLru(this.#signs, this.row) ? KEPT_BATCH : 0)
    )
  }

  /** True when every reference of a mapping, seen or implied, still has its mapping: a put gives none of them back. */
  #isMappingKept(): boolean {
    const mappings = this.#signs.mappings[this.#signs.shape[this.row]]
    if (mappings === NOT_TOLD || mappings === 0) return false
    const open = this.#open.ofClass(MAPPING).length + this.#open.ofClass(ALLOCATION).length
    return open + this.impliedMappings <= mappings
  }
}
