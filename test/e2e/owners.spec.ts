import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import { choose, type GivenFile, linkOf, openExample, screenOf, statusLine } from './capture-page.ts'
import { complaints, complaintsInBoth } from './complaints.ts'
import { test } from './shared-page.ts'

const SERIES: readonly GivenFile[] = [3, 1, 2].map((number) => ({
  name: `series-${number}.txt.gz`,
  bytes: readFileSync(new URL(`../fixtures/owners/series-${number}.txt.gz`, import.meta.url)),
}))

const groups = (page: Page, by: string): Locator => page.getByRole('treegrid', { name: `Allocations by ${by}` })
const misplaced = (page: Page): Locator => page.getByRole('grid', { name: 'Allocations of the wrong migratetype' })
const totals = (page: Page): Locator => page.getByRole('main').locator('output').first()

async function openSeries(page: Page): Promise<void> {
  await page.goto('/')
  await choose(page, SERIES)
  await expect(statusLine(page)).toContainText('3 files')
  await page.keyboard.press('5')
  await expect(groups(page, 'stack')).toBeVisible()
}

test('by keyboard: what lies wrong leads to its holders; groups open to stacks, pages and raw lines', async ({
  page,
}) => {
  await openSeries(page)
  await expect(page.getByText(/^Wrong migratetype: 4 allocations in CMA/)).toBeVisible()
  await page.keyboard.press('w')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => linkOf(page).get('pfn')).toBe('0x34d5')
  await expect(misplaced(page).getByRole('row', { selected: true })).toContainText('Unmovable · pageblock is CMA')
  await page.keyboard.press('Enter')
  await expect.poll(() => screenOf(page)).toBe('pfn')
  await page.keyboard.press('5')
  await expect(groups(page, 'stack')).toBeVisible()

  await page.keyboard.press('b')
  const task = groups(page, 'task').getByRole('row', { name: /\binit-1\b/ })
  await expect(task).toContainText('510')
  await page.keyboard.press('f')
  await page.keyboard.type('__rb_allocate_pages')
  await expect(
    page.getByText(/^1 task · 343 pages, 1372 KiB \(1404928 bytes\) in 343 allocations of 1587 pages/),
  ).toBeVisible()
  await task.focus()
  await page.keyboard.press('ArrowRight')
  await expect(groups(page, 'task').getByRole('row', { level: 2 })).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('grid', { name: 'Pages of this stack' }).getByRole('row').nth(1)).toContainText('0x')
  await expect.poll(() => linkOf(page).get('stack')).toMatch(/^[0-9a-f]{16}$/)
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('336 pages, 1344 KiB')
  expect(await complaints(page)).toEqual([])
})

test('by keyboard: dumps are compared, and all of them make a trend; the link keeps it', async ({ page }) => {
  await openSeries(page)
  await page.keyboard.press('m')
  const compared = page.getByRole('grid', { name: 'Stacks of two dumps' })
  await expect(compared.getByRole('row').nth(1)).toContainText('▲ grown')
  await expect(totals(page)).toContainText('+ new')
  await expect(page.getByText('dumps in order of their newest allocation')).toBeVisible()
  await compared.getByRole('button', { name: 'pages after' }).press('Enter')
  await compared.getByRole('button', { name: 'allocated in' }).press('Shift+Enter')
  await expect.poll(() => linkOf(page).get('owner-compare-sort')).toBe('after,name')

  await page.keyboard.press('m')
  const trend = page.getByRole('grid', { name: 'Stacks over all dumps' })
  const first = trend.getByRole('row').nth(1)
  await expect(first).toContainText('__rb_allocate_pages')
  await expect(first).toContainText('▲ in each')
  await expect(page.getByRole('img', { name: /^Pages of 8 stacks over 3 dumps/ })).toBeVisible()
  await first.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('button', { name: /__rb_allocate_pages/, pressed: true })).toBeVisible()
  expect(await complaintsInBoth(page)).toEqual([])
  await trend.getByRole('button', { name: 'allocated in' }).press('Shift+Enter')
  await expect.poll(() => linkOf(page).get('owner-trend-sort')).toBe('growth,name')
  expect(linkOf(page).get('owners')).toBe('trend')
  await page.keyboard.press('m')
  await expect(groups(page, 'stack').getByRole('row', { selected: true })).toContainText('__rb_allocate_pages')
})

test('a capture without page_owner says what it is and how to get it', async ({ page }) => {
  await page.goto('/')
  await choose(page, [
    { name: 'dmesg.txt', bytes: readFileSync(new URL('../fixtures/dmesg/linux-6.12.txt', import.meta.url)) },
  ])
  await expect(statusLine(page)).toContainText('1 file')
  await page.keyboard.press('5')
  await expect(page.getByText('No page_owner dump in this capture.')).toBeVisible()
  await page.getByRole('button', { name: 'How to record it, step by step' }).press('Enter')
  await expect.poll(() => screenOf(page)).toBe('record')
})

test('the example names who allocated its pages', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('5')
  await expect(groups(page, 'stack').getByRole('row').nth(1)).toBeVisible()
  await expect(page.getByText(/^page_owner says who allocated, never who holds/)).toBeVisible()
})
