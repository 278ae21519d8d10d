import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { zipSync } from 'fflate'
import { choose, failedRanges, type GivenFile, linkOf, openExample, otherTrace } from './capture-page.ts'

// What is not tested beside its subject of "a wrong file is never shown under a right link" (README, Promises).

const asked = otherTrace('asked.txt', 'the file of the link')
/** The same name, the same size, almost the same bytes. */
const changed = otherTrace('asked.txt', 'the f1le of the link')

function zipped({ name, bytes }: GivenFile): GivenFile {
  return { name: 'asked.zip', bytes: Buffer.from(zipSync({ [name]: bytes })) }
}

const threshold = (page: Page): Locator => page.getByRole('textbox', { name: /long-term from/ })

/** Opens the asked file somewhere, and gives the link to a place in it. */
async function linkTo(page: Page): Promise<string> {
  await page.goto('/')
  await choose(page, [asked])
  await expect(failedRanges(page)).toBeVisible()
  await threshold(page).fill('123456')
  await page.keyboard.press('Escape')
  await expect.poll(() => linkOf(page).get('threshold')).toBe('123456')
  await expect.poll(() => linkOf(page).get('f')).toMatch(/^asked\.txt~[0-9a-f]{16}/)
  return page.url()
}

/** A page of somebody who has nothing of it. */
async function elsewhere(browser: Browser): Promise<Page> {
  const context = await browser.newContext()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  return context.newPage()
}

async function isRefused(page: Page, link: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'This is not the file that the link is about' })).toBeVisible()
  await expect(failedRanges(page)).toBeHidden()
  expect(page.url()).toBe(link)
}

test('another content of the same name and size is refused, plain, in an archive, and in a tab that was opened again', async ({
  browser,
}) => {
  const link = await linkTo(await elsewhere(browser))
  const page = await elsewhere(browser)
  await page.goto(link)
  await choose(page, [changed])
  await isRefused(page, link)
  await page.reload()
  await choose(page, [zipped(changed)])
  await isRefused(page, link)
  await choose(page, [zipped(asked)])
  await expect(threshold(page)).toHaveValue('123456')
  await expect(failedRanges(page)).toBeVisible()
})

test('a file that changed since its link was made is opened under a link of its own', async ({ page }) => {
  const link = await linkTo(page)
  const hash = linkOf(page).get('f')
  await page.goto('about:blank')
  await page.goto(link)
  await choose(page, [changed])
  // Without the file the link either asks for it, or shows what is kept of the right one.
  await page.getByRole('button', { name: /^(?:Open instead|Open it anyway as a new capture)$/ }).click()
  await expect(failedRanges(page)).toBeVisible()
  await expect.poll(() => linkOf(page).get('f')).toMatch(/^asked\.txt~/)
  await expect.poll(() => linkOf(page).get('f')).not.toBe(hash)
  expect(linkOf(page).get('threshold')).toBeNull()
})

test('a link that carries its lines never shows another file that is open, and the lines when told so', async ({
  browser,
}) => {
  const sender = await elsewhere(browser)
  await openExample(sender)
  await sender.keyboard.press('Shift+S')
  const dialog = sender.getByRole('dialog', { name: 'Share' })
  await dialog.getByRole('button', { name: 'Copy the self-contained link' }).click()
  await expect(dialog.getByText('It is on the clipboard.')).toBeVisible()
  const link = await sender.evaluate(() => navigator.clipboard.readText())

  const page = await elsewhere(browser)
  await page.goto('/')
  await choose(page, [changed])
  await expect(failedRanges(page)).toBeVisible()
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash)
  await expect(page.getByText('This link carries the lines that prove what it is about')).toBeVisible()
  await expect(failedRanges(page)).toBeHidden()
  await page.getByRole('button', { name: 'Open the slice in the link instead of what is open' }).click()
  await expect(page.getByRole('region', { name: 'This is a slice' })).toContainText('lines of trace.txt.gz')
  await expect(page.getByRole('contentinfo', { name: 'Status' })).not.toContainText('asked.txt')
  expect(linkOf(page).get('f')).toBe(new URLSearchParams(link.split('?')[1]).get('f'))
})
