import { expect, type Locator, type Page } from '@playwright/test'
import { linkOf, openExample, screenOf } from './capture-page.ts'
import { complaints, complaintsInBoth } from './complaints.ts'
import { slow, test } from './shared-page.ts'

const map = (page: Page): Locator => page.getByRole('application', { name: /^Memory map/ })
const heat = (page: Page): Locator => page.getByRole('application', { name: /^Pages .* by time/ })
/** What stands under the map: the cell that the keyboard is on. */
const facts = (page: Page): Locator =>
  page
    .locator('output')
    .filter({ hasText: /0x[0-9a-f]+.* · / })
    .first()

async function openMap(page: Page): Promise<void> {
  await openExample(page)
  await page.keyboard.press('4')
  await expect(map(page)).toBeVisible()
  await expect(heat(page)).toBeVisible()
}

test('the keyboard alone leads from all of memory to the page that blocked, and to its timeline', async ({ page }) => {
  await openMap(page)
  await page.keyboard.press('f')
  await expect(map(page)).toBeFocused()
  await page.keyboard.press('n')
  await expect(facts(page)).toContainText('blocked')
  const isPage = async (): Promise<boolean> => (await facts(page).textContent())?.startsWith('pfn 0x') === true
  for (let step = 0; step < 6 && !(await isPage()); step++) {
    await page.keyboard.press('Enter')
    await expect(async () => {
      await page.keyboard.press('n')
      await expect(facts(page)).toContainText(/times blocked [1-9]/, { timeout: 1000 })
    }).toPass()
  }
  await expect(facts(page)).toContainText(/^pfn 0x[0-9a-f]+ · times blocked 1/)
  await page.keyboard.press('Space')
  await expect.poll(() => linkOf(page).get('pfn')).toMatch(/^0x/)
  const pfn = linkOf(page).get('pfn') ?? ''
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('excess')
  await page.keyboard.press('m')
  await expect.poll(() => linkOf(page).get('mapby')).toBe('holds')
  await page.keyboard.press('Enter')
  await expect.poll(() => screenOf(page)).toBe('pfn')
  await expect(page.getByRole('heading', { name: new RegExp(pfn) }).first()).toBeVisible()
  await page.keyboard.press('4')
  await expect(map(page)).toBeVisible()
  expect(linkOf(page).get('pfn')).toBe(pfn)
})

test('a PFN is gone to, zoomed around by the wheel, and all of memory is shown again', async ({ page }) => {
  await openMap(page)
  await page.keyboard.press('j')
  await page.keyboard.type('0xffffffff')
  await page.keyboard.press('Enter')
  await expect(page.getByText('no file knows of 0xffffffff')).toBeVisible()
  const window = await page.evaluate(() => document.querySelector('[data-map]')?.getBoundingClientRect().toJSON())
  await page.mouse.move(window.x + window.width / 2, window.y + window.height / 2)
  await expect(facts(page)).toBeVisible()
  const pointed = (await facts(page).locator('b').textContent()) ?? ''
  const [start, end] = [...pointed.matchAll(/0x[0-9a-f]+/g)].map(([text]) => Number(text))
  await page.mouse.wheel(0, -300)
  await expect.poll(() => linkOf(page).get('mapat')).toMatch(/^0x/)
  await page.mouse.move(window.x + window.width / 2 + 1, window.y + window.height / 2)
  await expect(facts(page).locator('b')).not.toHaveText(pointed)
  const closer = Number(/0x[0-9a-f]+/.exec((await facts(page).locator('b').textContent()) ?? '')?.[0])
  expect(closer).toBeGreaterThanOrEqual(start - (end - start))
  expect(closer).toBeLessThanOrEqual(end)
  await map(page).focus()
  await page.keyboard.press('0')
  await expect.poll(() => linkOf(page).get('mapat')).toBeNull()
})

test('PFN × time has a cursor, says what it is on, and leads to the page at that time', async ({ page }) => {
  await openMap(page)
  await page.keyboard.press('Shift+F')
  await expect(heat(page)).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('End')
  const line = page.locator('output').filter({ hasText: / to .* · events \d+/ })
  await expect(line).toBeVisible()
  await page.keyboard.press('+')
  await expect.poll(() => linkOf(page).get('from')).not.toBeNull()
  await page.keyboard.press('Enter')
  await expect.poll(() => screenOf(page)).toBe('pfn')
  expect(linkOf(page).get('from')).not.toBeNull()
})

test('the mouse zooms to what it is dragged over, and hands pages to PFN × time with Shift', async ({ page }) => {
  await openMap(page)
  const drag = async (keys: readonly string[]): Promise<void> => {
    const box = await map(page).boundingBox()
    if (!box) throw new Error('no map')
    for (const key of keys) await page.keyboard.down(key)
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.4, { steps: 3 })
    await page.mouse.up()
    for (const key of keys) await page.keyboard.up(key)
  }
  await drag(['Shift'])
  await expect.poll(() => linkOf(page).get('maprange')).toMatch(/^0x/)
  expect(linkOf(page).get('mapat')).toBeNull()
  const range = linkOf(page).get('maprange') ?? ''
  await expect(page.getByRole('textbox', { name: 'pfns' })).toHaveValue(range)
  await drag([])
  await expect.poll(() => linkOf(page).get('mapat')).toMatch(/^0x/)
  expect(linkOf(page).get('mapat')?.split('-')[0]).toBe(range.split('-')[0])
  await page.getByRole('img', { name: /^In sight/ }).click({ position: { x: 2, y: 4 } })
  await expect.poll(() => linkOf(page).get('mapat')?.split('-')[0]).not.toBe(range.split('-')[0])
})

test('holds are those at the trace’s end, or at the failed range that is selected', async ({ page }) => {
  await openMap(page)
  await page.keyboard.press('m')
  const legend = page.getByRole('list', { name: /^Legend: / }).first()
  await expect(legend).toContainText('holds open as the trace ends')
  await page.keyboard.press(']')
  await page.keyboard.press('e')
  await expect(legend).toContainText(/held at the failure at [0-9.]+/)
  await expect.poll(() => linkOf(page).get('heldat')).not.toBeNull()
  await page.keyboard.press('f')
  await page.keyboard.press('n')
  await expect(facts(page)).toContainText(/held at [0-9.]+ [1-9]/)
})

test('the map and its tables have nothing to complain of, light and dark', async ({ page }) => {
  await openExample(page)
  // Pressed before the map knows its cells, the keys wait for them.
  await slow(page, 6)
  await page.keyboard.press('4')
  await expect(map(page)).toBeVisible()
  await Promise.all(['f', 'n', 'Space'].map((key) => page.keyboard.press(key)))
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('blocked')
  await slow(page, 1)
  await expect(heat(page)).toBeVisible()
  expect(await complaintsInBoth(page)).toEqual([])
  await page.keyboard.press('b')
  await expect(page.getByRole('grid', { name: 'Pageblocks in sight' }).getByRole('row').nth(1)).toBeVisible()
  await page.getByRole('button', { name: 'PFN × time as a table' }).press('Enter')
  await expect(
    page
      .getByRole('grid', { name: /^PFN × time/ })
      .getByRole('row')
      .nth(1),
  ).toBeVisible()
  expect(await complaints(page)).toEqual([])
})
