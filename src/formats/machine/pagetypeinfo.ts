import { type LineId } from '../../model/ids.ts'
import { MAX_ORDER } from '../../model/owner-table.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { byLine, type LineReader } from '../by-line.ts'
import { type Chunk, type TraceFormat } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'

const ORDER = /^Page block order: (\d+)\s*$/
const NAMES = /^Number of blocks type\s+(\S.*?)\s*$/
/** With page_owner; its heading has no `type`: `Number of mixed blocks    Unmovable      Movable …`. */
const MIXED = /^Number of mixed blocks\s+(\S.*?)\s*$/
/** `Node 0, zone    DMA32           47         1477            4 …`: pageblocks of each migratetype. */
const BLOCKS = /^Node\s+(\d+), zone\s+(\S+)((?:\s+\d+)+)\s*$/
const KNOWN = /^(Pages per block:|Free pages count per migrate type|Node\s+\d+, zone)/

/**
 * /proc/pagetypeinfo (mm/vmstat.c): the order of a pageblock, the names of the migratetypes in the order of their
 * numbers, which is how to read `mt=` on this kernel, and how many pageblocks of a zone have each.
 */
export const pagetypeinfo: TraceFormat = {
  id: 'pagetypeinfo',
  label: 'pagetypeinfo',
  sniff: ({ lines }) => ORDER.test(lines.find((line) => line.trim() !== '') ?? ''),
  createReader: (into, problems) => byLine(new PagetypeinfoReader(into, problems)),
}

class PagetypeinfoReader implements LineReader {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  #names: readonly string[] = []
  #isMixed = false

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
  }

  line(text: string, line: number, chunk: Chunk, start: number, end: number): void {
    if (text.trim() === '') return this.#problems.skip('blank')
    if (!this.#keep(text, (this.#into.firstLine + line) as LineId)) {
      if (KNOWN.test(text)) return this.#problems.skip('counts of free pages')
      return this.#problems.reject('no line of pagetypeinfo', line, chunk.bytes, start, end)
    }
    this.#problems.parsed++
    this.#problems.records++
  }

  end(): void {}

  #keep(text: string, line: LineId): boolean {
    const { machine } = this.#into
    const order = ORDER.exec(text)
    if (order !== null && Number(order[1]) > MAX_ORDER) return false // pageblock_order is that of a huge page
    if (order !== null) machine.pageblockOrder(Number(order[1]), line)
    const mixed = MIXED.exec(text)
    const names = mixed === null ? NAMES.exec(text)?.[1] : mixed[1]
    if (names !== undefined) {
      this.#names = names.split(/\s+/)
      this.#isMixed = mixed !== null
      if (mixed === null) machine.migratetypes(this.#names, line)
    }
    const blocks = this.#names.length === 0 ? null : BLOCKS.exec(text)
    if (blocks !== null) machine.text({ kind: 'pageblocks', text: this.#blocksText(blocks), line })
    return order !== null || names !== undefined || blocks !== null
  }

  /** `node 0 DMA32: 47 Unmovable, 1477 Movable`; migratetypes without a block are left out. */
  #blocksText([, node, zone, counts]: RegExpExecArray): string {
    const told = counts
      .trim()
      .split(/\s+/)
      .flatMap((count, type) => (count === '0' ? [] : [`${count} ${this.#names[type] ?? `type ${type}`}`]))
    return `node ${node} ${zone}: ${told.length === 0 ? 'none' : told.join(', ')}${this.#isMixed ? ' with pages of other types' : ''}`
  }
}
