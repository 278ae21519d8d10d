import { counted } from '../base/counted.ts'
import { PINNER_GET } from '../model/pinner-table.ts'
import { type Trace } from '../model/trace.ts'

/**
 * The `count` of a page_pinner record in words; empty when it has none. Of a get in the first layout, which prints no
 * mapcount, it counts the gets that page_pinner saw; else it is the page's reference count.
 */
export function pinnerCountText({ pinners }: Trace, row: number): string {
  const count = pinners.count[row]
  if (count < 0) return ''
  if (pinners.mapcount[row] >= 0 || pinners.kind[row] !== PINNER_GET) return `count ${count}`
  return `${counted(count, 'get')} seen`
}
