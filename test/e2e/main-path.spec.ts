import { readdirSync, readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { drop, failedRanges, type GivenFile, linkOf, screenOf } from './capture-page.ts'

/** A driver holds a page of the CMA area with a FOLL_PIN pin while the area is allocated. */
const FOLDER = new URL('../fixtures/captures/longterm-driver/', import.meta.url)
const CAPTURE: readonly GivenFile[] = readdirSync(FOLDER)
  .filter((name) => name !== 'truth.json')
  .map((name) => ({ name, bytes: readFileSync(new URL(name, FOLDER)) }))

/** What a person would compare two screens by. */
async function whatIsShown(page: Page): Promise<object> {
  const chart = page.getByRole('figure', { name: /^References of/ })
  await chart.getByRole('button', { name: 'The same as a table' }).click()
  const rows = chart.getByRole('grid').getByRole('row')
  await expect(rows.nth(1)).toBeVisible()
  const shown = {
    headings: await page.getByRole('heading').allTextContents(),
    lifetime: await page.getByRole('combobox', { name: 'Lifetime' }).inputValue(),
    selected: await page
      .getByRole('grid', { name: 'Events of this page in the window' })
      .getByRole('row', { selected: true })
      .textContent(),
    line: await page.locator('mark').textContent(),
    chart: await rows.allTextContents(),
  }
  await chart.getByRole('button', { name: 'The same as a table' }).click()
  return shown
}

test('from a dropped capture to the holder, and by a link back to the same view', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/')
  // No room for an index: a link that finds one, which a slow machine has time to keep, opens without the files.
  const { origin } = new URL(page.url())
  await (await context.newCDPSession(page)).send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  await drop(page, CAPTURE)

  await expect(failedRanges(page)).toHaveText('Failed ranges 1')
  const answer = page.getByRole('region', { name: 'Answer' }).getByRole('heading')
  await expect(answer).toContainText(
    'pfn 0x1f49c blocked [0xdc00, 0x1fc00): held by v4l2-ctl-67 in cap_qbuf since 2.465',
  )
  await expect(page.getByRole('figure', { name: 'References of 0x1f49c around the failure' })).toBeVisible()

  await page
    .getByRole('region', { name: /^Blocking pages/ })
    .getByRole('link', { name: '0x1f49c' })
    .click()
  await expect(page.getByRole('heading', { name: 'pfn 0x1f49c' })).toBeVisible()
  const events = page.getByRole('grid', { name: 'Events of this page in the window' })
  await events.getByRole('row', { name: /page_ref_mod_unless.*cap_qbuf/ }).click()
  await expect(page.locator('mark')).toContainText('page_ref_mod_unless: pfn=0x1f49c')
  const before = await whatIsShown(page)

  await page.keyboard.press('y')
  await expect(page.getByRole('dialog', { name: 'Link copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(page.url())
  await page.keyboard.press('Escape')

  await page.reload()
  await expect(page.getByRole('heading', { name: 'This link is about trace.txt.gz' })).toBeVisible()
  await drop(page, CAPTURE)
  await expect(page.locator('mark')).toBeVisible()
  expect(page.url()).toBe(link)
  expect(await whatIsShown(page)).toEqual(before)
})

test('a link opened elsewhere shows the same once the files are there', async ({ page, browser }) => {
  await page.goto('/')
  await drop(page, CAPTURE)
  await page.getByRole('link', { name: '0x1f49c' }).first().click()
  await expect(page.getByRole('heading', { name: 'pfn 0x1f49c' })).toBeVisible()
  const events = page.getByRole('grid', { name: 'Events of this page in the window' })
  await expect(events.getByRole('row', { name: /page_ref_/ }).first()).toBeVisible() // the key steps through them
  await page.keyboard.press(']')
  await expect(page.locator('mark')).toBeVisible()
  await page.getByRole('button', { name: 'Zoom in (w or +)' }).click()
  await expect.poll(() => linkOf(page).get('from')).not.toBeNull()
  const before = await whatIsShown(page)

  const elsewhere = await browser.newContext()
  const other = await elsewhere.newPage()
  await other.goto(page.url())
  await drop(other, CAPTURE)
  await expect(other.locator('mark')).toBeVisible()
  expect(other.url()).toBe(page.url())
  expect(await whatIsShown(other)).toEqual(before)
  await elsewhere.close()
})

test('two files of the same name are told apart', async ({ page }) => {
  const [trace] = CAPTURE.filter(({ name }) => name === 'trace.txt.gz')
  await page.goto('/')
  await drop(page, [trace, { ...trace, bytes: Buffer.concat([trace.bytes, trace.bytes]) }])
  await expect(failedRanges(page)).toBeVisible()
  await page.keyboard.press('9')
  await expect.poll(() => screenOf(page)).toBe('files')
  await expect(page.getByRole('article', { name: 'trace.txt.gz', exact: true })).toBeVisible()
  await expect(page.getByRole('article', { name: 'trace.txt.gz (2)', exact: true })).toBeVisible()
})
