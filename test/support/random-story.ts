import * as fc from 'fast-check'

const STACKS = [
  'leaky_grab[leaky] vfs_ioctl',
  '__do_sys_vmsplice do_syscall_64',
  'try_grab_folio pin_user_pages_fast drv_map[drv]',
  'do_anonymous_page handle_mm_fault',
  'exit_mmap mmput do_exit',
  'folio_add_lru do_anonymous_page',
  'isolate_migratepages_block alloc_contig_range',
  '',
]

const operations = [
  'set 1',
  '+1',
  '+1',
  '+1',
  '+4',
  '+1024',
  '+1023',
  '-1',
  '-1',
  '-1',
  '-2',
  '-4',
  '-1024',
  '-1 plain',
  '-1 return',
  '+1 unless',
  '+1 refused',
  'freeze 2',
  'freeze 2 refused',
  'unfreeze 2',
]

const step = fc.record({
  operation: fc.constantFrom(...operations),
  page: fc.integer({ min: 0, max: 2 }),
  task: fc.constantFrom('app-7', 'drv-9', 'kworker/0:1-20', '<idle>-0'),
  cpu: fc.integer({ min: 0, max: 1 }),
  count: fc.integer({ min: 0, max: 4 }),
  stack: fc.constantFrom(...STACKS),
  gapUs: fc.constantFrom(0, 1, 15, 30, 1000, 400_000),
})

/** Any order of operations on few pages, possible in a kernel or not: nothing may break on what a file can say. */
export function referenceStory(): fc.Arbitrary<string> {
  return fc.array(step, { minLength: 1, maxLength: 40 }).map((steps) => {
    let timeUs = 1_000_000
    return steps
      .map(({ operation, page, task, cpu, count, stack, gapUs }) => {
        timeUs += gapUs
        const seconds = `${Math.floor(timeUs / 1e6)}.${String(timeUs % 1e6).padStart(6, '0')}`
        const frames = stack === '' ? '' : ` < ${stack}`
        return `${task} ${cpu} ${seconds} ${operation} pfn=0x${100 + page} count=${count}${frames}`
      })
      .join('\n')
  })
}
