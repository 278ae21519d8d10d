import { describe, expect, test } from 'vitest'
import { formatTime } from '../../../src/base/clock.ts'
import { formatPfn } from '../../../src/base/pfn.ts'
import { type BlockingPage, type ToldPage } from '../../../src/derive/attribution/finding.ts'
import { withThreshold } from '../../../src/derive/derive.ts'
import { deriveTold as derive, type ToldFinding } from '../../support/derive-told.ts'
import { fileLineOf, type Trace } from '../../../src/model/trace.ts'
import { tellCapture } from '../../support/tell-capture.ts'
import { traceFromText } from '../../support/trace-from-text.ts'
import { tell, tracedText } from '../../support/tell.ts'
import { FAULT, SPLICE } from '../../support/told-stacks.ts'

const GRAB = '__page_ref_mod_unless try_get_folio gup_fast_fallback get_user_pages_fast leaky_grab[leaky] vfs_ioctl'
const RELEASE = '__page_ref_mod_and_test folio_put leaky_release[leaky] vfs_ioctl'
const UNSPLICE = '__page_ref_mod_and_test generic_pipe_buf_release free_pipe_info pipe_release __fput'
const SCAN = '__page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range'
const UNSCAN = '__page_ref_mod_and_test isolate_migratepages_block isolate_migratepages_range'
const EXIT = '__page_ref_mod_and_test folios_put_refs tlb_finish_mmu exit_mmap mmput do_exit'
const FAILED = 'test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'
const START = 'cma_alloc_start: name=reserved count=256 align=0'

/** A mapped anonymous page, an attempt that meets it from 1.8 on and fails at 2.0; the page's own story goes between. */
function attempt(before: string, after = ''): string {
  return `
    app-7 0 1.0 set 1 count=1 < ${FAULT}
    ${before}
    init-1 1 1.8 ${START}
    init-1 1 2.0 ${FAILED}
    ${after}
    oth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}
  `
}

function findingOf(story: string): ToldFinding {
  const { findings } = derive(tell(story))
  expect(findings).toHaveLength(1)
  return findings[0]
}

/** `leaky_grab drv-9 leak` for each culprit of a page, likeliest first. */
function culprits(page: BlockingPage | undefined): readonly string[] {
  return (page?.culprits ?? []).map(({ function: name, comm, pid, kind }) => `${name} ${comm}-${pid} ${kind}`)
}

