import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, type Locator, type Page, test } from '@playwright/test'
import {
  choose,
  drop,
  EXAMPLE_TEXT,
  EXAMPLE_TRACE,
  type GivenFile,
  linkOf,
  otherTrace,
  screenOf,
  statusLine,
} from './capture-page.ts'
import { complaintsInBoth } from './complaints.ts'

const captureOf = (name: string): readonly GivenFile[] => {
  const folder = new URL(`../fixtures/captures/${name}/`, import.meta.url)
  const names = readdirSync(folder).filter((file) => file !== 'README.md')
  return names.map((file) => ({ name: file, bytes: readFileSync(new URL(file, folder)) }))
}
const BAD = captureOf('leaky-driver-61')
const GOOD = captureOf('healthy')

const holders = (page: Page): Locator => page.getByRole('grid', { name: 'Holds of A and B by holder' })
const failures = (page: Page): Locator => page.getByRole('grid', { name: 'Failures of A and B' })
const facts = (page: Page): Locator => page.getByRole('table', { name: 'What A and B are' })
const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Inspector' })

const otherInput = (page: Page): Locator => page.locator('input[type=file][aria-label="Files to compare with"]')

async function chooseOther(page: Page, files: readonly GivenFile[]): Promise<void> {
  const payload = files.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: bytes }))
  await otherInput(page).setInputFiles(payload)
}

async function openBoth(page: Page): Promise<void> {
  await page.goto('/')
  await choose(page, BAD)
  await expect(statusLine(page)).toContainText('rejected')
  await page.keyboard.press('7')
  await expect(page.getByRole('button', { name: 'Choose files of B' })).toBeVisible()
  await chooseOther(page, GOOD)
  await expect(holders(page)).toBeVisible()
}

/** Nothing to complain of in either scheme. */
async function expectNoComplaints(page: Page, what: string): Promise<void> {
  expect(await complaintsInBoth(page), what).toEqual([])
}

test('a bad and a good kernel are compared with the keyboard alone, down to the lines of each', async ({ page }) => {
  await openBoth(page)
  await expect(page.getByRole('region', { name: 'What differs' })).toContainText('0 of 1 in B')
  await expect(page.getByRole('region', { name: 'What differs' })).toContainText('too few to tell')
  await expect(facts(page).getByRole('row', { name: /^kernel/ })).toContainText('6.1.192')
  await expect(failures(page).getByRole('row', { name: /held by leaky_/ })).toContainText('none')

  await holders(page).getByRole('row').nth(1).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect.poll(() => linkOf(page).get('crow')).toMatch(/^leaky_/)
  const row = inspector(page).getByRole('region', { name: /^leaky_/ })
  await expect(row.getByRole('table', { name: 'Measures of A and B' })).toContainText('/attempt')
  await expect(row.getByRole('region', { name: 'In A', exact: true })).toContainText('hwcomposer')
  await expect(row.getByRole('region', { name: 'In B', exact: true })).toContainText('none')
  await page.getByRole('button', { name: 'Rule' }).press('Enter')
  await expectNoComplaints(page, 'with a row chosen')
  await holders(page).getByRole('row').nth(1).focus()

  // A holder that both have: the lines of B are read from B's file.
  await page.keyboard.press('ArrowDown')
  const place = inspector(page)
    .getByRole('region', { name: 'In B', exact: true })
    .getByRole('button', { name: /:\d+$/ })
    .first()
  await place.focus()
  await page.keyboard.press('l')
  const cited = (await place.textContent()) ?? ''
  await expect.poll(() => linkOf(page).get('bevent')).toBe(cited)
  const lines = inspector(page).getByRole('region', { name: `B ${cited}` })
  await expect(lines.locator('mark')).toContainText('page_ref')
  await page.keyboard.press('Escape')
  await expect(lines).toBeHidden()

  await page.keyboard.press('b')
  await expect(page.getByRole('grid', { name: 'Holds of A and B by stack' })).toBeVisible()
  await page.keyboard.press('x')
  await expect(page.getByRole('region', { name: 'What differs' })).toContainText(/0 of 1 in A, 1 of 1 in B/)
  await expect(
    facts(page)
      .getByRole('row', { name: /^kernel/ })
      .getByRole('cell')
      .nth(1),
  ).toContainText('6.1.192')
  await page.keyboard.press('Shift+X')
  await expect(page.getByRole('button', { name: 'Choose files of B' })).toBeVisible()
  expect(linkOf(page).get('b')).toBeNull()
  await expectNoComplaints(page, 'without B')
})

test('the link asks for B by name, refuses another file, and takes the right one', async ({ page }) => {
  await openBoth(page)
  await expect.poll(() => linkOf(page).get('b')).toMatch(/^trace\S*~[0-9a-f]{16}~\d+$/)
  const link = page.url()
  await page.goto('about:blank')
  await page.goto(link)
  await choose(page, BAD)
  await expect(page.getByRole('heading', { name: 'This link compares with another capture' })).toBeVisible()
  await chooseOther(page, [otherTrace('trace.txt', 'another')])
  await expect(page.getByRole('heading', { name: 'B is not the file that the link compares with' })).toBeVisible()
  expect(page.url()).toBe(link)
  await chooseOther(page, GOOD)
  await expect(holders(page)).toBeVisible()
  expect(page.url()).toBe(link)
})

test('reading B is given up by key, and A is as it was', async ({ page }, info) => {
  await page.goto('/')
  await choose(page, BAD)
  await expect(statusLine(page)).toContainText('rejected')
  const before = await statusLine(page).textContent()
  await page.keyboard.press('7')
  const lines = EXAMPLE_TEXT.slice(EXAMPLE_TEXT.indexOf('\n#\n') + 3)
  const long = info.outputPath('long.txt')
  writeFileSync(long, EXAMPLE_TEXT + lines.repeat(Math.ceil(1e8 / lines.length)))
  await otherInput(page).setInputFiles(long)
  await expect(page.getByRole('button', { name: /^Cancel/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Choose files of B' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Cancel/ })).toBeHidden()
  expect(linkOf(page).has('b')).toBe(false)
  expect(await statusLine(page).textContent()).toBe(before)
})

test('dropped files are asked about, what cannot be read harms neither, and A stays', async ({ page }) => {
  await page.goto('/')
  await choose(page, BAD)
  await expect(statusLine(page)).toContainText('rejected')
  const before = await statusLine(page).textContent()
  await page.keyboard.press('7')
  await drop(page, [EXAMPLE_TRACE])
  const question = page.getByRole('dialog', { name: 'Open one more file' })
  await expect(question.getByRole('button', { name: 'Compare with this capture' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(holders(page)).toBeVisible()
  await chooseOther(page, [{ name: 'notes.md', bytes: Buffer.from('nothing of ours\n') }])
  await expect(page.getByRole('alert').filter({ hasText: 'notes.md' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alert').filter({ hasText: 'notes.md' })).toBeHidden()
  await expect(holders(page)).toBeVisible()
  expect(await statusLine(page).textContent()).toBe(before)
  expect(screenOf(page)).toBe('compare')
})
