import { type LineId } from '../model/ids.ts'
import { PFN_LIMIT } from '../model/kernel-limits.ts'
import { byLine } from './by-line.ts'
import { type TraceFormat } from './format.ts'

/** `start_pfn=56320 end_pfn=130048 (kpagecount.bin, kpageflags.bin: …)`; decimal, or hex with 0x. */
const WINDOW = /^\s*start_pfn=(0x[0-9a-f]+|\d+)[\s,]+end_pfn=(0x[0-9a-f]+|\d+)\b/i

/** A note of one line beside dumps of kpageflags and kpagecount: the PFNs they cover, end exclusive. */
export const pfnWindow: TraceFormat = {
  id: 'pfn_window',
  label: 'a note of a PFN window',
  sniff: (head) => WINDOW.test(head.lines.find((line) => line.trim() !== '') ?? ''),
  createReader: (into, problems) =>
    byLine({
      line: (text, line, chunk, start, end) => {
        const match = WINDOW.exec(text)
        if (match === null) return problems.skip(text.trim() === '' ? 'blank' : 'remark')
        const startPfn = Number(match[1])
        const endPfn = Number(match[2])
        if (!(endPfn <= PFN_LIMIT)) return problems.reject('PFN beyond any memory', line, chunk.bytes, start, end)
        if (!(startPfn < endPfn)) return problems.reject('empty PFN window', line, chunk.bytes, start, end)
        into.window({ startPfn, endPfn, line: (into.firstLine + line) as LineId })
        problems.parsed++
        problems.records++
      },
      end: () => undefined,
    }),
}