describe('a page that the kernel named', () => {
  test('is held by the driver that got it and never put it: a leak', () => {
    const finding = findingOf(attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`))
    expect(finding.verdict).toBe('held')
    expect(culprits(finding.pages[0])).toEqual(['leaky_grab drv-9 leak'])
    expect(finding.pages[0]).toMatchObject({ pfn: 0x100, isNamed: true, verdict: 'held' })
    const [culprit] = finding.pages[0].culprits
    expect(culprit).toMatchObject({ rank: 1, class: 'driver', module: 'leaky', units: 1, anyOf: 1 })
    expect(culprit.heldTo).toBeUndefined()
    expect(culprit.confidence).toBeGreaterThanOrEqual(0.9)
  })

  test('is held long or for a moment, as the threshold says', () => {
    const story = attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`, `drv-9 0 2.2 -1 count=1 < ${RELEASE}`)
    const trace = tell(story)
    const derived = derive(trace)
    expect(culprits(derived.findings[0].pages[0])).toEqual(['leaky_grab drv-9 long_term'])
    const patient = withThreshold(trace, derived, 5_000_000_000)
    expect(culprits(patient.findings[0].pages[0])).toEqual(['leaky_grab drv-9 transient'])
    expect(patient.findings[0].verdict).toBe('transient')
  })

  test('is held by both of two who have it', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}\n cam-6 1 1.3 +1 unless count=3 < ${SPLICE}`),
    )
    expect(culprits(finding.pages[0]).toSorted()).toEqual(['__do_sys_vmsplice cam-6 leak', 'leaky_grab drv-9 leak'])
    expect(finding.pages[0].culprits.map((culprit) => culprit.anyOf)).toEqual([1, 1])
    expect(finding.pages[0].culprits.map((culprit) => culprit.rank)).toEqual([1, 2])
  })

  test('is any of those the count leaves room for', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}
        cam-6 1 1.3 +1 unless count=3 < ${SPLICE}
        cam-6 1 1.4 +1 count=1 < __page_ref_mod copy_page_range copy_process`),
    )
    expect(finding.pages[0].culprits.map((culprit) => culprit.anyOf)).toEqual([2, 2])
    expect(finding.pages[0].culprits.every((culprit) => culprit.confidence < 0.5)).toBe(true)
    expect(finding.caveats.join()).toContain('does not separate all holders')
  })

  test('is one answer where two identical gets had one put, with the amount that is left', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}
        drv-9 0 1.3 +1 unless count=3 < ${GRAB}
        drv-9 0 1.4 -1 count=2 < ${RELEASE}`),
    )
    expect(culprits(finding.pages[0])).toEqual(['leaky_grab drv-9 leak'])
    expect(finding.pages[0].culprits[0].units).toBe(1)
  })

  test('is one answer where a task got it twice, with both references', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}\n drv-9 0 1.3 +1 unless count=3 < ${GRAB}`),
    )
    expect(finding.pages[0].culprits.map((culprit) => culprit.units)).toEqual([2])
  })

  test('is not held by those who put it before the attempt', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}
        drv-9 0 1.3 -1 count=1 < ${RELEASE}
        cam-6 1 1.4 +1 unless count=2 < ${SPLICE}`),
    )
    expect(culprits(finding.pages[0])).toEqual(['__do_sys_vmsplice cam-6 leak'])
  })

  test('was held over the scan even if the put came before the failure', () => {
    const finding = findingOf(
      attempt(`cam-6 1 1.2 +1 unless count=2 < ${SPLICE}
        init-1 1 1.85 +1 unless count=3 < ${SCAN}
        init-1 1 1.86 -1 count=2 < ${UNSCAN}
        cam-6 1 1.9 -1 count=1 < ${UNSPLICE}`).replace(`init-1 1 1.8 ${START}\n`, ''),
    )
    expect(culprits(finding.pages[0])).toEqual(['__do_sys_vmsplice cam-6 long_term'])
    expect(finding.pages[0].culprits[0].reasons).toMatchObject({ notOpen: 1, atScan: 1, ownPut: 0 })
  })

  test("is not held by the isolating task's own reference, nor by mappings and caches", () => {
    const finding = findingOf(
      attempt(`app-7 0 1.2 +1 count=2 mapcount=1 < __page_ref_mod copy_page_range copy_process
        init-1 1 1.85 +1 unless count=3 mapcount=2 < ${SCAN}`),
    )
    expect(finding.pages[0]).toMatchObject({ verdict: 'unknown', culprits: [] })
    expect(finding.pages[0].reason).not.toBe('')
  })

  test('whose put came after the threshold of the get by another task is still the one who got it', () => {
    const finding = findingOf(
      attempt(
        `fio-6 0 1.2 +1024 count=1025 < __page_ref_mod try_grab_folio pin_user_pages iov_iter_extract_pages aio_read`,
        `<idle>-0 1 3.0 -1024 count=1 < __page_ref_mod_and_test gup_put_folio __bio_release_pages blk_update_request`,
      ),
    )
    expect(culprits(finding.pages[0])).toEqual(['aio_read fio-6 long_term'])
    expect(finding.pages[0].culprits[0]).toMatchObject({ class: 'gup_pin', units: 1024 })
  })
})

describe('what was lost', () => {
  test('makes a hold without a put unknown, never a leak', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`, 'CPU:0 [LOST 1234 EVENTS]\n drv-9 0 3.0 set 1 pfn=0x901'),
    )
    expect(culprits(finding.pages[0])).toEqual(['leaky_grab drv-9 unknown'])
    expect(finding.pages[0].culprits[0].confidence).toBeLessThan(0.8)
    expect(finding.caveats.join()).toContain('lost')
  })

  test('is also what a CPU did before its buffer starts, after an overrun', () => {
    const hold = attempt(
      `drv-9 0 1.2 +1 unless count=2 < ${GRAB}`,
      '##### CPU 1 buffer started ####\noth-8 1 2.5 set 1 pfn=0x902',
    )
    const finding = findingOf(hold.replaceAll('init-1 1', 'init-1 0'))
    expect(culprits(finding.pages[0])).toEqual(['leaky_grab drv-9 unknown'])
    expect(finding.caveats.join()).toContain('CPU 1')
  })

  test('is not what a CPU did before a hold began', () => {
    const started = '##### CPU 1 buffer started ####\noth-8 1 1.1 set 1 pfn=0x902'
    const finding = findingOf(attempt(`${started}\ndrv-9 0 1.2 +1 unless count=2 < ${GRAB}`))
    expect(culprits(finding.pages[0])).toEqual(['leaky_grab drv-9 leak'])
  })

  test('does not doubt a put that was seen', () => {
    const finding = findingOf(
      attempt(
        `drv-9 0 1.2 +1 unless count=2 < ${GRAB}`,
        `drv-9 0 3.0 -1 count=1 < ${RELEASE}\nCPU:0 [LOST 1234 EVENTS]\n drv-9 0 3.5 set 1 pfn=0x901`,
      ),
    )
    expect(culprits(finding.pages[0])).toEqual(['leaky_grab drv-9 long_term'])
  })

  test('is not made up: when the count reached zero the put happened, unseen', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`, `app-7 0 3.0 -1 count=0 mapcount=-1 < ${EXIT}`),
    )
    expect(culprits(finding.pages[0])[0]).toBe('leaky_grab drv-9 unknown')
    expect(finding.pages[0].culprits.every((culprit) => culprit.confidence < 0.8)).toBe(true)
  })
})

test('a hold whose put was not traced before the page was allocated anew is named, but not believed', () => {
  const finding = findingOf(attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`, `oth-8 0 5.0 set 1 count=1 < ${FAULT}`))
  expect(culprits(finding.pages[0])).toEqual(['leaky_grab drv-9 unknown'])
  const [culprit] = finding.pages[0].culprits
  expect(culprit.confidence).toBeLessThan(0.5)
  expect(culprit.evidence.map(({ text }) => text).join()).toContain('allocated anew at 5.000000')
})

