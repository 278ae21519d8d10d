import { describe, expect, test } from 'vitest'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { tellCapture } from '../../support/tell-capture.ts'
import { tracedText } from '../../support/tell.ts'

/** A failed test at 2.0 that names 0x180, of which the trace has no reference event. */
const FAILED = `
  init-1 0 1.5 cma_alloc_start: name=reserved count=256 align=0
  init-1 0 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x180 ret=fail
  init-1 0 9.0 cma_alloc_finish: name=reserved pfn=0x100 page=0000000000000000 count=256 align=0 errorno=-16
`

/** A record of layout A: `ts` in seconds; the leaf frame says get or put. */
function record(ts: number, pfn: number, ...frames: readonly string[]): string {
  const lines = frames.map((frame) => ` ${frame.replace(/(?= \[|$)/, '+0x1/0x2')}`)
  return `Page pinned ts ${ts * 1_000_000} us count 1\nPFN ${pfn} Block 0 type CMA Flags 0x0()\n${lines.join('\n')}\n\n`
}

const GET = '__set_page_pinner'
const PUT = '__page_pinner_put'

/** `0.6 get_buffer [drv] long_term`, of the finding's first page. */
function culprits(trace: Trace): readonly string[] {
  const [finding] = derive(trace).findings
  return finding.pages[0].culprits.map(
    ({ confidence, function: name, module, kind }) => `${confidence} ${name} [${module}] ${kind}`,
  )
}

async function judged(records: string): Promise<readonly string[]> {
  return culprits(await tellCapture({ trace: tracedText(FAILED), pinner: records }))
}

describe('a page that failed and has no reference event', () => {
  test('may be held by what put it after the failure, never more than possible', async () => {
    expect(await judged(record(2.5, 0x180, PUT, 'drv_release [drv]'))).toEqual(['0.6 drv_release [drv] long_term'])
  })

  test('is held for long only when the put came the threshold after the failure', async () => {
    expect(await judged(record(2.1, 0x180, PUT, 'drv_release [drv]'))).toEqual(['0.6 drv_release [drv] unknown'])
  })

  test('was not held by what put it before the failure', async () => {
    expect(await judged(record(1.9, 0x180, PUT, 'drv_release [drv]'))).toEqual([])
  })

  test('is not held by a batch of the LRU or by migration, and by a mapping only when nobody else is left', async () => {
    const lru = record(2.4, 0x180, PUT, 'folios_put_refs', 'folio_batch_move_lru', 'lru_add_drain_cpu')
    const exit = record(2.9, 0x180, PUT, 'free_pages_and_swap_cache', 'tlb_finish_mmu', 'exit_mmap')
    expect(await judged(lru)).toEqual([])
    expect(await judged(exit + lru)).toEqual(['0.4 exit_mmap [] long_term'])
    expect(await judged(exit + record(2.5, 0x180, PUT, 'drv_release [drv]'))).toEqual([
      '0.6 drv_release [drv] long_term',
    ])
  })

  test('is held rather by what took it for long before the failure than by what let it go', async () => {
    const records = record(1.2, 0x180, GET, 'drv_map [drv]') + record(2.5, 0x180, PUT, 'drv_release [drv]')
    expect(await judged(records)).toEqual(['0.6 drv_map [drv] long_term', '0.5 drv_release [drv] long_term'])
  })

  test('is not held by a get after the failure', async () => {
    expect(await judged(record(2.2, 0x180, GET, 'drv_map [drv]'))).toEqual([])
  })

  test('is not held by exec, whose arguments page_pinner never sees put', async () => {
    expect(await judged(record(1.2, 0x180, GET, 'get_user_pages_remote', 'get_arg_page', 'copy_strings'))).toEqual([])
  })

  test('may be held by any of several that put it', async () => {
    const records = record(2.9, 0x180, PUT, 'b_release [b]') + record(2.5, 0x180, PUT, 'a_release [a]')
    expect(await judged(records)).toEqual(['0.3 b_release [b] long_term', '0.3 a_release [a] long_term'])
  })

  test('has no task, and says so and whose clock it is', async () => {
    const trace = await tellCapture({
      trace: tracedText(FAILED),
      pinner: record(2.5, 0x180, PUT, 'drv_release [drv]'),
    })
    const [finding] = derive(trace).findings
    expect(finding.pages[0].culprits[0]).toMatchObject({ comm: '', pid: -1, record: 0 })
    expect(finding.pages[0].culprits[0].evidence[0].text).toBe(
      'page_pinner: put in drv_release [drv] at 2.500000 (CLOCK_BOOTTIME), 500.000 ms after the failure if the clocks agree; count 1',
    )
    expect(finding.caveats.join()).toContain('page_pinner prints CLOCK_BOOTTIME')
    expect(finding.caveats.join()).toContain('its put says who let go')
  })

  test('has no holder that a ring which wrapped may have forgotten, and says so', async () => {
    const other = record(1.2, 0x777, GET, 'drv_map [drv]')
    const full = await tellCapture({ trace: tracedText(FAILED), pinner: other.repeat(4096) })
    expect(derive(full).findings[0].caveats.join()).toContain(
      'pinner has exactly 4096 records: the ring of page_pinner',
    )
    const short = await tellCapture({ trace: tracedText(FAILED), pinner: other.repeat(4095) })
    expect(derive(short).findings[0].caveats.join()).not.toContain('ring of page_pinner')
  })

  test('keeps its answer from the references when there are some', async () => {
    const story = `drv-9 1 1.2 +1 count=2 mapcount=0 pfn=0x180 < leaky_grab[leaky] vfs_ioctl${FAILED}`
    const trace = await tellCapture({
      trace: tracedText(story),
      pinner: record(2.5, 0x180, PUT, 'drv_release [drv]'),
    })
    expect(culprits(trace)[0]).toContain('leaky_grab [leaky]')
    expect(culprits(trace).join()).not.toContain('drv_release')
  })
})

describe('durations of the layouts that print them', () => {
  const head = (text: string, frame: string): string =>
    `${text}\nPFN 0x180 Block 0 count 1 mapcount 0 mapping 0x0 Flags 0x0()\n ${frame}+0x1/0x2\n drv_release+0x1/0x2 [drv]\n\n`

  test('tell a long hold from one of unknown length, and never a short one: they are lower bounds', async () => {
    const put = '__page_pinner_put_page'
    expect(await judged(head('At least, pinned for 300000 us', put))).toEqual(['0.6 drv_release [drv] long_term'])
    expect(await judged(head('At least, pinned for 299999 us', put))).toEqual(['0.6 drv_release [drv] unknown'])
    expect(await judged(head('At least, pinned for -5 us', put))).toEqual(['0.6 drv_release [drv] unknown'])
  })
})
