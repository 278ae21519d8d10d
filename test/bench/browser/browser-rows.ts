import { type BenchRow, type BrowserBench } from '../row.ts'
import { cancel } from './cancel-row.ts'
import { holds } from './holds-row.ts'
import { interactions } from './interaction-row.ts'
import { load } from './load-row.ts'
import { lookUp } from './look-up-row.ts'
import { growth, memory } from './memory-row.ts'
import { gz, pageOwner } from './packed-rows.ts'
import { panZoom } from './pan-zoom-row.ts'
import { perfScriptText } from './perf-script-row.ts'
import { reopen } from './reopen-row.ts'

/** What `npm run bench:browser` measures, in this order. */
export const BROWSER_ROWS: readonly BenchRow<BrowserBench>[] = [
  load,
  pageOwner,
  gz,
  perfScriptText,
  memory,
  cancel,
  lookUp,
  panZoom,
  holds,
  interactions,
  reopen,
  growth,
]