describe('what the counts say', () => {
  test('a put that no event shows, seen by the count before the failure, makes the hold doubtful', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}
        init-1 1 1.9 +1 unless count=2 < ${SCAN}
        init-1 1 1.91 -1 count=1 < ${UNSCAN}`),
    )
    expect(culprits(finding.pages[0])[0]).toBe('leaky_grab drv-9 unknown')
    const [culprit] = finding.pages[0].culprits
    expect(culprit.confidence).toBeLessThan(0.5)
    expect(culprit.evidence.map(({ text }) => text).join()).toContain('less than the traced operations make it')
  })

  test('a put that no event shows, seen only after the failure, is no leak and a little doubt', () => {
    const finding = findingOf(
      attempt(
        `drv-9 0 1.2 +1 unless count=2 < ${GRAB}`,
        `app-7 0 2.5 +1 count=2 mapcount=1 < __page_ref_mod copy_page_range`,
      ),
    )
    expect(culprits(finding.pages[0])).toEqual(['leaky_grab drv-9 unknown'])
    expect(finding.pages[0].culprits[0].confidence).toBeLessThan(0.8)
    expect(finding.pages[0].culprits[0].confidence).toBeGreaterThan(0.5)
  })

  test("an unmapping that no event shows is not taken for the driver's put", () => {
    const finding = findingOf(
      attempt(`app-7 0 1.1 +1 count=2 mapcount=1 < __page_ref_mod copy_page_range copy_process
        drv-9 0 1.2 +1 unless count=3 mapcount=1 < ${GRAB}
        init-1 1 1.9 +1 unless count=3 mapcount=0 < ${SCAN}
        init-1 1 1.91 -1 count=2 mapcount=0 < ${UNSCAN}`),
    )
    expect(culprits(finding.pages[0])).toEqual(['leaky_grab drv-9 leak'])
    expect(finding.pages[0].culprits[0].confidence).toBeGreaterThanOrEqual(0.9)
  })

  test('a count below what a hold would make it speaks against the hold', () => {
    const finding = findingOf(
      attempt(`cap-6 0 1.2 +1024 count=1025 < __page_ref_mod try_grab_folio pin_user_pages capture_queue
        app-7 0 1.3 +1 count=3 mapcount=1 < __page_ref_mod copy_page_range copy_process`),
    )
    expect(finding.pages[0].culprits.every((culprit) => culprit.confidence < 0.5)).toBe(true)
  })

  test('a freeze that worked met no unexpected reference: whoever got one before had put it', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}
        init-1 1 1.5 freeze 2 count=0 < __page_ref_freeze folio_migrate_mapping migrate_pages
        init-1 1 1.6 unfreeze 2 < __page_ref_unfreeze folio_migrate_mapping migrate_pages`),
    )
    expect(culprits(finding.pages[0])).not.toContain('leaky_grab drv-9 leak')
  })

  test('a freeze that was refused leaves the holder where it was', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}
        init-1 1 1.9 freeze 1 refused count=2 < __page_ref_freeze folio_migrate_mapping migrate_pages`),
    )
    expect(culprits(finding.pages[0])).toEqual(['leaky_grab drv-9 leak'])
    expect(finding.pages[0].excess).toBe(1)
  })
})

describe('two holders alike', () => {
  const PIN = '__page_ref_mod try_grab_folio pin_user_pages capture_queue[capture] vfs_ioctl'
  const DONE = '__page_ref_mod_and_test gup_put_folio unpin_user_pages capture_done_work[capture] process_one_work'

  test('of whom a worker gave one back are any of two, in doubt', () => {
    const finding = findingOf(
      attempt(`cam-6 0 1.2 +1024 count=1025 < ${PIN}
        cam-7 0 1.3 +1024 count=2049 < ${PIN}
        kworker/0:1-20 1 1.5 -1024 count=1025 < ${DONE}`),
    )
    expect(culprits(finding.pages[0]).toSorted()).toEqual(['capture_queue cam-6 leak', 'capture_queue cam-7 leak'])
    expect(finding.pages[0].culprits.map((culprit) => culprit.anyOf)).toEqual([2, 2])
    expect(finding.pages[0].culprits.every((culprit) => culprit.confidence < 0.8)).toBe(true)
  })

  test('of whom one gave back its own are told apart', () => {
    const finding = findingOf(
      attempt(`cam-6 0 1.2 +1024 count=1025 < ${PIN}
        cam-7 0 1.3 +1024 count=2049 < ${PIN}
        cam-7 1 1.5 -1024 count=1025 < ${DONE}`),
    )
    expect(culprits(finding.pages[0])).toEqual(['capture_queue cam-6 leak'])
    expect(finding.pages[0].culprits[0].confidence).toBeGreaterThanOrEqual(0.9)
  })
})

describe('a get before the trace', () => {
  test('is known by the first put after the failure that tells', () => {
    const finding = findingOf(`
      app-7 0 1.0 set 1 pfn=0x900 < ${FAULT}
      init-1 1 1.8 ${START}
      init-1 1 1.85 +1 unless count=3 < ${SCAN}
      init-1 1 1.86 -1 count=2 < ${UNSCAN}
      init-1 1 2.0 ${FAILED}
      cam-6 0 3.0 -1 count=1 < ${UNSPLICE}
      oth-8 0 9.0 set 1 pfn=0x901 < ${FAULT}
    `)
    expect(culprits(finding.pages[0])).toEqual(['free_pipe_info cam-6 long_term'])
    const [culprit] = finding.pages[0].culprits
    expect(culprit.heldFrom).toBeUndefined()
    expect(culprit.reasons?.getUnseen).toBe(1)
    expect(culprit.evidence.some(({ text }) => text.includes('began before'))).toBe(true)
  })

  test('is not answered by a put whose own get came after the failure', () => {
    const finding = findingOf(`
      init-1 1 1.85 +1 unless count=3 < ${SCAN}
      init-1 1 1.86 -1 count=2 < ${UNSCAN}
      init-1 1 2.0 ${FAILED}
      drv-9 0 2.5 +1 unless count=3 < ${GRAB}
      drv-9 0 2.6 -1 count=2 < ${RELEASE}
      oth-8 0 9.0 set 1 pfn=0x901 < ${FAULT}
    `)
    expect(culprits(finding.pages[0])).toEqual([])
  })
})

describe('the exit path', () => {
  test('that let go of an unmapped page after the failure is a transient holder', () => {
    const finding = findingOf(
      attempt(
        `init-1 1 1.9 +1 unless count=2 mapcount=-1 < ${SCAN}
         init-1 1 1.91 -1 count=1 mapcount=-1 < ${UNSCAN}`,
        `app-7 0 2.02 -1 count=0 mapcount=-1 < ${EXIT}`,
      ),
    )
    expect(culprits(finding.pages[0])).toEqual(['exit_mmap app-7 transient'])
    expect(finding.verdict).toBe('transient')
  })

  test('is not blamed for a page that was still mapped when the attempt failed', () => {
    const finding = findingOf(
      attempt(
        `init-1 1 1.9 +1 unless count=2 mapcount=0 < ${SCAN}
         init-1 1 1.91 -1 count=1 mapcount=0 < ${UNSCAN}`,
        `app-7 0 2.02 -1 count=0 mapcount=-1 < ${EXIT}`,
      ),
    )
    expect(culprits(finding.pages[0])).toEqual([])
    expect(finding.pages[0].verdict).toBe('unknown')
  })
})

describe("the exit path's put of a page whose mapping at the failure was not seen", () => {
  const story = (putAt: string): string =>
    attempt(
      `app-7 0 1.2 +1 count=2 < __page_ref_mod folio_add_lru do_anonymous_page handle_mm_fault
       app-7 0 1.3 -1 count=1 < __page_ref_mod_and_test folio_batch_move_lru lru_add_drain_cpu`,
      `app-7 0 ${putAt} -1 count=0 mapcount=-1 < ${EXIT}`,
    )

  test('may be the holder when it came at once, with doubt', () => {
    const finding = findingOf(story('2.02'))
    expect(culprits(finding.pages[0])).toEqual(['exit_mmap app-7 transient'])
    expect(finding.pages[0].culprits[0].confidence).toBeLessThan(0.8)
  })

  test('is not the holder when it came much later: no batch waits that long', () => {
    expect(culprits(findingOf(story('4.0')).pages[0])).toEqual([])
  })
})

describe('a page that nothing was traced of', () => {
  test('is said to be so, and nobody is blamed', () => {
    const finding = findingOf(`
      app-7 0 1.0 set 1 pfn=0x900 < ${FAULT}
      init-1 1 2.0 ${FAILED}
    `)
    expect(finding.verdict).toBe('unknown')
    expect(finding.pages).toMatchObject([{ pfn: 0x100, isNamed: true, verdict: 'unknown', culprits: [] }])
    expect(finding.pages[0].reason).toContain('no page_ref event of this page')
  })

  test('of which page_owner knows the allocation still has no holder', async () => {
    const trace = await tellCapture({
      'trace.txt': tracedText(`app-7 0 1.0 set 1 pfn=0x900 < ${FAULT}\ninit-1 1 2.0 ${FAILED}`),
      'page_owner.txt': `Page allocated via order 0, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid 64, tgid 64 (camera-hal), ts 1833790445 ns
