import { LF, SPACE, TAB } from '../../base/ascii.ts'
import { NONE, type OwnerShapeId, type StackId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { KnownHeads } from './known-heads.ts'
import { KnownPfnLines } from './known-pfn-lines.ts'
import { KnownTrailers } from './known-trailers.ts'
import { newRecord, type ReadRecord } from './record-lines.ts'
import { type StackGuess } from './stack-guess.ts'

/**
 * Reads whole records of which all but the numbers was read before, by comparing bytes. A record is cut into texts, each
 * known by itself, so that any mixture of them is:
 *
 *     Page allocated via order 0, mask 0x140cca(GFP_…|__GFP_COMP), pid 77, tgid 77 (poread), ts |26935284538 ns
 *     PFN 0x1f481| type Movable Block |250| type CMA Flags 0x20808(uptodate|owner_2|swapbacked|node=0|zone=0)
 *     | post_alloc_hook+0x10b/0x120
 *      get_page_from_freelist+0x326/0x1520
 *     |handle: |4294901761
 *     |Page has been migrated, last migrate reason: contig_range
 *     |
 *
 * Everything else is for the reader of lines, which teaches this one the records that it understood: what is known here
 * means what it meant there, so both say the same of a record.
 */
export class KnownRecords {
  readonly #into: TraceBuilder
  readonly #stacks: StackGuess
  readonly #heads = new KnownHeads()
  readonly #pfnLines = new KnownPfnLines()
  readonly #trailers = new KnownTrailers()
  readonly #asked = { gfp: 0, order: 0, pageType: 0 }
  /** Slots of the texts that the shape of `record` is of. */
  #head = NONE
  #type = NONE
  #flags = NONE
  #trailer = NONE
  /** The record that was read last, but for its line. */
  readonly record: ReadRecord = newRecord()
  shape = NONE as OwnerShapeId
  /** Lines of it that were read, and those passed over for what they say of slabs and memory cgroups. */
  parsed = 0
  passed = 0

  constructor(into: TraceBuilder, stacks: StackGuess) {
    this.#into = into
    this.#stacks = stacks
  }

  /** Reads a record with the blank line behind it; position of the next, or `start` when it is not known. Hot. */
  read(bytes: Uint8Array, view: DataView, start: number): number {
    const pfnLine = this.#heads.read(bytes, view, start)
    const stackAt = pfnLine < 0 ? -1 : this.#pfnLines.read(bytes, view, pfnLine)
    if (stackAt < 0 || stackAt >= bytes.length) return start
    const first = bytes[stackAt]
    const hasStack = first === SPACE || first === TAB
    const behind = hasStack ? this.#findStack(bytes, view, stackAt) : stackAt
    if (hasStack && behind === stackAt) return start
    const next = this.#trailers.read(bytes, view, behind)
    if (next < 0) return start
    this.parsed = 2 + (hasStack ? this.#stacks.lines : 0) + this.#trailers.parsed
    this.passed = this.#trailers.passed
    this.#tell(hasStack ? this.#stacks.take() : (NONE as StackId))
    return next
  }

  /** Keeps the texts of the record at `start`, which was read line by line as `record`; its blank line is at `blank`. */
  learn(bytes: Uint8Array, view: DataView, start: number, blank: number, record: ReadRecord): void {
    this.#head = this.#type = this.#flags = this.#trailer = NONE
    const pfnLine = this.#heads.learn(bytes, view, start, record)
    const stackAt = pfnLine < 0 ? -1 : this.#pfnLines.learn(bytes, view, pfnLine, record)
    if (stackAt < 0) return
    let at = stackAt
    while (at < blank && (bytes[at] === SPACE || bytes[at] === TAB)) at = bytes.indexOf(LF, at) + 1
    if (at <= blank) this.#trailers.learn(bytes, view, at, blank, record)
  }

  #findStack(bytes: Uint8Array, view: DataView, start: number): number {
    this.#asked.order = this.#heads.order
    this.#asked.gfp = this.#heads.gfp
    this.#asked.pageType = this.#pfnLines.pageType
    return this.#stacks.find(bytes, view, start, this.#asked)
  }

  #tell(stack: StackId): void {
    const { record } = this
    record.pfn = this.#pfnLines.pfn
    record.block = this.#pfnLines.block
    record.ts = this.#heads.ts
    record.freeTs = this.#heads.freeTs
    record.handle = this.#trailers.handle
    record.stack = stack
    const isSame =
      this.#head === this.#heads.slot &&
      this.#type === this.#pfnLines.typeSlot &&
      this.#flags === this.#pfnLines.flagsSlot &&
      this.#trailer === this.#trailers.slot
    if (!isSame) this.#tellShape()
  }

  #tellShape(): void {
    this.#head = this.#heads.slot
    this.#type = this.#pfnLines.typeSlot
    this.#flags = this.#pfnLines.flagsSlot
    this.#trailer = this.#trailers.slot
    this.#heads.tell(this.record)
    this.#pfnLines.tell(this.record)
    this.record.migrateReason = this.#trailers.migrateReason
    this.shape = this.#into.owners.shapes.intern(this.record)
  }
}
