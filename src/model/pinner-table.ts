import { type Column, column, narrow } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { type Pfn } from '../base/pfn.ts'
import { type LineId, type StackId, type StringId } from './ids.ts'

/** A get that was held for longer than the threshold; the stack is the get's. */
export const PINNER_GET = 0
/** A put of a page that had been in the way; the stack is the put's. */
export const PINNER_PUT = 1
/** The page was freed; the stack is the one that freed it. */
export const PINNER_FREED = 2
/** The page was found in the way; the stack is the task's that needed the range. */
export const PINNER_FAILED = 3
/** What a page_pinner record tells; one of the PINNER_ constants. */
export type PinnerKind = typeof PINNER_GET | typeof PINNER_PUT | typeof PINNER_FREED | typeof PINNER_FAILED

/**
 * Records of Android's page_pinner (mm/page_pinner.c of the common kernels): pages that were pinned for long, or in
 * the way of a contiguous allocation. Rows in file order, newest first as the kernel prints them. Times are
 * CLOCK_BOOTTIME microseconds and never the trace's; durations are lower bounds. Absent numbers are -1, absent ids NONE.
 */
export interface PinnerTable {
  readonly length: number
  readonly pfn: Column<Pfn>
  readonly kind: Column<PinnerKind>
  /** `count` as printed: of get sites in the first layout, of references later; -1 when there is none. */
  readonly count: Column<number>
  /** page_mapcount() as printed; NONE when there is none. */
  readonly mapcount: Column<number>
  /** How long the page was held at least, us; -1 when not told or not possible. */
  readonly elapsedUs: Column<number>
  /** When, us of CLOCK_BOOTTIME; -1 when not told. */
  readonly tsUs: Column<number>
  /** Page flags as printed. */
  readonly flags: Column<StringId>
  /** Migratetype of the pageblock by name; NONE when not told. */
  readonly blockType: Column<StringId>
  /** One of the MAPPING_ constants. */
  readonly mapping: Column<number>
  readonly stack: Column<StackId>
  /** First line of the record. */
  readonly line: Column<LineId>
  /** Rows by ascending PFN, and in file order for one PFN. */
  readonly byPfn: Column<number>
}

/** Entries of the kernel's ring unless `buffer_size` was written, which takes any number (mm/page_pinner.c). */
const RING_RECORDS = 4096

/** True for as many records as a ring may hold: it has then wrapped, or just not yet. A larger ring is a power of two. */
export function isFullRing(records: number): boolean {
  return records >= RING_RECORDS && Number.isInteger(Math.log2(records))
}

const FIELDS = [
  'pfn',
  'kind',
  'count',
  'mapcount',
  'elapsedUs',
  'tsUs',
  'flags',
  'blockType',
  'mapping',
  'stack',
  'line',
] as const

type Field = (typeof FIELDS)[number]

/** One record, as a reader hands it over; see `PinnerTable` for the fields. */
export interface PinnerRecord {
  pfn: number
  kind: PinnerKind
  count: number
  mapcount: number
  elapsedUs: number
  tsUs: number
  flags: StringId
  blockType: StringId
  mapping: number
  stack: StackId
  line: LineId
}

/** Fills a `PinnerTable`. */
export class PinnerTableBuilder {
  readonly #columns = Object.fromEntries(FIELDS.map((field) => [field, new Growable(Float64Array, 64)])) as Readonly<
    Record<Field, Growable<Float64Array>>
  > // fromEntries forgets its keys

  get length(): number {
    return this.#columns.pfn.length
  }

  push(record: PinnerRecord): void {
    for (const field of FIELDS) this.#columns[field].push(record[field])
  }

  build(): PinnerTable {
    const field = <T extends number>(name: Field): Column<T> => {
      const grown = this.#columns[name]
      return column<T>(narrow(grown.values, grown.length))
    }
    const pfn = field<Pfn>('pfn')
    const byPfn = Uint32Array.from({ length: this.length }, (_, row) => row)
    byPfn.sort((a, b) => pfn[a] - pfn[b] || a - b)
    return {
      length: this.length,
      pfn,
      kind: field('kind'),
      count: field('count'),
      mapcount: field('mapcount'),
      elapsedUs: field('elapsedUs'),
      tsUs: field('tsUs'),
      flags: field('flags'),
      blockType: field('blockType'),
      mapping: field('mapping'),
      stack: field('stack'),
      line: field('line'),
      byPfn: column(byPfn),
    }
  }
}