PFN 0x100 type Movable Block 0 type Movable Flags 0x20000000002081c(uptodate|lru|swapbacked|node=0|zone=2)
 prep_new_page+0xf7/0x120
 handle_mm_fault+0x6f/0x210

`,
    })
    const [page] = derive(trace).findings[0].pages
    expect(page.culprits).toEqual([])
    expect(page.evidence.map(({ text }) => text).join()).toContain('not who holds')
  })
})

test.each([
  ['before the failure', 2_000_000_000, 'allocated by pid 64 (next) in handle_mm_fault; that says who allocated'],
  ['after it', 9_100_000_000, 'freed and allocated by pid 64 (next) in handle_mm_fault after the failure'],
])('a page_owner record from %s says whose life of the page it is', async (_, ts, words) => {
  const trace = await tellCapture({
    'trace.txt': tracedText(attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`)),
    'page_owner.txt': `Page allocated via order 0, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid 64, tgid 64 (next), ts ${ts} ns
PFN 0x100 type Movable Block 0 type Movable Flags 0x20000000002081c(uptodate|lru|swapbacked|node=0|zone=2)
 prep_new_page+0xf7/0x120
 handle_mm_fault+0x6f/0x210

`,
  })
  const [page] = derive(trace).findings[0].pages
  expect(page.evidence.map(({ text }) => text).join()).toContain(words)
})

