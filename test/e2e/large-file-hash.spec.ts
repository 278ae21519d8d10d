import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { EXAMPLE_TEXT, failedRanges, linkOf } from './capture-page.ts'

const LARGE_BYTES = 64 * 2 ** 20
const PIECE_BYTES = 16 * 2 ** 20
const folder = mkdtempSync(join(tmpdir(), 'pinscope-hash-'))
const large = join(folder, 'large.txt')
const other = join(folder, 'other.txt')
const LARGE_TEXT = EXAMPLE_TEXT.repeat(Math.ceil((LARGE_BYTES + 1) / EXAMPLE_TEXT.length))

test.beforeAll(() => {
  writeFileSync(large, LARGE_TEXT)
  writeFileSync(other, `${LARGE_TEXT}# the end\n`)
})
test.afterAll(() => rmSync(folder, { recursive: true }))

/** As README says what a large file is known by. */
function hashOf(path: string): string {
  const bytes = readFileSync(path)
  const all = createHash('sha256')
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    all.update(
      createHash('sha256')
        .update(bytes.subarray(at, at + PIECE_BYTES))
        .digest(),
    )
  return all.digest('hex')
}

async function choose(page: Page, path: string): Promise<void> {
  await page.locator('input[type=file][aria-label=Files]').setInputFiles(path)
}

test('a large file is shown before it is hashed; its link waits, and opens that file and no other', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/')
  await choose(page, large)
  await expect(failedRanges(page)).toBeVisible()
  // How far hashing is by now is not for a test to say: what is seen meanwhile is tried without a browser.
  expect(linkOf(page).get('f')).toMatch(/^large\.txt~(samples-)?[0-9a-f]{16}~\d+$/)
  await page.keyboard.press('y')
  await expect(page.getByRole('dialog', { name: 'Link copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const hash = hashOf(large)
  expect(link).toContain(`f=large.txt~${hash.slice(0, 16)}`)
  await expect.poll(() => page.url()).toBe(link)
  await page.keyboard.press('Escape')
  await page.keyboard.press('9')
  await expect(page.getByText(hash)).toBeVisible()

  const opened = await context.newPage()
  await opened.goto(link)
  await choose(opened, other)
  await expect(opened.getByText('This is not the file that the link is about')).toBeVisible()
  await choose(opened, large)
  await expect(failedRanges(opened)).toBeVisible()
  expect(opened.url()).toBe(link)
})
