import { type TraceFormat } from '../format.ts'
import { FtraceReader } from './ftrace-reader.ts'
import { isFtrace } from './sniff.ts'

/** ftrace text: `trace`, `trace_pipe`, `per_cpu/cpuN/trace`, `snapshot`, and what `trace-cmd report` makes of trace.dat. */
export const ftrace: TraceFormat = {
  id: 'ftrace',
  label: 'ftrace text',
  sniff: isFtrace,
  createReader: (into, problems) => new FtraceReader(into, problems),
}