test('a page that cannot move and was allocated before the trace is known by page_owner to who allocated it', async () => {
  const dump = (reason: string): string => `[    1.5] page: refcount:1 mapcount:0 mapping:0 index:0x0 pfn:0x100
[    1.5] flags: 0x8000000000000000(zone=1)
[    1.5] page dumped because: ${reason}
`
  const files = (reason: string): Record<string, string> => ({
    'trace.txt': tracedText(`app-7 0 1.0 set 1 pfn=0x900 < ${FAULT}\ninit-1 1 2.0 ${FAILED}`),
    'dmesg.txt': dump(reason),
    'page_owner.txt': `Page allocated via order 0, mask 0xcc0(GFP_KERNEL), pid 64, tgid 64 (grabd), ts 900000000 ns
PFN 0x100 type Unmovable Block 0 type Movable Flags 0x0(node=0|zone=2)
 alloc_pages+0xf7/0x120
 framegrab_ioctl+0x6f/0x210 [framegrab]

`,
  })
  const pageOf = async (reason: string): Promise<ToldPage> =>
    derive(await tellCapture(files(reason))).findings[0].pages[0]
  const unmovable = await pageOf('unmovable page')
  expect(unmovable).toMatchObject({ verdict: 'unmovable' })
  expect(unmovable.culprits).toMatchObject([
    { function: 'framegrab_ioctl', comm: 'grabd', pid: 64, class: 'allocation', kind: 'unknown' },
  ])
  expect(unmovable.culprits[0].confidence).toBeLessThan(0.8)
  expect((await pageOf('migration failure')).culprits).toEqual([])
})

