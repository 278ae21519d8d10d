import { readFileSync } from 'node:fs'
import { expect, test as alone } from '@playwright/test'
import { openExample, screenOf } from './capture-page.ts'
import { test } from './shared-page.ts'

test('by keys alone: a row, a cell, a table and a stack leave as text, Markdown, CSV and JSON', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await openExample(page)
  await page.keyboard.press('9')
  await expect.poll(() => screenOf(page)).toBe('files')
  const table = page.getByRole('grid').first()
  const row = table.locator('tr[tabindex="0"]')
  await row.focus()
  await page.keyboard.press('Control+c')
  const line = await copied()
  expect(line.trim().split(/ {2,}/).length).toBeGreaterThan(1)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Control+c')
  expect(line).toContain(await copied())

  // The menu, from the row: Markdown of the row, then CSV and JSON of the table.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+Y')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('m')
  await page.keyboard.press('Enter')
  await expect.poll(copied).toMatch(/^\| .* \|\n\| -{3}/)
  await expect(page.getByText('copied as Markdown')).toBeVisible()
  await page.keyboard.press('Shift+Y')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await copied()).startsWith('[')).toBe(true)
  expect(Array.isArray(JSON.parse(await copied()))).toBe(true)
})

alone('where the clipboard is refused the text is saved', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await openExample(page)
  await page.keyboard.press('9')
  await page.getByRole('grid').first().locator('tr[tabindex="0"]').focus()
  await page.keyboard.press('Shift+Y')
  const download = page.waitForEvent('download')
  await page.keyboard.press('c')
  await page.keyboard.press('Enter')
  const file = await download
  expect(file.suggestedFilename()).toMatch(/\.csv$/)
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/\r\n$/)
})
