import { type CmaArea, type CmaFact, cmaAreasOf } from './cma-areas.ts'
import { type LineId } from './ids.ts'

/** A zone of a node (/proc/zoneinfo): `[startPfn, endPfn)` spans it, holes included. */
export interface ZoneSpan {
  readonly node: number
  readonly name: string
  readonly startPfn: number
  readonly endPfn: number
  readonly present: number
  readonly managed: number
  /** Pages of CMA areas; -1 where the kernel does not say. */
  readonly cma: number
  readonly line: LineId
}

/** Physical memory that is System RAM (/proc/iomem), end exclusive. */
export interface RamRange {
  readonly startPfn: number
  readonly endPfn: number
  readonly line: LineId
}

/** A page-types summary row: pages in one state over all that was walked. */
export interface StateTotal {
  /** Flags by name, `|` between them. */
  readonly flags: string
  readonly pages: number
  readonly line: LineId
}

/** A line of text kept as it is. */
export interface TextFact {
  readonly kind: 'release' | 'cmdline' | 'module' | 'memory' | 'cma' | 'free_blocks' | 'pageblocks'
  readonly text: string
  readonly line: LineId
}

/** What the files tell of the machine. Absent: no file tells. */
export interface MachineFacts {
  /** Release as `uname -r` prints it, `6.12.117-lab`; empty when no file tells. */
  readonly release: string
  readonly releaseLine?: LineId
  /** Releases that differ from the first, each once: files of several boots in one capture. */
  readonly otherReleases?: readonly { readonly release: string; readonly line: LineId }[]
  /** Lines at which a kernel log begins anew: each is a boot more. */
  readonly reboots?: readonly LineId[]
  /** Bytes that go offline at once, as the boot log says. */
  readonly memoryBlockBytes?: number
  /** Names by migratetype number on this kernel (pagetypeinfo's header row); empty when no file tells. */
  readonly migratetypes: readonly string[]
  readonly migratetypesLine?: LineId
  /** Order of a pageblock: `1 << pageblockOrder` pages. */
  readonly pageblockOrder?: number
  /** How it is known: pagetypeinfo says so, or page_owner's block numbers make it. */
  readonly pageblockOrderBasis?: 'pagetypeinfo' | 'page_owner'
  readonly pageblockOrderLine?: LineId
  /** Bytes of a page, where a file tells (the kernel log's hash tables, the MB column of page-types). */
  readonly pageBytes?: number
  readonly pageBytesLine?: LineId
  readonly zones: readonly ZoneSpan[]
  readonly ram: readonly RamRange[]
  readonly stateTotals: readonly StateTotal[]
  readonly texts: readonly TextFact[]
  /** CMA areas, when debugfs files of theirs tell. */
  readonly cmaAreas?: readonly CmaArea[]
}

/** Orders a pageblock may have. */
const ORDERS = 20
/** What most kernels have. */
const USUAL_PAGE_BYTES = 4096

/** Gathers `MachineFacts`; of facts told twice the first stands. */
export class MachineFactsBuilder {
  readonly #zones: ZoneSpan[] = []
  /** In bytes; the size of a page may be told after them. */
  readonly #ram: { readonly start: number; readonly end: number; readonly line: LineId }[] = []
  #pageBytes: number | undefined
  #pageBytesLine: LineId | undefined
  readonly #totals: StateTotal[] = []
  readonly #texts: TextFact[] = []
  readonly #cma: CmaFact[] = []
  #release = ''
  #releaseLine: LineId | undefined
  readonly #others: { readonly release: string; readonly line: LineId }[] = []
  readonly #reboots: LineId[] = []
  #memoryBlockBytes: number | undefined
  #migratetypes: readonly string[] = []
  #migratetypesLine: LineId | undefined
  #order: number | undefined
  #orderLine: LineId | undefined
  /** Orders that fit every record of page_owner, as bits; all when there was none. */
  #orders = 2 ** ORDERS - 1

  release(text: string, line: LineId): void {
    if (this.#release === '') {
      this.#release = text
      this.#releaseLine = line
    } else if (text !== this.#release && this.#others.every(({ release }) => release !== text)) {
      this.#others.push({ release: text, line })
    }
  }