test.each([
  ['', "of these 1 mapped and 1 migration's own, so 2 unexpected"],
  ['|owner_priv_1', "of these 1 mapped, 1 of the swap cache and 1 migration's own, so 1 unexpected"],
])('a dump of an anonymous page with the flags uptodate|lru%s|swapbacked is reckoned', async (flag, words) => {
  const trace = await tellCapture({
    'trace.txt': tracedText(`app-7 0 1.0 set 1 pfn=0x900 < ${FAULT}\ninit-1 1 2.0 ${FAILED}`),
    'dmesg.txt': `[    1.5] page: refcount:4 mapcount:1 mapping:00000000aec7812a index:0x7f1 pfn:0x100
[    1.5] anon flags: 0x8000000000020838(uptodate|lru${flag}|swapbacked|zone=1)
[    1.5] page dumped because: migration failure
`,
  })
  const [page] = derive(trace).findings[0].pages
  expect(page.evidence.map(({ text }) => text).join()).toContain(words)
})

test('a put without a stack by the isolating task puts back what it isolated, and holds nothing', () => {
  const finding = findingOf(`
    oth-8 1 0.9 +1 pfn=0x101 count=2 < ${FAULT}
    app-7 0 1.0 -1 count=2 mapcount=-1
    init-1 1 1.8 ${START}
    init-1 1 1.85 +1 unless pfn=0x101 count=3 < ${SCAN}
    init-1 1 2.0 ${FAILED}
    init-1 1 2.1 -1 count=1 mapcount=-1
    oth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}
  `)
  expect(culprits(finding.pages[0]).filter((culprit) => culprit.includes('init-1'))).toEqual([])
})

