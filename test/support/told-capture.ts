import { type Derived } from '../../src/derive/derived.ts'
import { derive } from '../../src/derive/derive.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tell } from './tell.ts'

/**
 * A page that a driver holds over a failed CMA allocation: got at 1.2 by drv-9 on PFN 0x100, met by the isolating task
 * init-1 at 1.9, still held when the range fails at 2.0, and never put. The app's own page 0x101 comes and goes.
 */
export const LEAK = `
  app-7  0 1.000100 set 1 count=1 < post_alloc_hook get_page_from_freelist do_anonymous_page handle_mm_fault
  app-7  0 1.000200 set 1 pfn=0x101 count=1 < post_alloc_hook get_page_from_freelist do_anonymous_page handle_mm_fault
  drv-9  1 1.200000 +1 unless count=2 < try_grab_folio leaky_grab[leaky] leaky_ioctl[leaky] __x64_sys_ioctl
  app-7  0 1.300000 -1 pfn=0x101 count=0 mapcount=-1 < folios_put_refs exit_mmap
  init-1 0 1.900000 +1 unless count=3 < isolate_migratepages_block isolate_migratepages_range
  init-1 0 1.900050 -1 count=2 < putback_movable_pages isolate_migratepages_range
  init-1 0 2.000000 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
  init-1 0 2.500000 +1 pfn=0x102 count=3 < folio_get read_pages
`

/** The same, but the driver puts at 2.3. */
export const LATE_PUT = LEAK.replace(
  '  init-1 0 2.500000',
  '  drv-9  1 2.300000 -1 count=1 < folio_put leaky_release[leaky] __fput\n  init-1 0 2.500000',
)

/** A story with its derived tables. */
export interface ToldCapture {
  readonly trace: Trace
  readonly derived: Derived
}

/** Reads and derives a story. */
export function toldCapture(story: string, thresholdNs?: number): ToldCapture {
  const trace = tell(story)
  return { trace, derived: derive(trace, thresholdNs === undefined ? {} : { thresholdNs }) }
}
