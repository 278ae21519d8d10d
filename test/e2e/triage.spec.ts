import { expect, type Locator, type Page } from '@playwright/test'
import { tracedText } from '../support/tell.ts'
import { choose, EXAMPLE_OWNERS, failedRanges, linkOf, openExample, screenOf, textFile } from './capture-page.ts'
import { test } from './shared-page.ts'

const FAULT = '__page_ref_set get_page_from_freelist do_anonymous_page handle_mm_fault'
const GUP = '__page_ref_mod_unless try_get_folio get_user_pages_fast'

/** Failed ranges of 0x400 pages: most blocked by a driver, some by a pipe, some by both, and one of which nothing is traced. */
function manyRanges(count: number): string {
  const lines = Array.from({ length: count }, (_, at) => (at === count - 1 ? untraced(at) : held(at))).flat()
  return `# tracer: nop\n#\n${tracedText([...lines, `oth-8 0 9.0 set 1 pfn=0x900 count=1 < ${FAULT}`].join('\n'))}\n`
}

function held(at: number): readonly string[] {
  const pages = [
    { pfn: startOf(at) + 5, isDriver: at % 3 !== 2 },
    { pfn: startOf(at) + 9, isDriver: false },
  ]
  const blocking = at % 4 === 1 ? pages : pages.slice(0, 1)
  return [
    ...blocking.map(({ pfn }) => `app-7 0 ${timeOf(at, 0)} set 1 pfn=${hex(pfn)} count=1 < ${FAULT}`),
    ...blocking.map(({ pfn, isDriver }) => {
      const [task, stack] = isDriver ? ['drv-9', 'leaky_grab[leaky] vfs_ioctl'] : ['pipe-12', '__do_sys_vmsplice']
      return `${task} 0 ${timeOf(at, 2)} +1 unless pfn=${hex(pfn)} count=2 < ${GUP} ${stack}`
    }),
    ...untraced(at),
  ]
}

/** What the kernel says when it fails. */
function untraced(at: number): readonly string[] {
  const range = `start_pfn=${hex(startOf(at))} end_pfn=${hex(startOf(at + 1))} fin_pfn=${hex(startOf(at) + 5)}`
  return [`init-1 1 ${timeOf(at, 8)} test_pages_isolated: ${range} ret=fail`]
}

function startOf(at: number): number {
  return 0x1000 + at * 0x400
}

function timeOf(at: number, addMs: number): string {
  return (1 + at * 0.01 + addMs / 1000).toFixed(6)
}

function hex(pfn: number): string {
  return `0x${pfn.toString(16)}`
}

async function openMany(page: Page, count: number): Promise<void> {
  await page.goto('/')
  await choose(page, [textFile('many.txt', manyRanges(count))])
  await expect(failedRanges(page)).toBeVisible()
}

const list = (page: Page): Locator => page.getByRole('treegrid', { name: 'Failed ranges' })
const answer = (page: Page): Locator => page.getByRole('region', { name: 'Answer' })
const evidence = (page: Page): Locator => page.getByRole('region', { name: /^Evidence/ })
const rangeRows = (page: Page): Locator => list(page).locator('tr[aria-level="2"]')

