import { TraceBuilder } from '../../model/trace-builder.ts'
import { ProblemLog } from '../problem-log.ts'
import { type ShardFormat } from '../shard.ts'
import { type FtraceFacts, FtraceReader, type FtraceSettings } from './ftrace-reader.ts'
import { isPrintedEntry } from './printed-line.ts'

/** Parts of a trace begin with an entry, so that no stack is cut from its header, nor an event from its rest. */
export const ftraceShards: ShardFormat<FtraceSettings, FtraceFacts> = {
  isStart: isPrintedEntry,
  createReader: (settings, problems) => new FtraceReader(new TraceBuilder(), problems, settings),
  createTaker: (settings, into) => {
    const reader = new FtraceReader(into, new ProblemLog())
    reader.begin(settings)
    return reader
  },
}
