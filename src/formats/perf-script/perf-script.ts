import { type TraceFormat } from '../format.ts'
import { PerfScriptReader } from './perf-script-reader.ts'
import { perfScriptShards } from './perf-script-shards.ts'
import { isPerfScript } from './sniff.ts'

/** What `perf script` prints of tracepoints, with call chains or without. */
export const perfScript: TraceFormat = {
  id: 'perf_script',
  label: 'perf script text',
  sniff: isPerfScript,
  shards: perfScriptShards,
  createReader: (into, problems) => new PerfScriptReader(into, problems),
}
