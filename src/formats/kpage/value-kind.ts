import { type PageArrayKind } from '../../model/page-array.ts'
import { NOPAGE_BIT } from '../page-types/kpage-flags.ts'

const NOPAGE = 2 ** NOPAGE_BIT
const BUDDY = 0x400
/** Bits that a raw value of kpageflags may have: 0 to 26 (27 in newer kernels' headers is free) and 32 to 42. */
const UNKNOWN_LOW = 0xf800_0000
const UNKNOWN_HIGH = 0xffff_f800
/** More mappings than pages mostly have; inodes of cgroups are given upwards from a few thousands. */
const MANY = 4096

/**
 * Tells kpageflags, kpagecount and kpagecgroup apart by their values, of which none has a mark: free pages and holes
 * have flags of their own (0x400, 0x100000), mappings are few, inodes are many and few of them differ.
 */
export class ValueKind {
  #set = 0
  #flagLike = 0
  #impossibleFlags = 0
  #large = 0

  add(low: number, high: number): void {
    if (low === 0 && high === 0) return
    this.#set++
    if ((low & UNKNOWN_LOW) !== 0 || (high & UNKNOWN_HIGH) !== 0) this.#impossibleFlags++
    else if (isFlagLike(low, high)) this.#flagLike++
    if (high !== 0 || low >>> 0 >= MANY) this.#large++
  }

  /** The kind; undefined when all values are 0, or none were. */
  get kind(): PageArrayKind | undefined {
    if (this.#set === 0) return undefined
    if (this.#impossibleFlags === 0 && this.#flagLike * 2 >= this.#set) return 'flags'
    return this.#large * 100 > this.#set ? 'cgroup' : 'count'
  }
}

/** Free, a hole, slab, compound, reserved or a page-table, or used and on an LRU: what nearly all pages are. */
function isFlagLike(low: number, high: number): boolean {
  if (high !== 0) return true
  if (low === BUDDY || low === NOPAGE) return true
  if ((low & 0x28) === 0x28 || (low & 0x1808) === 0x1808) return true // uptodate and lru; uptodate, mapped, anonymous
  return (low & 0x0401_8080) !== 0 && low >= 0x80 // page table, compound, slab
}
