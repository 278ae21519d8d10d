import { TraceBuilder } from '../../model/trace-builder.ts'
import { type ShardFormat } from '../shard.ts'
import { type PageOwnerFacts, PageOwnerReader, type PageOwnerSettings } from './page-owner-reader.ts'
import { LINE_ONE } from './record-lines.ts'

const START = new RegExp(`^(> ?)?${LINE_ONE}`)

/** One thread reads a dump about as fast as it comes from a disk; two, that are also to hash it, are no faster. */
const LEAST_WIDTH = 4

/** Parts of a dump begin with a record: no comm is long enough to hold the words that begin one. */
export const pageOwnerShards: ShardFormat<PageOwnerSettings, PageOwnerFacts> = {
  leastWidth: LEAST_WIDTH,
  isStart: (line) => START.test(line),
  createReader: (_settings, problems) => new PageOwnerReader(new TraceBuilder(), problems),
}
