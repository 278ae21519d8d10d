import { type LineId } from '../../model/ids.ts'
import { byLine } from '../by-line.ts'
import { type TraceFormat } from '../format.ts'

const ORDER = /^Page block order: (\d+)\s*$/
const NAMES = /^Number of blocks type\s+(\S.*?)\s*$/
const KNOWN = /^(Pages per block:|Free pages count per migrate type|Node\s+\d+, zone|Number of (mixed )?blocks)/

/**
 * /proc/pagetypeinfo (mm/vmstat.c): the order of a pageblock, and the names of the migratetypes in the order of their
 * numbers, which is how to read `mt=` on this kernel.
 */
export const pagetypeinfo: TraceFormat = {
  id: 'pagetypeinfo',
  label: 'pagetypeinfo',
  sniff: ({ lines }) => ORDER.test(lines.find((line) => line.trim() !== '') ?? ''),
  createReader: (into, problems) =>
    byLine({
      line: (text, line, chunk, start, end) => {
        const order = ORDER.exec(text)
        const names = NAMES.exec(text)
        if (order !== null) into.machine.pageblockOrder(Number(order[1]), (into.firstLine + line) as LineId)
        else if (names !== null) into.machine.migratetypes(names[1].split(/\s+/), (into.firstLine + line) as LineId)
        else if (text.trim() === '') return problems.skip('blank')
        else if (KNOWN.test(text)) return problems.skip('counts of blocks and free pages')
        else return problems.reject('no line of pagetypeinfo', line, chunk.bytes, start, end)
        problems.parsed++
        problems.records++
      },
      end: () => undefined,
    }),
}
