import { expect, test } from 'vitest'
import { putHabitOf } from '../../../src/derive/attribution/hold-habits.ts'
import { derive } from '../../../src/derive/derive.ts'
import { tell } from '../../support/tell.ts'

const THRESHOLD_NS = 300_000_000

test('the habit of a function that puts is told by the holds of which the get is traced too', () => {
  const trace = tell(`
    wr-7   0 1.000 +1 pfn=0x101 count=2 < look_up[fs]
    wr-7   0 1.001 -1 pfn=0x101 count=1 < look_done[fs]
    wr-7   0 1.100 +1 pfn=0x102 count=2 < look_up[fs]
    wr-7   0 1.900 -1 pfn=0x102 count=1 < look_done[fs]
    wr-7   0 2.000 -1 pfn=0x103 count=1 < look_done[fs]
    wr-7   0 2.100 -1 pfn=0x104 count=1 < other_done[fs]
  `)
  const { holds } = derive(trace)
  const habitOfPage = (pfn: number): unknown => {
    const hold = Array.from(holds.page).indexOf(trace.pages.find(pfn))
    return putHabitOf(trace, holds, hold, THRESHOLD_NS)
  }
  expect(habitOfPage(0x103)).toEqual({ given: 2, short: 1 })
  expect(habitOfPage(0x104)).toBeUndefined()
})
