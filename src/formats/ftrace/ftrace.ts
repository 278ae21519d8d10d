import { type TraceFormat } from '../format.ts'
import { FtraceReader } from './ftrace-reader.ts'
import { ftraceShards } from './ftrace-shards.ts'
import { isFtrace } from './sniff.ts'
import { isTracePage, TracePageReader } from './trace-page.ts'

/** ftrace text: `trace`, `trace_pipe`, `per_cpu/cpuN/trace`, `snapshot`, and what `trace-cmd report` makes of trace.dat. */
export const ftrace: TraceFormat = {
  id: 'ftrace',
  label: 'ftrace text',
  sniff: (head) => isFtrace(head) || isTracePage(head),
  shards: ftraceShards,
  createReader: (into, problems) => new TracePageReader(new FtraceReader(into, problems), problems),
}
