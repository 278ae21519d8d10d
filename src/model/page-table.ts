import { findAtLeastIn } from '../base/bisect.ts'
import { type Column, column, narrow } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { mixInt } from '../base/hash.ts'
import { HASH_SEED } from '../base/hash-seed.ts'
import { type Pfn } from '../base/pfn.ts'
import { NONE, type PageId } from './ids.ts'

/** Every PFN that an event names, in order of first sight. */
export interface PageTable {
  readonly length: number
  readonly pfn: Column<Pfn>
  /** `PageId`s by ascending PFN, for ranges. */
  readonly byPfn: Column<PageId>
  /** Row of a PFN, or NONE. O(log n). */
  find(pfn: number): PageId
  /** Position in `byPfn` of the first page with a PFN >= `pfn`. O(log n). */
  positionAtLeast(pfn: number): number
}

/** The table of these columns; see `PageTable`. */
export function pageTableOf(pfn: Column<Pfn>, byPfn: Column<PageId>): PageTable {
  const positionAtLeast = (wanted: number): number => findAtLeastIn(byPfn, pfn, wanted)
  const find = (wanted: number): PageId => {
    const at = positionAtLeast(wanted)
    return (at < byPfn.length && pfn[byPfn[at]] === wanted ? byPfn[at] : NONE) as PageId
  }
  return { length: pfn.length, pfn, byPfn, find, positionAtLeast }
}

const INITIAL_SLOTS = 1 << 12

/** Gives dense ids to PFNs: open addressing over typed arrays, so that tens of millions of pages fit. */
export class PageTableBuilder {
  readonly #pfn = new Growable(Float64Array, 4096)
  #slots = new Int32Array(INITIAL_SLOTS).fill(-1)

  get length(): number {
    return this.#pfn.length
  }

  intern(pfn: number): PageId {
    const mask = this.#slots.length - 1
    let slot = hashPfn(pfn) & mask
    for (;;) {
      const id = this.#slots[slot]
      if (id < 0) break
      if (this.#pfn.values[id] === pfn) return id as PageId
      slot = (slot + 1) & mask
    }
    const id = this.#pfn.push(pfn)
    this.#slots[slot] = id
    if (this.#pfn.length * 2 > this.#slots.length) this.#rehash()
    return id as PageId
  }

  /** The PFN of a page. */
  pfnOf(page: PageId): number {
    return this.#pfn.values[page]
  }

  /** The PFNs so far, in the order of their ids. */
  rows(): Float64Array {
    return this.#pfn.trimmed()
  }

  build(): PageTable {
    const pfn = narrow(this.#pfn.values, this.#pfn.length)
    const order = new Uint32Array(pfn.length)
    for (let id = 0; id < order.length; id++) order[id] = id
    order.sort((a, b) => pfn[a] - pfn[b])
    return pageTableOf(column<Pfn>(pfn), column<PageId>(order))
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const mask = slots.length - 1
    for (let id = 0; id < this.#pfn.length; id++) {
      let slot = hashPfn(this.#pfn.values[id]) & mask
      while (slots[slot] >= 0) slot = (slot + 1) & mask
      slots[slot] = id
    }
    this.#slots = slots
  }
}

function hashPfn(pfn: number): number {
  return mixInt(mixInt(HASH_SEED, pfn | 0), (pfn / 0x1_0000_0000) | 0)
}