test('from the sentence to the proof and back, by keys alone', async ({ page }) => {
  await openExample(page)
  await page.mouse.move(0, 0) // what scrolls under a pointer that rests is pointed at
  await expect(answer(page).getByRole('heading')).toContainText(
    /^pfn 0x[0-9a-f]+ blocked \[0x[0-9a-f]+, 0x[0-9a-f]+\): held by /,
  )
  await expect(answer(page)).toContainText(/(very likely|likely|possible|can't tell) \d\.\d\d/)
  await expect(list(page).locator('tr[aria-level="1"]').first()).toContainText(/blocks 1 range/)

  await page.keyboard.press('u')
  const row = rangeRows(page).first()
  await expect(row).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(evidence(page)).toBeFocused()
  await expect(evidence(page)).toBeInViewport()
  const facts = evidence(page)
    .getByRole('list', { name: /^Evidence for/ })
    .first()
  await expect(facts.getByRole('button', { name: /^trace\.txt\.gz:\d+$/ }).first()).toBeVisible()
  await expect(facts).not.toContainText('page_ref_mod_unless: pfn=')
  await page.keyboard.press('x')
  await expect(facts).toContainText('page_ref_mod_unless: pfn=')
  expect(linkOf(page).get('tlines')).toBe('1')
  await page.keyboard.press('x')

  const mark = page.getByRole('button', { name: /^Evidence 1: / })
  await expect(mark).toHaveAttribute('data-cited', 'false')
  const number = facts.getByRole('button', { name: '1: show what it cites' })
  await number.focus()
  await expect(mark).toHaveAttribute('data-cited', 'true')
  await page.keyboard.press('Enter')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.locator('mark')).toContainText('page_ref_mod_unless')
  await page.keyboard.press('Escape')
  await expect(inspector.locator('mark')).toBeHidden()

  await page.keyboard.press('e')
  await expect(evidence(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(row).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(list(page).locator('tr[aria-level="1"]').first()).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(rangeRows(page)).toHaveCount(1) // of the second culprit of the range
  await page.keyboard.press('ArrowRight')
  await expect(rangeRows(page)).toHaveCount(2)
})

test('the timeline under the facts has their numbers, zooms without the link, and leads to the page', async ({
  page,
}) => {
  await openExample(page)
  const pfn = /0x[0-9a-f]+/.exec((await answer(page).getByRole('heading').textContent()) ?? '')?.[0] ?? 'no page'
  const timeline = page.getByRole('region', { name: `References of ${pfn}` })
  await expect(timeline.getByRole('application')).toBeVisible()
  await expect(timeline.getByRole('button', { name: /^cma failed on/ })).toBeVisible()
  const link = page.url()
  const readout = timeline.getByRole('figure').first().getByRole('status')
  const whole = await readout.textContent()
  await timeline.getByRole('button', { name: /^Zoom in/ }).click()
  await expect(readout).not.toHaveText(whole ?? '')
  expect(page.url()).toBe(link)
  await timeline
    .getByRole('button', { name: /driver \/ DMA/ })
    .first()
    .press('Enter')
  await expect.poll(() => screenOf(page)).toBe('pfn')
  expect(linkOf(page).get('pfn')).toBe(pfn)
})

test('many ranges: grouped, stepped through, chosen and folded by keys, and the link has it all', async ({ page }) => {
  await openMany(page, 12)
  const groups = list(page).locator('tr[aria-level="1"]')
  await expect(groups.first()).toContainText(/^▾?\s*leaky_grab \[leaky\] drv-9blocks \d+ ranges/)
  await expect(groups.last()).toContainText('no holder can be named')
  const first = await answer(page).getByRole('heading').textContent()
  await page.keyboard.press('n')
  await expect(answer(page)).toContainText(/range 2 of \d+/)
  await expect(answer(page).getByRole('heading')).not.toHaveText(first ?? '')
  await expect(list(page).getByRole('row', { selected: true })).toHaveCount(1)
  await page.keyboard.press('Shift+N')
  await expect(answer(page).getByRole('heading')).toHaveText(first ?? '')

  await page.keyboard.press('z')
  await expect(rangeRows(page)).toHaveCount(0)
  await page.keyboard.press('n') // unfolds the group of what it leads to
  await expect(list(page).getByRole('row', { selected: true })).toBeVisible()
  await page.keyboard.press('z')
  await page.keyboard.press('b')
  await expect(page.getByRole('combobox', { name: 'group by' })).toHaveValue('trigger')
  expect(linkOf(page).get('tgroup')).toBe('trigger')
  for (let at = 0; at < 4; at++) await page.keyboard.press('b')
  await expect(page.getByRole('combobox', { name: 'group by' })).toHaveValue('culprit')
  for (let at = 0; at < 4; at++) await page.keyboard.press('v')
  await expect(page.getByRole('combobox', { name: 'found verdict' })).toHaveValue('unknown')
  await expect(rangeRows(page)).toHaveCount(1)
  await page.keyboard.press('v')
  await page.keyboard.press('f')
  await page.keyboard.type('pipe-12')
  await expect(page.getByRole('status').filter({ hasText: /^\d+ listed$/ })).toBeVisible()
  await expect.poll(() => linkOf(page).get('tfilter')).toBe('pipe-12')
  const link = page.url()
  await page.goto('about:blank')
  await page.goto(link)
  await choose(page, [textFile('many.txt', manyRanges(12))])
  await expect(page.getByRole('textbox', { name: 'filter' })).toHaveValue('pipe-12')
  await page.getByRole('textbox', { name: 'filter' }).fill('nobody')
  await expect(page.getByText(/^None of the \d+ failed ranges is listed/)).toBeVisible()
  await expect(answer(page)).toBeVisible()
})

test('headings sort both ways, and then as usual again', async ({ page }) => {
  await openMany(page, 12)
  await list(page).getByRole('button', { name: 'pages' }).click()
  await list(page).getByRole('button', { name: 'failed at' }).click()
  expect(linkOf(page).get('tsort')).toBe('time')
  await list(page).getByRole('button', { name: 'failed at' }).click()
  expect(linkOf(page).get('tup')).toBe('1')
  await list(page).getByRole('button', { name: 'failed at' }).click()
  expect(linkOf(page).get('tsort')).toBeNull()
})

test('half a screen is enough for the sentence, the list and the facts', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 900 })
  await openExample(page)
  await expect(answer(page).getByRole('heading')).toBeInViewport({ ratio: 1 })
  await expect(rangeRows(page).first()).toBeInViewport()
  const overflow = await page.evaluate(() => {
    const main = document.querySelector('main')
    return main === null ? 1 : main.scrollWidth - main.clientWidth
  })
  expect(overflow).toBe(0)
})

