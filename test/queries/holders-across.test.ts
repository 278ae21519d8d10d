import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { holdersAcross } from '../../src/queries/holders-across.ts'
import { gatherReport } from '../../src/report/report-facts.ts'
import { reportText } from '../../src/report/report-text.ts'
import { tell } from '../support/tell.ts'
import { FAULT, GRAB, SPLICE } from '../support/told-stacks.ts'

/** A driver holds a page in each of two ranges, a pipe two pages in one of them. */
const STORY = `
  app-7 0 1.0 set 1 pfn=0x100 count=1 < ${FAULT}
  app-7 0 1.0 set 1 pfn=0x180 count=1 < ${FAULT}
  app-7 0 1.0 set 1 pfn=0x181 count=1 < ${FAULT}
  app-7 0 1.0 set 1 pfn=0x300 count=1 < ${FAULT}
  drv-9 0 1.1 +1 unless pfn=0x100 count=2 < ${GRAB}
  drv-9 0 1.1 +1 unless pfn=0x300 count=2 < ${GRAB}
  cam-6 0 1.2 +1 unless pfn=0x180 count=2 < ${SPLICE}
  cam-6 0 1.2 +1 unless pfn=0x181 count=2 < ${SPLICE}
  init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
  init-1 1 3.0 test_pages_isolated: start_pfn=0x300 end_pfn=0x400 fin_pfn=0x300 ret=fail
  oth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}
`

test('holders are ranked by the ranges that they blocked, then by pages, each once', () => {
  const trace = tell(STORY)
  const holders = holdersAcross(trace, derive(trace))
  expect(holders.map(({ task, holder, rangeIds, pages }) => [task.comm, holder, rangeIds.length, pages])).toEqual([
    ['drv', 'leaky_grab [leaky]', 2, 2],
    ['cam', '__do_sys_vmsplice', 1, 2],
  ])
})

test('a report over several ranges begins with who blocks them', () => {
  const trace = tell(STORY)
  const text = reportText(gatherReport(trace, derive(trace)))
  expect(text).toMatch(
    /Failed ranges by culprit \(2 groups over 2 failed ranges\)\n {3}leaky_grab \[leaky\] {2}drv-9 {2}blocks 2 ranges, 2 pages; leak; very likely 0\.\d\d: 1, 2\n/,
  )
  expect(text.indexOf('Failed ranges by culprit')).toBeLessThan(text.indexOf('1. contig'))
  expect(text).toMatch(/^rules: built-in v\d+$/m)
  expect(text).toMatch(/^Hidden: \d+ of \d+ holds; /m)
})
