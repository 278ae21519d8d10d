import { findAbove } from '../base/bisect.ts'
import { type Column, column, narrow } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { type Pfn } from '../base/pfn.ts'
import { type LineId } from './ids.ts'

/**
 * A number for each page of a dump, as runs of neighbours that have the same one. One segment of rows per file, each
 * ascending by start; several files may speak of the same page.
 */
export interface PfnRunTable {
  readonly length: number
  readonly startPfn: Column<Pfn>
  /** Exclusive. */
  readonly endPfn: Column<Pfn>
  readonly value: Column<number>
  /** Line of the run's first page. */
  readonly line: Column<LineId>
  /** Lines from one page to the next: 1 where each has its own, 0 where a line is about the whole run. */
  readonly lineStep: Column<number>
  /** First row of each segment, and the table's length. */
  readonly segments: Column<number>
}

/** What one file says of one page. */
export interface PfnValue {
  readonly value: number
  readonly line: LineId
}

/** Runs may overlap only where a page is listed by each of its mappings (page-types -p); looked back this far. */
const OVERLAPS = 16

/** What the files say of a page, one value per file that covers it, in file order. O(files · log runs). */
export function valuesAt(table: PfnRunTable, pfn: number): readonly PfnValue[] {
  const found: PfnValue[] = []
  for (let segment = 0; segment + 1 < table.segments.length; segment++) {
    const begin = table.segments[segment]
    const last = findAbove(table.startPfn, pfn, begin, table.segments[segment + 1]) - 1
    for (let row = last; row >= begin && row > last - OVERLAPS; row--) {
      if (table.endPfn[row] <= pfn) continue
      const line = (table.line[row] + (pfn - table.startPfn[row]) * table.lineStep[row]) as LineId
      found.push({ value: table.value[row], line })
      break
    }
  }
  return found
}

/** Fills a `PfnRunTable`. */
export class PfnRunTableBuilder {
  readonly #start = new Growable(Float64Array, 64)
  readonly #end = new Growable(Float64Array, 64)
  readonly #value = new Growable(Float64Array, 64)
  readonly #line = new Growable(Float64Array, 64)
  readonly #step = new Growable(Uint8Array, 64)
  readonly #segments = new Growable(Uint32Array, 8)

  get length(): number {
    return this.#start.length
  }

  /** Begins a file. */
  beginSegment(): void {
    if (this.#segments.length === 0 || this.#segments.values[this.#segments.length - 1] !== this.length)
      this.#segments.push(this.length)
  }

  /** Adds a run that one line is about, or, with a `lineStep` of 1, whose pages have a line each. */
  push(startPfn: number, endPfn: number, value: number, line: number, lineStep: 0 | 1 = 0): void {
    this.#start.push(startPfn)
    this.#end.push(endPfn)
    this.#value.push(value)
    this.#line.push(line)
    this.#step.push(lineStep)
  }

  /** Adds a page that has its own line; it joins the run before when that goes on with it. */
  pushPage(pfn: number, value: number, line: number): void {
    const last = this.length - 1
    if (last >= this.#segments.values[this.#segments.length - 1] && this.#goesOn(last, pfn, value, line)) {
      this.#end.values[last]++
      this.#step.values[last] = 1
    } else this.push(pfn, pfn + 1, value, line)
  }

  build(): PfnRunTable {
    const order = this.#order()
    const take = <T extends number>(values: Float64Array | Uint8Array): Column<T> =>
      column<T>(
        narrow(order === undefined ? values.slice(0, this.length) : Float64Array.from(order, (row) => values[row])),
      )
    return {
      length: this.length,
      startPfn: take(this.#start.values),
      endPfn: take(this.#end.values),
      value: take(this.#value.values),
      line: take(this.#line.values),
      lineStep: take(this.#step.values),
      segments: column(Uint32Array.from([...this.#segments.trimmed(), this.length])),
    }
  }

  #goesOn(last: number, pfn: number, value: number, line: number): boolean {
    const pages = pfn - this.#start.values[last]
    return (
      this.#end.values[last] === pfn &&
      this.#value.values[last] === value &&
      (pages === 1 || this.#step.values[last] === 1) &&
      this.#line.values[last] + pages === line
    )
  }

  /** Rows of each segment by start; undefined when they are so already, as nearly all files have them. */
  #order(): Uint32Array | undefined {
    const start = this.#start.values
    const ends = [...this.#segments.trimmed().slice(1), this.length]
    let isOrdered = true
    for (let row = 1; row < this.length && isOrdered; row++)
      isOrdered = start[row - 1] <= start[row] || ends.includes(row)
    if (isOrdered) return undefined
    const order = Uint32Array.from({ length: this.length }, (_, row) => row)
    let begin = 0
    for (const end of ends) {
      order.subarray(begin, end).sort((a, b) => start[a] - start[b] || a - b)
      begin = end
    }
    return order
  }
}