test('the threshold is live: a hold shorter than it is transient', async ({ page }) => {
  await openExample(page)
  const group = list(page)
    .getByRole('row', { name: /__do_sys_vmsplice/ })
    .first()
  await expect(group).toContainText('long-term')
  await page.getByRole('textbox', { name: /long-term from/ }).fill('6000000')
  await expect(group).toContainText('transient')
  expect(linkOf(page).get('threshold')).toBe('6000000')
  await page.getByRole('textbox', { name: /long-term from/ }).fill('soon')
  await expect(page.getByRole('textbox', { name: /long-term from/ })).toHaveAttribute('aria-invalid', 'true')
  expect(linkOf(page).get('threshold')).toBe('6000000')
})

test('a link to a range that these files do not have says so and shows the first', async ({ page }) => {
  await openExample(page)
  const url = new URL(page.url())
  await page.goto(`${url.href}&failure=offline-0x0-0x1-1`)
  await expect(page.getByText('is not among those of these files')).toBeVisible()
  await expect(answer(page).getByRole('heading')).toBeVisible()
})

test('without a failure it says what was looked for and how to record one', async ({ page }) => {
  await page.goto('/')
  await choose(page, [EXAMPLE_OWNERS])
  await expect(page.getByRole('heading', { name: 'No failed range in these files' })).toBeVisible()
  await expect(page.getByText('These files hold no page_ref events')).toBeVisible()
  await expect(page.getByText('options/stacktrace')).toBeVisible()
})

test('of a failure that only the kernel log tells of, nobody is blamed, and it says what to record', async ({
  page,
}) => {
  await page.goto('/')
  await choose(page, [
    textFile(
      'dmesg.txt',
      '[    2.014161] page: refcount:2 mapcount:1 mapping:0000000000000000 index:0x0 pfn:0x100\n[    2.014170] alloc_contig_range: [100, 200) PFNs busy\n',
    ),
  ])
  await expect(failedRanges(page)).toBeVisible()
  await expect(list(page).locator('tr[aria-level="1"]').first()).toContainText(
    /no (holder can be named|blocking page is known)/,
  )
  await evidence(page).getByRole('button', { name: 'Record' }).click()
  await expect.poll(() => screenOf(page)).toBe('record')
})

test('an attempt whose end cannot be understood is told where a failure would be', async ({ page }) => {
  const garbled = 'test_pages_isolated: start_pfn=0x100 end_pfn=0x2z0 fin_pfn=0x180 ret=fail'
  await page.goto('/')
  await choose(page, [textFile('garbled.txt', `# tracer: nop\n#\n${tracedText(`init-1 0 3.7 ${garbled}`)}\n`)])
  const told = page.getByText('1 event ends an attempt and cannot be understood').locator('..')
  await expect(told).toContainText('so a failed range may be missing: test_pages_isolated')
  await told.getByRole('button', { name: 'garbled.txt:3' }).click()
  await expect(page.getByRole('complementary', { name: 'Inspector' }).locator('mark')).toContainText('end_pfn=0x2z0')

  const both = tracedText(`init-1 0 3.7 ${garbled}\ninit-1 0 3.8 ${garbled.replace('0x2z0', '0x200')}`)
  await page.goto('/')
  await choose(page, [textFile('both.txt', `# tracer: nop\n#\n${both}\n`)])
  await expect(failedRanges(page)).toBeVisible()
  await expect(told.getByRole('button', { name: 'both.txt:3' })).toBeVisible()
})

test('with page_ref events but no failure it does not blame the kernel configuration, and says what succeeded', async ({
  page,
}) => {
  const got = 'cma_alloc_finish: name=reserved pfn=0x900 page=00000000f0f0f0f0 count=256 align=0 errorno=0'
  const story = `cat-71 0 3.6 set 1 pfn=0x1fb59 count=1 < ${FAULT}\ninit-1 0 3.7 ${got}`
  await page.goto('/')
  await choose(page, [textFile('quiet.txt', `# tracer: nop\n#\n${tracedText(story)}\n`)])
  await expect(page.getByRole('heading', { name: 'No failed range in these files' })).toBeVisible()
  await expect(page.getByText('These files hold no page_ref events')).toBeHidden()
  const succeeded = page.getByRole('list', { name: 'What succeeded' })
  await expect(succeeded).toContainText('The allocation of 256 pages from CMA area reserved at 3.700000 succeeded')
  await succeeded.getByRole('button', { name: /^quiet\.txt:\d+$/ }).click()
  await expect(page.getByRole('complementary', { name: 'Inspector' }).locator('mark')).toContainText('errorno=0')
})