test('a page that page_owner knows for the head of a folio says which pages are its', async () => {
  const trace = await tellCapture({
    'trace.txt': tracedText(attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`)),
    'page_owner.txt': `Page allocated via order 3, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid 64, tgid 64 (app), ts 900000000 ns
PFN 0x100 type Movable Block 0 type Movable Flags 0x20000000002081c(uptodate|lru|head|swapbacked|node=0|zone=2)
 prep_new_page+0xf7/0x120

`,
  })
  const facts = derive(trace).findings[0].pages[0].evidence
  const folio = facts.find(({ text }) => text.startsWith('a folio of 8 pages, 0x100 to 0x107'))
  expect(folio?.lines.map((line) => fileLineOf(trace, line))).toMatchObject([{ line: 1 }])
})

describe('a page that cannot move', () => {
  test('was allocated, never mapped and never on the LRU: its allocator is named, as an allocation', () => {
    const finding = findingOf(`
      fgd-9 0 1.0 set 1 count=1 < __page_ref_set prep_new_page get_page_from_freelist alloc_pages framegrab_ioctl
      init-1 1 2.0 ${FAILED}
      oth-8 0 9.0 set 1 pfn=0x901 < ${FAULT}
    `)
    expect(finding.verdict).toBe('unmovable')
    expect(culprits(finding.pages[0])).toEqual(['framegrab_ioctl fgd-9 leak'])
    expect(finding.pages[0].culprits[0].class).toBe('allocation')
    expect(finding.pages[0].reason).toContain('not a reference problem')
  })
})

describe('other pages of the range', () => {
  const held = (after = ''): string =>
    attempt(
      `drv-9 0 1.2 +1 unless count=2 < ${GRAB}
       app-7 0 1.3 set 1 pfn=0x150 < ${FAULT}
       cam-6 0 1.4 +1 unless count=2 pfn=0x150 < ${SPLICE}
       app-7 0 1.3 set 1 pfn=0x250 < ${FAULT}
       cam-6 0 1.4 +1 unless count=2 pfn=0x250 < ${SPLICE}`,
      after,
    )

  test('with an unexpected reference open at the failure would have blocked too', () => {
    const finding = findingOf(held())
    expect(finding.pages.map((page) => [formatPfn(page.pfn), page.isNamed, ...culprits(page)])).toEqual([
      ['0x100', true, 'leaky_grab drv-9 leak'],
      ['0x150', false, '__do_sys_vmsplice cam-6 leak'],
    ])
  })

  test('with a get of no known stack are not listed: it may be anybody, a mapping too', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}
        app-7 0 1.3 set 1 pfn=0x150 < ${FAULT}
        cam-6 0 1.4 +1 unless count=2 pfn=0x150`),
    )
    expect(finding.pages.map((page) => page.pfn)).toEqual([0x100])
  })

  test('whose reference began after the failure did not', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`, `cam-6 0 2.4 +1 unless count=2 pfn=0x150 < ${SPLICE}`),
    )
    expect(finding.pages.map((page) => page.pfn)).toEqual([0x100])
  })

  test('that were freed before the failure did not', () => {
    const finding = findingOf(
      attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}
        app-7 0 1.3 set 1 pfn=0x150 < ${FAULT}
        cam-6 0 1.4 +1 unless count=2 pfn=0x150 < ${SPLICE}
        cam-6 0 1.5 -2 count=0 pfn=0x150 < ${UNSPLICE}`),
    )
    expect(finding.pages.map((page) => page.pfn)).toEqual([0x100])
  })
})

