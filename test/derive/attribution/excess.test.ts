import { expect, test } from 'vitest'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { tellCapture } from '../../support/tell-capture.ts'
import { tracedText } from '../../support/tell.ts'
import { GRAB } from '../../support/told-stacks.ts'

const FAILED = 'test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'

/** What memory offlining and CMA dump of a page that did not migrate. */
const dumpAt = (
  seconds: string,
  refcount: number,
): string => `[    ${seconds}] page: refcount:${refcount} mapcount:1 mapping:0 index:0x7f1 pfn:0x100
[    ${seconds}] anon flags: 0x8000000000080018(uptodate|lru|swapbacked|zone=1)
[    ${seconds}] page dumped because: migration failure
`

test('of a page that is dumped in each of two attempts the excess is that of the own attempt', async () => {
  const trace = await tellCapture({
    'trace.txt': tracedText(`
      drv-9 0 1.2 +1 unless count=4 mapcount=1 < ${GRAB}
      init-1 1 2.0 ${FAILED}
      init-1 1 6.0 ${FAILED}
      oth-8 0 9.0 set 1 pfn=0x900`),
    'dmesg.txt': dumpAt('1.999000', 5) + dumpAt('5.999000', 3),
  })
  const { findings } = derive(trace)
  expect(findings.map(({ pages }) => pages[0].excess)).toEqual([3, 1])
})
