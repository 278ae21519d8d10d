import { expect, type Locator, type Page, test } from '@playwright/test'
import { choose, EXAMPLE_TRACE, linkOf, openExample, screenOf, textFile } from './capture-page.ts'

const table = (page: Page): Locator => page.getByRole('grid', { name: 'Events in time order' })
const total = (page: Page): Locator => page.getByRole('search').getByRole('status')

async function openEvents(page: Page): Promise<void> {
  await openExample(page)
  await page.keyboard.press('6')
  await expect(total(page)).toHaveText(/^\d+ events$/)
}

async function totalOf(page: Page): Promise<number> {
  return Number.parseInt((await total(page).textContent()) ?? '', 10)
}

test('every event is listed, and the last is one key away', async ({ page }) => {
  await openEvents(page)
  const count = await totalOf(page)
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(count + 1))
  await table(page).locator('[data-row="0"]').focus()
  await page.keyboard.press('End')
  const last = table(page).locator(`[data-row="${count - 1}"]`)
  await expect(last).toBeFocused()
  await expect(last).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('PageUp')
  await expect(last).toHaveAttribute('aria-selected', 'false')
  await page.keyboard.press('Home')
  await expect(table(page).locator('[data-row="0"]')).toBeFocused()
})

test('a selected event is found again from the link, wherever it is', async ({ page }) => {
  await openEvents(page)
  const count = await totalOf(page)
  await table(page).locator('[data-row="0"]').focus()
  await page.keyboard.press('End')
  await expect.poll(() => linkOf(page).get('event')).toContain('trace.txt.gz:')
  const url = page.url()
  await page.goto('about:blank')
  await page.goto(url)
  await choose(page, [EXAMPLE_TRACE])
  await expect(table(page).locator(`[data-row="${count - 1}"]`)).toHaveAttribute('aria-selected', 'true')
})

test('filters hold together, each in the link, each can be dropped', async ({ page }) => {
  await openEvents(page)
  const all = await totalOf(page)
  await page.getByRole('combobox', { name: 'Event name' }).selectOption('page_ref_mod_unless')
  await expect.poll(() => totalOf(page)).toBeLessThan(all)
  const named = await totalOf(page)
  await page.getByRole('textbox', { name: 'task' }).fill('isp-d')
  await expect.poll(() => totalOf(page)).toBeLessThan(named)
  await page.getByRole('textbox', { name: 'pfn' }).fill('1f048')
  await expect(page.getByRole('textbox', { name: 'pfn' })).toHaveValue('0x1f048')
  await expect.poll(() => totalOf(page)).toBe(1)
  await expect(table(page).locator('[data-row="0"]')).toContainText('isp-daemon-71')
  expect(Object.fromEntries(linkOf(page))).toMatchObject({
    name: 'page_ref_mod_unless',
    filter: 'isp-d',
    pfn: '0x1f048',
  })
  await page.getByRole('textbox', { name: 'task' }).fill('')
  await page.getByRole('textbox', { name: 'pfn' }).fill('')
  await expect.poll(() => totalOf(page)).toBe(named)
})

test('nothing that passes is said, and a PFN that is none is objected to', async ({ page }) => {
  await openEvents(page)
  await page.getByRole('textbox', { name: 'task' }).fill('no such task')
  await expect(page.getByText('No event passes these filters.')).toBeVisible()
  await page.getByRole('textbox', { name: 'pfn' }).fill('do_tee')
  await expect(page.getByText('a PFN in hex')).toBeVisible()
  expect(linkOf(page).has('pfn')).toBe(false)
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
  await page.getByRole('combobox', { name: 'Event name' }).selectOption({ label: 'my_driver_map (2)' })
  await expect(total(page)).toHaveText('2 events')
  await expect(table(page).locator('[data-row="1"]')).toContainText('2.000000')
  await table(page).locator('[data-row="1"]').click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.locator('mark')).toContainText('my_driver_map: cookie=0xcafe len=8192')
})

test('a PFN leads to its timeline with the event still selected', async ({ page }) => {
  await openEvents(page)
  await page.getByRole('textbox', { name: 'pfn' }).fill('0x1f048')
  await expect.poll(() => totalOf(page)).toBeLessThan(100)
  await table(page).locator('[data-row="3"]').click()
  await expect.poll(() => linkOf(page).has('event')).toBe(true)
  const event = linkOf(page).get('event')
  await table(page).locator('[data-row="3"]').getByRole('button', { name: '0x1f048' }).click()
  await expect.poll(() => screenOf(page)).toBe('pfn')
  expect(linkOf(page).get('event')).toBe(event)
})

test('brackets pressed faster than they are answered lead as many events on', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('6')
  const events = page.getByRole('grid', { name: 'Events in time order' })
  await expect(events.locator('[data-row="0"]')).toBeVisible()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await Promise.all([']', ']', ']', ']', ']'].map((key) => page.keyboard.press(key)))
  await expect(events.locator('[data-row="4"]')).toHaveAttribute('aria-selected', 'true')
  await Promise.all(['[', '['].map((key) => page.keyboard.press(key)))
  await expect(events.locator('[data-row="2"]')).toHaveAttribute('aria-selected', 'true')
})
