import { expect, test } from '@playwright/test'
import { choose, EXAMPLE_TRACE, failedRanges, openExample, statusLine, textFile } from './capture-page.ts'

const noise = { name: 'noise.bin', bytes: Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919 + 13) % 256)) }

test('a file of no known kind is refused in words, and the ways in stay', async ({ page }) => {
  await page.goto('/')
  await choose(page, [noise])
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('noise.bin')
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(alert).toBeHidden()
})

test('an empty file is refused in words', async ({ page }) => {
  await page.goto('/')
  await choose(page, [textFile('empty.txt', '')])
  await expect(page.getByRole('alert')).toContainText('empty.txt')
})

test('files that were not read are listed while the others are open', async ({ page }) => {
  await page.goto('/')
  await choose(page, [EXAMPLE_TRACE, noise])
  await expect(failedRanges(page)).toBeVisible()
  await expect(page.getByRole('alert')).toContainText('noise.bin')
  await expect(statusLine(page)).toContainText('2 files, 1 not read')
  await page.getByRole('button', { name: 'Show in Files' }).click()
  await expect(page.getByRole('article', { name: 'noise.bin' })).toContainText('pinscope reads')
  await expect(page.getByRole('article', { name: 'noise.bin' })).toContainText('not read')
})

test('a gzip file that ends early is read as far as it goes, and says so', async ({ page }) => {
  const cut = { name: 'cut.txt.gz', bytes: EXAMPLE_TRACE.bytes.subarray(0, EXAMPLE_TRACE.bytes.length >> 1) }
  await page.goto('/')
  await choose(page, [cut])
  await expect(page.getByRole('alert')).toContainText('cut.txt.gz')
  await expect(statusLine(page)).toContainText(/[1-9]\d* events/)
})

test('what was open stays open when what is opened instead cannot be read', async ({ page }) => {
  await openExample(page)
  await choose(page, [noise])
  await page.getByRole('button', { name: 'Open instead' }).click()
  await expect(page.getByRole('alert')).toContainText('What was open before is still open.')
  await expect(failedRanges(page)).toBeVisible()
  await expect(statusLine(page)).toContainText('4 files')
})
