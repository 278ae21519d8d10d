import { byLine } from '../by-line.ts'
import { type TraceFormat } from '../format.ts'

const STAMPED = /^(> ?)?(<\d+>)?\[\s*\d+\.\d+\]/

/** placeholder */
export const dmesg: TraceFormat = {
  id: 'dmesg',
  label: 'dmesg',
  sniff: (head) => head.lines.filter((line) => STAMPED.test(line)).length * 2 > head.lines.length,
  createReader: (_into, problems) => byLine({ line: () => problems.skip('other message'), end: () => undefined }),
}
