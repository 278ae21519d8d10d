import { type LineId } from '../../model/ids.ts'
import { byLine } from '../by-line.ts'
import { type TraceFormat } from '../format.ts'

/** `00100000-0dbfffff : System RAM`; children are indented by two blanks a level (kernel/resource.c r_show). */
const RANGE = /^(\s*)([0-9a-f]{8,16})-([0-9a-f]{8,16}) : (.*?)\s*$/

/** /proc/iomem: which physical addresses are memory. */
export const iomem: TraceFormat = {
  id: 'iomem',
  label: 'iomem',
  sniff: ({ lines }) => {
    const first = lines.filter((line) => line.trim() !== '').slice(0, 20)
    return first.length > 0 && first.every((line) => RANGE.test(line))
  },
  createReader: (into, problems) =>
    byLine({
      line: (text, line, chunk, start, end) => {
        const range = RANGE.exec(text)
        if (text.trim() === '') return problems.skip('blank')
        if (range === null) return problems.reject('no range of addresses', line, chunk.bytes, start, end)
        if (range[1] !== '' || range[4] !== 'System RAM') return problems.skip('no system memory')
        const from = Number.parseInt(range[2], 16)
        const to = Number.parseInt(range[3], 16) + 1
        problems.parsed++
        if (to <= 1) return problems.notice('the addresses are hidden: read /proc/iomem as root')
        problems.records++
        into.machine.ram(from, to, (into.firstLine + line) as LineId)
      },
      end: () => undefined,
    }),
}
