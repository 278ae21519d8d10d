import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Page } from '@playwright/test'
import { choose, EXAMPLE_LOG, EXAMPLE_OWNERS, EXAMPLE_TRACE, failedRanges, screenOf } from './capture-page.ts'
import { complaintsInBoth } from './complaints.ts'
import { test } from './shared-page.ts'

const FILES = [EXAMPLE_TRACE, EXAMPLE_OWNERS, EXAMPLE_LOG]
const launcher = fileURLToPath(new URL('../../src/cli/pinscope.mjs', import.meta.url))

/** What `pinscope report` prints of the same files. */
function printed(...options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'pinscope-mail-'))
  for (const { name, bytes } of FILES) writeFileSync(join(folder, name), bytes)
  try {
    return execFileSync(process.execPath, [launcher, 'report', ...options, folder]).toString()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText())
}

test('one key copies the mail that the command line prints, and the other forms are behind it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/')
  await choose(page, FILES)
  await expect(failedRanges(page)).toBeVisible()
  await page.keyboard.press('Shift+E')
  const dialog = page.getByRole('dialog', { name: 'This finding as text' })
  await expect(dialog.getByText('Copied.')).toBeVisible()
  const mail = await clipboard(page)
  expect(mail).toMatch(/^Subject: mm/)
  expect(mail).toBe(printed('--format', 'mail'))
  await expect(dialog.getByText(`${mail.trimEnd().split('\n').length} lines ×`)).toBeVisible()
  expect(await complaintsInBoth(page)).toEqual([])

  await dialog.getByText('Markdown', { exact: true }).click()
  await expect(dialog.locator('pre')).toContainText('### Who holds it')
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(dialog.getByText('Copied.')).toBeVisible()
  expect(await clipboard(page)).toBe(printed('--format', 'markdown'))

  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('on the screen of a page the key tells that page', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/')
  await choose(page, FILES)
  await expect(failedRanges(page)).toBeVisible()
  const { failure } = JSON.parse(printed('--format', 'json', '--failure', '1')) as {
    readonly failure: { readonly blockingPfns: readonly number[] } // as README.md describes it
  }
  const pfn = `0x${failure.blockingPfns[0].toString(16)}`
  await page.evaluate((asked) => {
    location.hash = `${location.hash.replace(/^#\/\w+/, '#/pfn')}&pfn=${asked}`
  }, pfn)
  await expect.poll(() => screenOf(page)).toBe('pfn')
  await page.keyboard.press('Shift+E')
  await expect(page.getByRole('dialog').getByText('Copied.')).toBeVisible()
  expect(await clipboard(page)).toBe(printed('--format', 'mail', '--pfn', pfn))
})
