import { expect, type Locator, type Page } from '@playwright/test'
import { choose, EXAMPLE_TRACE, linkOf, openExample, screenOf, textFile } from './capture-page.ts'
import { complaintsInBoth } from './complaints.ts'
import { slow, test } from './shared-page.ts'

const table = (page: Page): Locator => page.getByRole('grid', { name: 'Events in time order' })
const filter = (page: Page): Locator => page.getByRole('combobox', { name: 'filter' })
const total = (page: Page): Locator => page.getByRole('search').getByRole('status').first()
const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Inspector' })

async function openEvents(page: Page): Promise<void> {
  await openExample(page)
  await page.keyboard.press('6')
  await expect(total(page)).toHaveText(/^\d+ events$/)
}

async function totalOf(page: Page): Promise<number> {
  return Number.parseInt((await total(page).textContent()) ?? '', 10)
}

test('keys alone: a filter is typed with completion, mended, applied, and its events are stepped through', async ({
  page,
}) => {
  await openEvents(page)
  const all = await totalOf(page)
  await page.keyboard.press('f')
  await expect(filter(page)).toBeFocused()
  await page.keyboard.type('op:mod_u')
  await expect(page.getByRole('option', { name: /^mod_unless/ })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(filter(page)).toHaveValue('op:mod_unless ')
  await page.keyboard.type('cuont>3')
  await expect(page.getByText('no field cuont')).toBeVisible()
  await expect(filter(page)).toHaveAccessibleDescription(/no field cuont/)
  for (let at = 0; at < 'cuont>3'.length; at++) await page.keyboard.press('Backspace')
  await page.keyboard.type('count>2')
  await expect(page.getByText('no field cuont')).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(total(page)).toHaveText(new RegExp(`^\\d+ of ${all} events$`))
  const found = await totalOf(page)
  expect(found).toBeGreaterThan(1)
  expect(linkOf(page).get('q')).toBe('op:mod_unless count>2')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await page.keyboard.press('End')
  await expect(table(page).locator(`[data-row="${found - 1}"]`)).toHaveAttribute('aria-selected', 'true')
  await expect(inspector(page).locator('mark')).toContainText('page_ref_mod_unless')
  await page.keyboard.press('g')
  await page.keyboard.press('g')
  await expect(table(page).locator('[data-row="0"]')).toHaveAttribute('aria-selected', 'true')
  // Pressed faster than they are answered, they lead as many events on.
  await slow(page, 6)
  await Promise.all([']', ']', ']', ']', ']'].map((key) => page.keyboard.press(key)))
  await expect(table(page).locator('[data-row="5"]')).toHaveAttribute('aria-selected', 'true')
  await Promise.all(['[', '['].map((key) => page.keyboard.press(key)))
  await expect(table(page).locator('[data-row="3"]')).toHaveAttribute('aria-selected', 'true')
  await slow(page, 1)
  await page.keyboard.press('Shift+G')
  await expect(table(page).locator(`[data-row="${found - 1}"]`)).toHaveAttribute('aria-selected', 'true')
})

test('keys that are pressed faster than completions come write what they would have written slowly', async ({
  page,
}) => {
  await openEvents(page)
  await page.keyboard.press('f')
  await expect(filter(page)).toBeFocused()
  await slow(page, 8)
  const keys = [...'op:mod_u'.split(''), 'Tab', ...'count>3'.split(''), 'Backspace', '2', 'Home', 'End']
  await Promise.all(keys.map((key) => page.keyboard.press(key)))
  await expect(filter(page)).toHaveValue('op:mod_unless count>2')
  await page.keyboard.press('Enter')
  await expect.poll(() => linkOf(page).get('q')).toBe('op:mod_unless count>2')
  // In the middle of a text the caret stays behind what was completed.
  const middle = ['Home', ...'ret:0 cou '.split(''), 'ArrowLeft', 'Tab', '1']
  await Promise.all(middle.map((key) => page.keyboard.press(key)))
  await expect(filter(page)).toHaveValue(/^ret:0 count:1 op:mod_unless count>2$/)
  // A Tab that completes nothing goes on, however late that is known.
  await Promise.all([...' ret:0 '.split(''), 'Tab'].map((key) => page.keyboard.press(key)))
  await expect(filter(page)).not.toBeFocused()
})

test('keys alone: an interval is told apart from the rest, and nothing is to complain of', async ({ page }) => {
  await openEvents(page)
  const all = await totalOf(page)
  const bars = page.getByRole('slider', { name: /^Events over time/ })
  await bars.focus()
  await page.keyboard.press('Home')
  for (let at = 0; at < 6; at++) await page.keyboard.press('Shift+PageDown')
  await expect(bars).toHaveAttribute('aria-valuetext', /about \d+ of \d+ events match/)
  await page.keyboard.press('Enter')
  await expect.poll(() => linkOf(page).has('from') && linkOf(page).has('to')).toBe(true)
  await expect.poll(() => totalOf(page)).toBeLessThan(all)
  await page.keyboard.press('d')
  const rows = page.getByRole('grid', { name: /^What differs by/ })
  await expect(rows.locator('[data-row="0"]')).toContainText('of')
  await rows.locator('[data-row="0"]').focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => linkOf(page).get('q')).toMatch(/^hash:[0-9a-f]{16}$/)
  await page.keyboard.press('x')
  await expect.poll(() => linkOf(page).has('from')).toBe(false)
  await page.keyboard.press('c')
  await page.keyboard.press('f')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('cuont>3 sta')
  await expect(page.getByRole('option').first()).toBeVisible()
  await expect(page.getByText('no field cuont')).toBeVisible()
  expect(await complaintsInBoth(page)).toEqual([])
})

