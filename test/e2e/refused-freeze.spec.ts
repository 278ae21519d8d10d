import { expect, type Page, test } from '@playwright/test'
import { choose, failedRanges, linkOf, textFile } from './capture-page.ts'

const HEAD =
  '# tracer: nop\n#\n#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n#              | |         |   |||||     |         |\n'

/** An event line, and its stack where there is one. */
function event(task: string, time: string, text: string, stack = ''): string {
  const head = `${task.padStart(16)} [000] ..... ${time.padStart(12)}:`
  const frames = stack.split(' ').map((frame) => ` => ${frame}\n`)
  return `${head} ${text}\n${stack === '' ? '' : `${head} <stack trace>\n${frames.join('')}`}`
}

function ref(kind: string, count: number, tail: string): string {
  return `page_ref_${kind}: pfn=0x100 flags=uptodate|lru count=${count} mapcount=-1 mapping=00000000a1b2c3d4 mt=4 ${tail}`
}

/** A page of the page cache that a driver holds, and whose migration the kernel refuses twice. */
const REFUSED = [
  HEAD,
  event('cat-7', '1.000000', ref('set', 1, 'val=1'), '__page_ref_set page_cache_ra_unbounded'),
  event('cat-7', '1.100000', ref('mod', 2, 'val=1'), '__page_ref_mod __filemap_add_folio filemap_add_folio'),
  event('cat-7', '1.150000', ref('mod_and_test', 1, 'val=-1 ret=0'), '__page_ref_mod_and_test __folio_put read_pages'),
  event('drv-9', '1.200000', ref('mod_unless', 2, 'val=1 ret=1'), '__page_ref_mod_unless leaky_grab leaky_ioctl'),
  event('init-1', '2.000000', ref('mod_unless', 3, 'val=1 ret=1'), '__page_ref_mod_unless isolate_migratepages_block'),
  ...['2.300000', '2.500000'].map((time) =>
    event('init-1', time, ref('freeze', 3, 'val=2 ret=0'), '__page_ref_freeze folio_migrate_mapping migrate_pages'),
  ),
  event('init-1', '2.600000', ref('mod_and_test', 2, 'val=-1 ret=0'), '__page_ref_mod_and_test putback_movable_pages'),
  event('init-1', '3.000000', 'test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'),
  event('cat-7', '9.000000', ref('set', 1, 'val=1').replace('0x100', '0x900')),
].join('')

const SAID =
  'migration by init-1 in folio_migrate_mapping was refused 2 times, from 2.300000 to 2.500000: ' +
  'it expected 2 references, its own among them, and found 3, 1 too many (val=2 count=3 ret=0)'

async function openRefused(page: Page): Promise<void> {
  await page.goto('/')
  await choose(page, [textFile('refused.txt', REFUSED)])
  await expect(failedRanges(page)).toBeVisible()
  const link = linkOf(page)
  link.set('pfn', '0x100')
  await page.goto(`/#/pfn?${link.toString()}`)
}

test('a refused freeze is a numbered fact of the page, and its moments are marked on the chart', async ({ page }) => {
  await openRefused(page)
  const fact = page.getByRole('list', { name: 'What tells of 0x100' }).getByRole('listitem').filter({ hasText: SAID })
  await expect(fact.getByRole('button')).toHaveText(['4', 'refused.txt:28', 'refused.txt:33'])
  // Numbers that would lie over each other share one button, which says all of them.
  for (const time of ['2.300000', '2.500000'])
    await expect(page.getByRole('button', { name: `4: ${SAID}, at ${time}` })).toBeVisible()
})

test('the attempt and the event say who was refused', async ({ page }) => {
  await openRefused(page)
  const attempt = 'migration in folio_migrate_mapping refused 2 times: expected 2 references, found 3, 1 too many'
  await expect(page.getByRole('button', { name: new RegExp(`^failed 2\\.000000 .*${attempt}`) })).toBeVisible()
  const events = page.getByRole('grid', { name: 'Events of this page in the window' })
  await expect(events.getByRole('gridcell', { name: 'freeze 2 refused (migration)' })).toHaveCount(2)
  await page.getByRole('button', { name: 'The same as a table' }).click()
  await expect(page.getByRole('gridcell', { name: attempt })).toBeVisible()
})
