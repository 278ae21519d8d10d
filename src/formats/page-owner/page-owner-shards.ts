import { TraceBuilder } from '../../model/trace-builder.ts'
import { type ShardFormat } from '../shard.ts'
import { type PageOwnerFacts, PageOwnerReader, type PageOwnerSettings } from './page-owner-reader.ts'
import { LINE_ONE } from './record-lines.ts'

const START = new RegExp(`^(> ?)?${LINE_ONE}`)

/** Parts of a dump begin with a record: no comm is long enough to hold the words that begin one. */
export const pageOwnerShards: ShardFormat<PageOwnerSettings, PageOwnerFacts> = {
  isStart: (line) => START.test(line),
  createReader: (_settings, problems) => new PageOwnerReader(new TraceBuilder(), problems),
}
