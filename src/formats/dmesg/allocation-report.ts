import { type LineId } from '../../model/ids.ts'
import { type FreeBlocks, type MemoryInfo, type ZoneMemory } from '../../model/kernel-note.ts'

const BEGIN = /^Mem-Info:/
/** ` slab_reclaimable:7563 slab_unreclaimable:11027`, the last line ` free:3439 free_pcp:30 free_cma:0`: pages. */
const COUNTERS = /^\s*(?:[a-z_]+:-?\d+\s*)+$/
/** `Node 0 Normal free:13756kB boost:0kB min:22528kB … free_cma:0kB`; up to 4.5 without the node. */
const ZONE = /^(?:Node (\d+) )?(\w+) free:(\d+)kB\b/
/** `Node 0 Normal: 1049*4kB (UEM) 5*8kB (C) 0*16kB … = 13756kB`. */
const BUDDY = /^(?:Node (\d+) )?(\w+): (\d+\*\d+kB.*?)\s*= \d+kB\s*$/
const BLOCKS = /(\d+)\*(\d+)kB(?: \(([A-Z]+)\))?/g
const TOTAL = /^(\d+) pages (RAM|cma reserved)\s*$/
const OTHER =
  /^(?:Node \d+ (?:active_anon|hugepages_total)|lowmem_reserve\[\]:|\d+ (?:total pagecache pages|pages |page tables)|Swap cache stats:|(?:Free|Total) swap\b)/
/** Up to 4.17 on a line of its own: `dd cpuset=/ mems_allowed=0` (kernel/cgroup/cpuset.c). */
const CPUSET = /^\S.* cpuset=(\S+) mems_allowed=(\S+)\s*$/
/** Lines of others, and of the call trace, between two of ours. */
const PATIENCE_LINES = 128

/** What stands behind a failed allocation beside its call trace: where it was allowed to go, and `Mem-Info:`. */
export class AllocationReport {
  cpuset: string | undefined
  memsAllowed: string | undefined
  #line: LineId | undefined
  #lastLine: LineId
  #freePages: number | undefined
  #freeCmaPages: number | undefined
  #ramPages: number | undefined
  #cmaReservedPages: number | undefined
  readonly #zones: ZoneMemory[] = []

  /** `after` is the line of the failure. */
  constructor(after: LineId) {
    this.#lastLine = after
  }

  /** Takes a message that is part of the report; false for all others. */
  take(message: string, line: LineId): boolean {
    if (line - this.#lastLine > PATIENCE_LINES) return false
    if (!this.#read(message, line)) return false
    this.#lastLine = line
    return true
  }

  #read(message: string, line: LineId): boolean {
    if (this.#line === undefined) return this.#readBegin(message, line)
    return this.#readCounters(message) || this.#readZone(message) || this.#readTotal(message) || OTHER.test(message)
  }

  #readBegin(message: string, line: LineId): boolean {
    const cpuset = CPUSET.exec(message)
    if (cpuset !== null) {
      this.cpuset = cpuset[1]
      this.memsAllowed = cpuset[2]
    }
    const isBegin = BEGIN.test(message)
    if (isBegin) this.#line = line
    return isBegin || cpuset !== null
  }

  #readCounters(message: string): boolean {
    if (!COUNTERS.test(message)) return false
    this.#freePages ??= numberIn(/(?:^|\s)free:(\d+)/, message)
    this.#freeCmaPages ??= numberIn(/\bfree_cma:(\d+)/, message)
    return true
  }

  #readZone(message: string): boolean {
    const zone = ZONE.exec(message)
    if (zone !== null) this.#zones.push(zoneOf(zone, message))
    const buddy = BUDDY.exec(message)
    if (buddy !== null) this.#addBlocks(buddy)
    return zone !== null || buddy !== null
  }

  #addBlocks([, node, name, list]: RegExpExecArray): void {
    const at = this.#zones.findIndex((zone) => zone.name === name && String(zone.node ?? '') === (node ?? ''))
    if (at >= 0) this.#zones[at] = { ...this.#zones[at], blocks: blocksIn(list) }
  }

  #readTotal(message: string): boolean {
    const total = TOTAL.exec(message)
    if (total === null) return false
    if (total[2] === 'RAM') this.#ramPages = Number(total[1])
    else this.#cmaReservedPages = Number(total[1])
    return true
  }

  /** What `Mem-Info:` told; undefined when it was not printed. */
  memory(): MemoryInfo | undefined {
    if (this.#line === undefined) return undefined
    return {
      ...(this.#freePages === undefined ? {} : { freePages: this.#freePages }),
      ...(this.#freeCmaPages === undefined ? {} : { freeCmaPages: this.#freeCmaPages }),
      ...(this.#ramPages === undefined ? {} : { ramPages: this.#ramPages }),
      ...(this.#cmaReservedPages === undefined ? {} : { cmaReservedPages: this.#cmaReservedPages }),
      zones: this.#zones,
      line: this.#line,
      lastLine: this.#lastLine,
    }
  }
}

function zoneOf([, node, name, free]: RegExpExecArray, message: string): ZoneMemory {
  const minKb = numberIn(/\bmin:(\d+)kB/, message)
  const freeCmaKb = numberIn(/\bfree_cma:(\d+)kB/, message)
  return {
    ...((node as string | undefined) === undefined ? {} : { node: Number(node) }),
    name,
    freeKb: Number(free),
    ...(minKb === undefined ? {} : { minKb }),
    ...(freeCmaKb === undefined ? {} : { freeCmaKb }),
  }
}

/** The n-th entry is of order n. */
function blocksIn(list: string): readonly FreeBlocks[] {
  return [...list.matchAll(BLOCKS)].map(([, count, kb, types = '']) => ({
    count: Number(count),
    kb: Number(kb),
    types,
  }))
}

function numberIn(pattern: RegExp, text: string): number | undefined {
  const match = pattern.exec(text)
  return match === null ? undefined : Number(match[1])
}

/** True for a line of `Mem-Info:`, or of where a failed allocation was allowed to go. */
export function isMemoryLine(message: string): boolean {
  return [BEGIN, COUNTERS, ZONE, BUDDY, TOTAL, OTHER, CPUSET].some((pattern) => pattern.test(message))
}
