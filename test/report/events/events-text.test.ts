import { expect, test } from 'vitest'
import { derive } from '../../../src/derive/derive.ts'
import { findEvents } from '../../../src/queries/events.ts'
import { eventJson } from '../../../src/report/events/events-json.ts'
import { eventHead, eventLines, eventWidths } from '../../../src/report/events/events-text.ts'
import { filterHelpText } from '../../../src/report/events/filter-help-text.ts'
import { tell } from '../../support/tell.ts'

const trace = tell(`
  app-7   0 1.000000 set 1 count=1 < post_alloc_hook do_anonymous_page
  drv-9   1 1.200000 +1 count=2 < leaky_grab[leaky] vfs_ioctl
  drv-9   1 1.300000 +1 unless count=4
  drv-9   1 1.400000 +1 refused pfn=0x2001f count=0
  init-1  0 1.500000 freeze 2 refused count=4
  init-1  0 2.000000 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
`)
const { rows } = findEvents(trace, { offset: 0, limit: 100 }, derive(trace))

test('events are printed as rows that can be grepped', async () => {
  const widths = eventWidths(rows)
  await expect(eventHead(widths) + eventLines(rows, widths)).toMatchFileSnapshot('events-text.golden.txt')
})

test('events are given to machines, each with no more than its line tells', async () => {
  const text = rows.map((event) => JSON.stringify(eventJson(event))).join('\n')
  await expect(`${text}\n`).toMatchFileSnapshot('events-json.golden.txt')
})

test('the filter language is documented in full', async () => {
  await expect(filterHelpText()).toMatchFileSnapshot('filter-help.golden.txt')
})
