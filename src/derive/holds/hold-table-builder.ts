import { type Column, column, narrow } from '../../base/column.ts'
import { Growable } from '../../base/growable.ts'
import { buildGroupIndex } from '../../base/group-index.ts'
import { type PageId, type StackId } from '../../model/ids.ts'
import { type HoldTable } from './hold-table.ts'

/** One hold, as the walk hands it over; see `HoldTable`. */
export interface Hold {
  readonly page: number
  readonly kind: number
  readonly class: number
  readonly getRow: number
  readonly putRow: number
  readonly from: number
  readonly to: number
  readonly units: number
  readonly stack: number
  readonly task: number
}

/** Fills a `HoldTable`; holds come page by page, in order of start within a page. */
export class HoldTableBuilder {
  readonly #page = new Growable(Int32Array)
  readonly #kind = new Growable(Uint8Array)
  readonly #class = new Growable(Uint8Array)
  readonly #getRow = new Growable(Int32Array)
  readonly #putRow = new Growable(Int32Array)
  readonly #from = new Growable(Float64Array)
  readonly #to = new Growable(Float64Array)
  readonly #units = new Growable(Int32Array)
  readonly #stack = new Growable(Int32Array)
  readonly #task = new Growable(Int32Array)

  push(hold: Hold): void {
    this.#page.push(hold.page)
    this.#kind.push(hold.kind)
    this.#class.push(hold.class)
    this.#getRow.push(hold.getRow)
    this.#putRow.push(hold.putRow)
    this.#from.push(hold.from)
    this.#to.push(hold.to)
    this.#units.push(hold.units)
    this.#stack.push(hold.stack)
    this.#task.push(hold.task)
  }

  build(pageCount: number, stackCount: number): HoldTable {
    const compact = <T extends number>(grown: Growable<Int32Array> | Growable<Uint8Array>): Column<T> =>
      column<T>(narrow(grown.values, grown.length))
    const page = compact<PageId>(this.#page)
    const stack = compact<StackId>(this.#stack)
    return {
      length: page.length,
      page,
      kind: compact(this.#kind),
      class: compact(this.#class),
      getRow: compact(this.#getRow),
      putRow: compact(this.#putRow),
      from: column(this.#from.trimmed()),
      to: column(this.#to.trimmed()),
      units: compact(this.#units),
      stack,
      task: compact(this.#task),
      byPage: buildGroupIndex(page, pageCount),
      byStack: buildGroupIndex(stack, stackCount),
    }
  }
}
