import { type TraceFormat } from '../format.ts'
import { PageOwnerReader } from './page-owner-reader.ts'
import { pageOwnerShards } from './page-owner-shards.ts'

const FIRST_LINE = /^(> ?)?Page allocated via order \d+, mask 0x/
/** page_owner_sort groups records and drops their PFN lines. */
const SORTED = /^\d+ times(, \d+ pages|:)/

/** `/sys/kernel/debug/page_owner` of every kernel since 3.19: who allocated each page, never who holds it. */
export const pageOwner: TraceFormat = {
  id: 'page_owner',
  label: 'page_owner',
  sniff: (head) => head.lines.some((line) => FIRST_LINE.test(line)) && !head.lines.some((line) => SORTED.test(line)),
  shards: pageOwnerShards,
  createReader: (into, problems) => new PageOwnerReader(into, problems),
}