describe('evidence', () => {
  test('cites the get, the scan, the put and the failure by line, each line saying what is claimed', () => {
    const story = attempt(
      `drv-9 0 1.2 +1 unless count=2 < ${GRAB}
       init-1 1 1.85 +1 unless count=3 < ${SCAN}
       init-1 1 1.86 -1 count=2 < ${UNSCAN}`,
      `drv-9 0 2.2 -1 count=1 < ${RELEASE}`,
    )
    const lines = tracedText(story).split('\n')
    const trace = tell(story)
    const finding = derive(trace).findings[0]
    const cited = finding.pages[0].culprits[0].evidence.flatMap((evidence) => evidence.lines.map(citer(trace, lines)))
    expect(cited.map((line) => /\d+\.\d+: \S+/.exec(line)?.[0])).toEqual([
      '1.200000: page_ref_mod_unless:',
      '1.850000: page_ref_mod_unless:',
      '2.200000: page_ref_mod_and_test:',
    ])
    expect(finding.range.lines.map(citer(trace, lines))[0]).toContain('test_pages_isolated')
  })

  test('times and PFNs in words are those of the file', () => {
    const trace = tell(attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`))
    const [culprit] = derive(trace).findings[0].pages[0].culprits
    expect(culprit.evidence[0].text).toBe('+1 by drv-9 in leaky_grab [leaky] at 1.200000; count then 2')
    expect(formatTime(culprit.heldFrom ?? Number.NaN, trace.clock)).toBe('1.200000')
  })
})

function citer(trace: Trace, lines: readonly string[]) {
  return (line: Parameters<typeof fileLineOf>[1]): string => lines[fileLineOf(trace, line).line - 1]
}

test('a healthy trace has no finding, whatever is held', () => {
  expect(
    derive(
      tell(`
        app-7 0 1.0 set 1 count=1 < ${FAULT}
        drv-9 0 1.2 +1 unless count=2 < ${GRAB}
        init-1 1 1.8 ${START}
        init-1 1 2.0 ${FAILED.replace('fail', 'success')}
      `),
    ).findings,
  ).toEqual([])
})

test('each failed range has its own finding, in order', () => {
  const second = FAILED.replace(
    'start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100',
    'start_pfn=0x300 end_pfn=0x400 fin_pfn=0x300',
  )
  const { ranges, findings } = derive(tell(attempt('', `init-1 1 3.0 ${second}`)))
  expect(findings.map((finding) => finding.range)).toEqual(ranges)
  expect(ranges.map((range) => range.startPfn)).toEqual([0x100, 0x300])
})

test('times of different kinds in one capture are a caveat, and said of the file', async () => {
  const counted = tracedText('app-7 0 1.0 set 1 pfn=0x900 count=1').replace('1.000000:', '90833021:')
  const trace = await tellCapture({ 'trace.txt': tracedText(attempt('')), 'counts.txt': counted })
  expect(derive(trace).findings[0].caveats.join()).toContain('do not compare')
  expect(trace.files.map((file) => file.notices.some((notice) => notice.includes('trace.txt')))).toEqual([false, true])
})

describe('a failure of the log that stands outside the trace', () => {
  const log = '[    9.000000] cma: cma_alloc: reserved: alloc failed, req-size: 256 pages, ret: -16\n'

  test('is told so, not that its clock is another', async () => {
    const trace = await tellCapture({
      'trace.txt': tracedText('app-7 0 1.0 set 1 pfn=0x900 count=1'),
      'dmesg.txt': log,
    })
    const caveats = derive(trace).findings[0].caveats.join('\n')
    expect(caveats).toContain('the failure lies outside the time that the trace covers')
    expect(caveats).not.toContain('not placed in the clock')
  })

  test('speaks of no trace where there is none', async () => {
    expect(derive(await tellCapture({ 'dmesg.txt': log })).findings[0].caveats.join()).not.toContain('all holds')
  })
})

describe('how long a hold lasted', () => {
  test('is not known on a clock that counts events', () => {
    const counted = attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`, `drv-9 0 2.2 -1 count=1 < ${RELEASE}`)
    const inCounts = tracedText(counted).replace(/ (\d+)\.(\d{6}): /g, (_, whole, part) => ` ${whole}${part}: `)
    const { findings } = derive(traceFromText(`# clock: counter\n${inCounts}`))
    expect(culprits(findings[0].pages[0])).toEqual(['leaky_grab drv-9 unknown'])
  })
})

describe('an answer that is not sure', () => {
  test('says what keeps it from being so, and a sure one says nothing of the kind', () => {
    const textsOf = (story: string): string =>
      findingOf(story)
        .pages[0].culprits[0].evidence.map(({ text }) => text)
        .join('\n')
    const doubted = attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}
      init-1 1 1.9 +1 unless count=2 < ${SCAN}
      init-1 1 1.91 -1 count=1 < ${UNSCAN}`)
    expect(textsOf(doubted)).toMatch(/not surer because: .*fewer references to spare than it took/)
    expect(textsOf(attempt(`drv-9 0 1.2 +1 unless count=2 < ${GRAB}`))).not.toContain('not surer')
  })
})
