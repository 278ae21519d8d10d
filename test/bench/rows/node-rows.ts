import { type BenchRow } from '../row.ts'
import { attribution } from './attribution.ts'
import { ftrace } from './ftrace.ts'
import { growth } from './growth.ts'
import { gz } from './gz.ts'
import { holds } from './holds.ts'
import { memory } from './memory.ts'
import { pageOwner } from './page-owner.ts'
import { perfScriptText } from './perf-script.ts'
import { traceDat } from './trace-dat.ts'

/** What `npm run bench` measures, in this order. */
export const NODE_ROWS: readonly BenchRow[] = [
  ftrace,
  pageOwner,
  gz,
  perfScriptText,
  traceDat,
  memory,
  holds,
  attribution,
  growth,
]
