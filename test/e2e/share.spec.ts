import { readFileSync } from 'node:fs'
import { expect, type Browser, type Locator, type Page } from '@playwright/test'
import {
  choose,
  drop,
  EXAMPLE_LOG,
  EXAMPLE_OWNERS,
  EXAMPLE_TRACE,
  linkOf,
  openExample,
  statusLine,
} from './capture-page.ts'
import { complaintsInBoth } from './complaints.ts'
import { test } from './shared-page.ts'

const SIZE = { width: 1280, height: 1000 }

async function fresh(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZE })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  return context.newPage()
}

/** The page that tests share, as large as that of a reader. */
async function asSender(page: Page): Promise<Page> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.setViewportSize(SIZE)
  return page
}

/** The example at the page that blocked its first range. */
async function openPage(page: Page): Promise<void> {
  await openExample(page)
  await page.getByRole('link', { name: /^0x/ }).first().click()
  await expect.poll(() => linkOf(page).get('pfn')).not.toBeNull()
  await page.goto(page.url().replace('#/triage', '#/pfn'))
  await expect(chart(page)).toBeVisible()
}

function chart(page: Page): Locator {
  return page.getByRole('application', { name: /^References of/ })
}

/** The table of the chart: every point of it. */
async function pointsOf(page: Page): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'The same as a table' }).click()
  const table = page.getByRole('grid', { name: /as a table$/ })
  await expect(table.getByRole('row').nth(3)).toBeVisible()
  const rows = await table.getByRole('row').allTextContents()
  await page.getByRole('button', { name: 'The same as a table' }).click()
  return rows
}

async function shareDialog(page: Page): Promise<Locator> {
  await page.keyboard.press('Shift+S')
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await expect(dialog).toBeVisible()
  return dialog
}

const notice = (page: Page): Locator => page.getByRole('region', { name: 'This is a slice' })

