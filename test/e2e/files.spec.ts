import { createHash } from 'node:crypto'
import { expect, test } from '@playwright/test'
import {
  choose,
  EXAMPLE_TEXT,
  EXAMPLE_TRACE,
  linkOf,
  openExample,
  screenOf,
  statusLine,
  textFile,
} from './capture-page.ts'

test('every line of every file is accounted for', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('5')
  const accounts = page.getByText(/\d+ parsed \+ \d+ skipped \+ \d+ rejected = \d+/)
  await expect(accounts).toHaveCount(4)
  for (const account of await accounts.allTextContents()) {
    const [parsed, skipped, rejected, total] = (account.match(/\d+/g) ?? []).map(Number)
    expect(parsed + skipped + rejected).toBe(total)
  }
  const trace = page.getByRole('article', { name: 'trace.txt.gz' })
  await expect(trace).toContainText(createHash('sha256').update(EXAMPLE_TRACE.bytes).digest('hex'))
  await expect(trace).toContainText(`= ${EXAMPLE_TEXT.split('\n').length - 1}`)
})

test('each part of the status line opens its list', async ({ page }) => {
  await openExample(page)
  for (const [part, heading] of [
    [/^rejected/, /^Rejected lines/],
    [/^lost/, /^Lost events/],
    [/^depot/, /^Stack depot/],
    [/^\d+ events/, /^Events \d+/],
    [/^\d+ files/, /^Files \d+/],
  ] as const) {
    await statusLine(page).getByRole('button', { name: part }).click()
    await expect(page.getByRole('region', { name: heading })).toBeFocused()
    await expect(page.getByRole('heading', { name: heading })).toBeInViewport()
  }
  await statusLine(page)
    .getByRole('button', { name: /hidden$/ })
    .click()
  await expect.poll(() => screenOf(page)).toBe('pinners')
})

test('rejected lines are shown with number, text and reason', async ({ page }) => {
  const lines = EXAMPLE_TEXT.split('\n').slice(0, 200)
  lines.splice(100, 0, '@@@ what is this @@@')
  await page.goto('/')
  await choose(page, [textFile('odd.txt', lines.join('\n'))])
  await expect(statusLine(page)).toContainText('rejected 1')
  await statusLine(page).getByRole('button', { name: 'rejected 1' }).click()
  const rejected = page.getByRole('region', { name: /^Rejected lines/ })
  await expect(rejected).toContainText('@@@ what is this @@@')
  await rejected.getByRole('button', { name: 'odd.txt:101' }).click()
  await expect(page.locator('mark')).toHaveText('@@@ what is this @@@')
})

test('events are counted by name, found by part of it, and lead to their rows', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('5')
  const events = page.getByRole('region', { name: /^Events/ })
  await expect(events.getByRole('link', { name: 'page_ref_unfreeze' })).toBeVisible()
  const counts = await events.getByRole('listitem').allTextContents()
  const sum = counts.map((text) => Number(/\d+$/.exec(text)?.[0])).reduce((a, b) => a + b, 0)
  expect(sum).toBe(EXAMPLE_TEXT.split('\n').filter((line) => / \d+\.\d+: (?!<)\w/.test(line)).length)
  await events.getByRole('textbox').fill('unfreeze')
  await events.getByRole('link', { name: 'page_ref_unfreeze' }).click()
  await expect.poll(() => screenOf(page)).toBe('events')
  expect(linkOf(page).get('name')).toBe('page_ref_unfreeze')
})
