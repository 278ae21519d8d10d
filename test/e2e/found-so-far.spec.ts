import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { EXAMPLE_TEXT, failedRanges, linkOf, openExample, statusLine } from './capture-page.ts'

/** The example so often behind itself: long enough to be seen while it is read. */
const COPIES = 20
const folder = mkdtempSync(join(tmpdir(), 'pinscope-large-'))
const LARGE = join(folder, 'large.txt')

test.beforeAll(() => {
  const file = openSync(LARGE, 'w')
  for (let copy = 0; copy < COPIES; copy++) writeSync(file, EXAMPLE_TEXT)
  closeSync(file)
})

test.afterAll(() => rmSync(folder, { recursive: true }))

async function chooseLarge(page: Page): Promise<void> {
  await page.locator('input[type=file][aria-label=Files]').setInputFiles(LARGE)
}

function foundSoFar(page: Page): Locator {
  return page.getByRole('region', { name: /failed ranges? found so far/ })
}

test('failed ranges of a large file are listed while it is read, and nobody is named', async ({ page }) => {
  await page.goto('/')
  await chooseLarge(page)
  const rows = foundSoFar(page).getByRole('row', { name: /0x/ })
  await expect(rows.first()).toContainText(/\[0x[0-9a-f]+, 0x[0-9a-f]+\).*allocation.*\d+\.\d+/)
  // The load is still under way.
  await expect(page.getByRole('status', { name: 'Reading' })).toBeVisible()
  await expect(failedRanges(page)).toBeHidden()
  await expect(foundSoFar(page)).toContainText('Who holds their pages is judged when the files are read whole')
  const told = await rows.first().getByRole('rowheader').textContent()
  await expect(failedRanges(page)).toBeVisible({ timeout: 90_000 })
  await expect(foundSoFar(page)).toBeHidden()
  await expect(page.getByRole('row', { name: told ?? 'a range' }).first()).toBeVisible()
})

test('a count of them is spoken, and the list is reached by keys', async ({ page }) => {
  await page.goto('/')
  await chooseLarge(page)
  await expect(foundSoFar(page).getByRole('status')).toHaveText(/failed ranges? found so far/)
  await foundSoFar(page).getByRole('region', { name: 'List of what was found so far' }).focus()
  await expect(foundSoFar(page).getByRole('columnheader')).toHaveText([
    'range',
    'what failed',
    'failed at',
    'times',
    'told in',
  ])
})

test('a load that is cancelled leaves nothing where nothing was loaded', async ({ page }) => {
  await page.goto('/')
  await chooseLarge(page)
  await expect(foundSoFar(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(foundSoFar(page)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
})

test('and leaves what was loaded before, over which no other list was laid', async ({ page }) => {
  await openExample(page)
  const before = linkOf(page).get('f')
  await chooseLarge(page)
  await page.getByRole('button', { name: 'Open instead' }).click()
  const reading = page.getByRole('status', { name: 'Reading' })
  await expect(reading).toContainText('found so far')
  await expect(failedRanges(page)).toBeVisible()
  await expect(foundSoFar(page)).toBeHidden()
  await reading.getByRole('button', { name: 'Cancel' }).click()
  await expect(reading).toBeHidden()
  await expect(statusLine(page)).toContainText('4 files')
  expect(linkOf(page).get('f')).toBe(before)
})