test('a link shows its filter, columns and selected event; a wrong filter is not applied in silence', async ({
  page,
}) => {
  await openEvents(page)
  await page.keyboard.press('f')
  await page.keyboard.type('-op:freeze')
  await page.keyboard.press('Enter')
  await expect(total(page)).toHaveText(/ of \d+ events$/)
  const found = await totalOf(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('c')
  await page.getByRole('checkbox', { name: 'mapcount' }).press('Space')
  await page.keyboard.press('Shift+G')
  await expect.poll(() => linkOf(page).get('event')).toMatch(/^:\d+$/)
  const url = page.url()
  await page.goto('about:blank')
  await page.goto(url)
  await choose(page, [EXAMPLE_TRACE])
  await expect(table(page).locator(`[data-row="${found - 1}"]`)).toHaveAttribute('aria-selected', 'true')
  await expect(filter(page)).toHaveValue('-op:freeze')
  await expect(table(page).getByRole('columnheader', { name: 'mapcount' })).toHaveCount(0)

  await page.evaluate((q) => {
    window.location.hash = window.location.hash.replace(/([?&]q=)[^&]*/, `$1${encodeURIComponent(q)}`)
  }, 'op:set cuont>3')
  await expect(page.getByRole('alert')).toContainText('The filter is not applied and no event is listed')
  await expect(total(page)).toHaveText('not applied')
  await expect(table(page)).toHaveAttribute('aria-rowcount', '1')
  await page.getByRole('button', { name: 'Drop the filter', exact: true }).press('Enter')
  await expect(total(page)).toHaveText(/^\d+ events$/)

  // Older links narrow by name and task, beside the filter; a PFN leads to its timeline.
  await page.evaluate(() => {
    window.location.hash += '&name=page_ref_mod_unless&filter=isp-d&pfn=0x1f048'
  })
  await expect.poll(() => totalOf(page)).toBe(1)
  await expect(table(page).locator('[data-row="0"]')).toContainText('isp-daemon-71')
  await page.getByRole('button', { name: 'Drop the filter event page_ref_mod_unless' }).press('Enter')
  await page.getByRole('button', { name: 'Drop the filter task isp-d' }).press('Enter')
  await expect.poll(() => totalOf(page)).toBeGreaterThan(3)
  await table(page).locator('[data-row="3"]').click()
  await expect.poll(() => linkOf(page).has('event')).toBe(true)
  const event = linkOf(page).get('event')
  await table(page).locator('[data-row="3"]').getByRole('button', { name: '0x1f048' }).click()
  await expect.poll(() => screenOf(page)).toBe('pfn')
  expect(linkOf(page).get('event')).toBe(event)
})

test('an event that no reader knows is kept by its name, counted and found', async ({ page }) => {
  const head =
    '# tracer: nop\n#\n#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n#              | |         |   |||||     |         |\n'
  const line = (time: string, event: string) => `           drv-9       [002] .....     ${time}: ${event}\n`
  await page.goto('/')
  await choose(page, [
    textFile(
      'mixed.txt',
      head +
        line('1.000000', 'page_ref_set: pfn=0x100 flags=none count=1 mapcount=0 mapping=(nil) mt=1 val=1') +
        line('1.500000', 'my_driver_map: cookie=0xbeef len=4096') +
        line('2.000000', 'my_driver_map: cookie=0xcafe len=8192'),
    ),
  ])
  await expect.poll(() => linkOf(page).has('f')).toBe(true)
  await page.keyboard.press('6')
  await expect(total(page)).toHaveText('3 events')
  await page.keyboard.press('f')
  await page.keyboard.type('op:my_driver_map')
  await page.keyboard.press('Enter')
  await expect(total(page)).toHaveText('2 of 3 events')
  await table(page).locator('[data-row="1"]').click()
  await expect(inspector(page).locator('mark')).toContainText('my_driver_map: cookie=0xcafe len=8192')
})
