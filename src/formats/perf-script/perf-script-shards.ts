import { TraceBuilder } from '../../model/trace-builder.ts'
import { type ShardFormat } from '../shard.ts'
import { type PerfScriptFacts, PerfScriptReader, type PerfScriptSettings } from './perf-script-reader.ts'

/**
 * A sample as perf prints those of tracepoints by itself. Stricter than `SampleHeader`, which takes each of these: what
 * is none of them only makes a part longer.
 */
const START =
  /^(?!>)[ -~]{1,40}? +-?\d{1,10}(?:\/-?\d{1,10})? +\[\d{1,5}\] +\d{1,12}\.\d{1,9}: +(?:\d{1,20} +)?[A-Za-z_][\w-]{0,60}:[A-Za-z_][\w-]{0,60}: /

/** One thread reads samples about as fast as they come from a disk; two are no faster, and take longer to start. */
const LEAST_WIDTH = 4

/** Parts of the text begin with a sample, so that no chain is cut from it. */
export const perfScriptShards: ShardFormat<PerfScriptSettings, PerfScriptFacts> = {
  leastWidth: LEAST_WIDTH,
  isStart: (line) => START.test(line),
  createReader: (settings, problems) => new PerfScriptReader(new TraceBuilder(), problems, settings),
}