  /** Size of a memory block (arch/x86/mm/init_64.c memory_block_size_bytes()). */
  memoryBlockBytes(bytes: number): void {
    this.#memoryBlockBytes ??= bytes
  }

  /** A kernel log goes on with the first line of another boot. */
  reboot(line: LineId): void {
    this.#reboots.push(line)
  }

  migratetypes(names: readonly string[], line: LineId): void {
    if (this.#migratetypes.length > 0) return
    this.#migratetypes = names
    this.#migratetypesLine = line
  }

  pageblockOrder(order: number, line: LineId): void {
    if (this.#order !== undefined) return
    this.#order = order
    this.#orderLine = line
  }

  /** A PFN with the number of its pageblock: `block = pfn >> pageblock_order`. Hot. */
  blockOf(pfn: number, block: number): void {
    for (let left = this.#orders; left !== 0; left &= left - 1) {
      const order = 31 - Math.clz32(left & -left)
      if (Math.floor(pfn / (1 << order)) !== block) this.#orders &= ~(1 << order)
    }
  }

  /** Orders that fit every pageblock so far, as bits; `fitOrders` takes them from another builder. */
  get fittingOrders(): number {
    return this.#orders
  }

  /** What other records, read elsewhere, leave of the orders that a pageblock may have. */
  fitOrders(orders: number): void {
    this.#orders &= orders
  }

  zone(zone: ZoneSpan): void {
    this.#zones.push(zone)
  }

  /** Physical memory `[start, end)` in bytes. */
  ram(start: number, end: number, line: LineId): void {
    this.#ram.push({ start, end, line })
  }

  /** Size of a page, when a file tells; addresses are of 4 KiB pages else. */
  pageBytes(bytes: number, line?: LineId): void {
    this.#pageBytes ??= bytes
    if (this.#pageBytes === bytes) this.#pageBytesLine ??= line
  }

  stateTotal(total: StateTotal): void {
    this.#totals.push(total)
  }

  cma(fact: CmaFact): void {
    this.#cma.push(fact)
  }

  text(fact: TextFact): void {
    this.#texts.push(fact)
  }

  build(): MachineFacts {
    const fromBlocks = onlyBit(this.#orders)
    const order = this.#order ?? fromBlocks
    const pageBytes = this.#pageBytes ?? USUAL_PAGE_BYTES
    return {
      release: this.#release,
      ...(this.#releaseLine === undefined ? {} : { releaseLine: this.#releaseLine }),
      ...(this.#others.length === 0 ? {} : { otherReleases: this.#others }),
      ...(this.#reboots.length === 0 ? {} : { reboots: this.#reboots }),
      ...(this.#memoryBlockBytes === undefined ? {} : { memoryBlockBytes: this.#memoryBlockBytes }),
      migratetypes: this.#migratetypes,
      ...(this.#migratetypesLine === undefined ? {} : { migratetypesLine: this.#migratetypesLine }),
      ...(order === undefined
        ? {}
        : { pageblockOrder: order, pageblockOrderBasis: this.#order === undefined ? 'page_owner' : 'pagetypeinfo' }),
      ...(this.#orderLine === undefined ? {} : { pageblockOrderLine: this.#orderLine }),
      ...(this.#pageBytes === undefined ? {} : { pageBytes: this.#pageBytes }),
      ...(this.#pageBytesLine === undefined ? {} : { pageBytesLine: this.#pageBytesLine }),
      zones: this.#zones,
      ram: this.#ram.map(({ start, end, line }) => ({
        startPfn: Math.ceil(start / pageBytes),
        endPfn: Math.floor(end / pageBytes),
        line,
      })),
      stateTotals: this.#totals,
      texts: this.#texts,
      ...(this.#cma.length === 0 ? {} : { cmaAreas: cmaAreasOf(this.#cma) }),
    }
  }
}

function onlyBit(bits: number): number | undefined {
  return bits !== 0 && (bits & (bits - 1)) === 0 ? Math.log2(bits) : undefined
}