async function carriedLink(page: Page): Promise<string> {
  const dialog = await shareDialog(page)
  await dialog.getByRole('button', { name: 'Copy the self-contained link' }).click()
  await expect(dialog.getByText('It is on the clipboard.')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.keyboard.press('Escape')
  return link
}

test('a self-contained link shows the same timeline without any file, and keeps showing it', async ({
  page,
  browser,
}) => {
  const sender = await asSender(page)
  await openPage(sender)
  const link = await carriedLink(sender)
  expect(link.length).toBeLessThanOrEqual(8000)
  const [points, picture] = [await pointsOf(sender), await chart(sender).screenshot()]
  expect(points.length).toBeGreaterThan(5)

  const reader = await fresh(browser)
  await reader.goto(link)
  await expect(notice(reader)).toContainText('lines of trace.txt.gz')
  await expect(notice(reader)).toContainText('the slice gives the same')
  await expect(chart(reader)).toBeVisible()
  expect(await pointsOf(reader)).toEqual(points)
  expect((await chart(reader).screenshot()).equals(picture)).toBe(true)

  await reader.reload()
  await expect(notice(reader)).toBeVisible()
  expect(reader.url()).toBe(link)

  // The whole capture takes the place of the slice, and what is looked at stays.
  await drop(reader, [EXAMPLE_TRACE, EXAMPLE_OWNERS, EXAMPLE_LOG])
  await reader.getByRole('button', { name: /instead/ }).click()
  await expect(notice(reader)).toHaveCount(0)
  await expect.poll(() => linkOf(reader).get('slice')).toBeNull()
  expect(linkOf(reader).get('pfn')).toBe(new URLSearchParams(link.replace(/^[^?]*\?/, '')).get('pfn'))
})

test('S shares from every chart too, where s zooms out', async ({ page }) => {
  await openPage(page)
  const charts = [
    ['#/pfn', /^References of/],
    ['#/map', /^Memory map/],
    ['#/map', /^Pages .* by time/],
  ] as const
  for (const [screen, name] of charts) {
    await page.goto(page.url().replace(/#\/\w+/, screen))
    await page.getByRole('application', { name }).first().focus()
    const link = page.url()
    await shareDialog(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    expect(page.url()).toBe(link)
  }
})

test('what leaves is listed, with other names where they are wanted', async ({ page }) => {
  await asSender(page)
  await openPage(page)
  const dialog = await shareDialog(page)
  const text = dialog.getByRole('region', { name: 'Exactly this text' })
  await expect(text).toContainText('page_ref_')
  const comm = /told: .* by (\S+)-\d+/.exec((await text.textContent()) ?? '')?.[1] ?? ''
  expect(comm).not.toBe('')
  await dialog.getByRole('checkbox', { name: /names of tasks/ }).check()
  await dialog.getByRole('checkbox', { name: /^pids/ }).check()
  await expect(text).toContainText('redacted: comms, pids')
  await expect(text).toContainText('comm-1-10001')
  await expect(text).not.toContainText(`${comm}-`)
  expect(await complaintsInBoth(page)).toEqual([])
})

test('the mail text is shown as it leaves: with its size, what people said of it, and other names', async ({
  browser,
}) => {
  const page = await fresh(browser)
  await openExample(page)
  await expect(page.getByRole('group', { name: /^Triage verdict of the / })).toBeVisible()
  await page.keyboard.press('k')
  await page.keyboard.press('3')
  await expect(statusLine(page)).toContainText('Triage verdict confirmed')
  const dialog = await shareDialog(page)
  await dialog.getByRole('radio', { name: /^Mail text/ }).check()
  const text = dialog.getByRole('region', { name: 'The text' })
  await expect(dialog.getByRole('checkbox', { name: /^what people said of it .1 verdict/ })).toBeChecked()
  await expect(text).toContainText('confirmed')
  await expect(dialog.getByText(/^\d+ bytes, \d+ lines × \d+ columns$/)).toBeVisible()
  const comm = /held by (\S+)-\d+/.exec((await text.textContent()) ?? '')?.[1] ?? ''
  expect(comm).not.toBe('')
  for (const name of [/names of tasks/, /^pids/]) await dialog.getByRole('checkbox', { name }).check()
  await expect(text).toContainText(/held by\s+comm-\d+-10\d\d\d/)
  await expect(text).not.toContainText(`${comm}-`)
  await dialog.getByRole('checkbox', { name: /^what people said of it/ }).uncheck()
  await expect(text).not.toContainText('confirmed')
  await dialog.getByRole('button', { name: 'Copy the mail text' }).click()
  await expect(dialog.getByText('It is on the clipboard.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text.textContent())
  await dialog.getByRole('radio', { name: /^JSON/ }).check()
  await expect(text).toContainText(/"comm": "comm-\d+"/)
  expect(await complaintsInBoth(page)).toEqual([])
})

test('is done with keys alone', async ({ page, browser }) => {
  await asSender(page)
  await openPage(page)
  const dialog = await shareDialog(page)
  await expect(dialog.getByRole('radio', { name: /Self-contained link/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('radio', { name: /Slice file/ })).toBeChecked()
  const saved = page.waitForEvent('download')
  const save = dialog.getByRole('button', { name: 'Save the slice file' })
  await expect(save).toBeEnabled() // the lines are gathered
  await save.focus()
  await page.keyboard.press('Enter')
  const download = await saved
  expect(download.suggestedFilename()).toMatch(/^0x[0-9a-f]+\.pinscope-slice\.json\.gz$/)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  // The file opens as any file does, at what it is about.
  const reader = await fresh(browser)
  await reader.goto('/')
  await choose(reader, [{ name: 'any.gz', bytes: readFileSync(await download.path()) }])
  await expect(notice(reader)).toBeVisible()
  await expect.poll(() => linkOf(reader).get('pfn')).toBe(linkOf(page).get('pfn'))
  await expect(statusLine(reader)).toContainText('slice of 4 files')
})

test('a damaged slice says so, and the link still asks for its file', async ({ page, browser }) => {
  const sender = await asSender(page)
  await openPage(sender)
  const link = await carriedLink(sender)
  const reader = await fresh(browser)
  await reader.goto(link.slice(0, -40))
  await expect(reader.getByRole('alert')).toContainText('This slice cannot be read: it is damaged')
  await expect(reader.getByRole('heading', { name: /This link is about/ })).toBeVisible()
})
