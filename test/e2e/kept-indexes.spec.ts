import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { choose, EXAMPLE_TEXT, failedRanges, linkOf, otherTrace, statusLine } from './capture-page.ts'
import { complaintsInBoth } from './complaints.ts'

const folder = mkdtempSync(join(tmpdir(), 'pinscope-kept-'))
const large = join(folder, 'large.txt')
/** A whole second: what is finer is lost on the way back. */
const WRITTEN_AT = 1_700_000_000
const other = join(folder, 'other.txt')

/** Large enough to be read in parts and to be kept as such; what is not of the example is read quickly. */
const LARGE_TEXT = EXAMPLE_TEXT + `# ${'-'.repeat(97)}\n`.repeat(52_000)

test.beforeAll(() => {
  writeFileSync(large, LARGE_TEXT)
  writeFileSync(other, `${LARGE_TEXT}# the end\n`)
})
test.afterAll(() => rmSync(folder, { recursive: true }))

async function openFile(page: Page, path = large): Promise<void> {
  await page.locator('input[type=file][aria-label=Files]').setInputFiles(path)
  await expect(failedRanges(page)).toBeVisible()
}

/** Where it came from, as the Files screen says it. */
async function origin(page: Page): Promise<Locator> {
  await page.keyboard.press('9')
  return page
    .getByRole('region', { name: /^Files \d+$/ })
    .getByRole('status')
    .first()
}

/** Opens the file and waits until its index is kept. */
async function keep(page: Page, path = large): Promise<void> {
  await page.goto('/')
  await openFile(page, path)
  await expect(await origin(page)).toContainText('their index is kept')
  await page.keyboard.press('1')
  await expect(failedRanges(page)).toBeVisible()
}

/** Everything in the private storage of the origin, by path, with its size. */
async function stored(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const found: string[] = []
    // A folder that goes while it is walked was found by its name.
    const unlessRemoved = (error: unknown): void => {
      if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error
    }
    const walk = async (directory: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [name, entry] of directory.entries()) {
        found.push(`${path}/${name}`)
        if (entry.kind === 'directory') await walk(entry, `${path}/${name}`).catch(unlessRemoved)
      }
    }
    await walk(await navigator.storage.getDirectory(), '')
    return found
  })
}

/** All that the first screen says, once nothing more comes: raw lines too, which come from the file itself. */
async function settledScreen(page: Page): Promise<string> {
  let [before, now] = ['', ' ']
  while (before !== now) {
    before = now
    await page.waitForTimeout(500)
    now = await screenText(page)
  }
  return now
}

async function screenText(page: Page): Promise<string> {
  return `${await page.getByRole('main').innerText()}\n${await statusLine(page).innerText()}`
}

/** The same file with one digit of a time changed in the middle, where no sample is; the time of the file is put back. */
function changeSecretly(path: string): void {
  const bytes = readFileSync(path)
  const at = bytes.indexOf('=0x', Math.floor(bytes.length / 2) + 70_000)
  bytes[at + 3] = bytes[at + 3] === 0x31 ? 0x32 : 0x31
  writeFileSync(path, bytes)
  utimesSync(path, WRITTEN_AT, WRITTEN_AT)
}

function writeTrace(path: string): void {
  writeFileSync(path, LARGE_TEXT)
  utimesSync(path, WRITTEN_AT, WRITTEN_AT)
}

test('a large file opens from its index after a reload, and says and shows the same', async ({ page }) => {
  await page.goto('/')
  await openFile(page)
  const before = await settledScreen(page)
  await expect(await origin(page)).toContainText('their index is kept')
  await page.goto('about:blank')
  await page.goto('/')
  await page.getByText('Kept indexes: 1 capture').click()
  await expect(page.getByRole('row', { name: /large\.txt/ })).toBeVisible()
  await openFile(page)
  await expect.poll(() => screenText(page)).toBe(before)
  const words = await origin(page)
  await expect(words).toContainText(/^The index of \d{4}-\d\d-\d\d \d\d:\d\d was used: the files were not read again/)
  await expect(words).toContainText('the whole content of the files was compared')
})

test('it is read again at wish', async ({ page }) => {
  await keep(page)
  await page.goto('about:blank')
  await page.goto('/')
  await openFile(page)
  const words = await origin(page)
  await expect(words).toContainText('was used')
  await page.getByRole('button', { name: 'Read again' }).press('Enter')
  await expect(words).toContainText('These files were read; their index is kept')
  expect((await stored(page)).filter((path) => path.endsWith('.index'))).toHaveLength(1)
})

test('another content behind the same name, size, samples and time is found out and read', async ({ page }) => {
  const path = join(folder, 'secret.txt')
  writeTrace(path)
  await keep(page, path)
  const link = linkOf(page).get('f')
  changeSecretly(path)
  await page.goto('about:blank')
  await page.goto('/')
  await openFile(page, path)
  await expect(page.getByRole('alert')).toContainText('not those that the kept index was made of')
  await expect(await origin(page)).toContainText('These files were read')
  expect(linkOf(page).get('f')).not.toBe(link)
})

test('another content of a file that was written since is never shown as what was kept', async ({ page }) => {
  const path = join(folder, 'touched.txt')
  writeTrace(path)
  await keep(page, path)
  const asked = page.url()
  changeSecretly(path)
  utimesSync(path, new Date(), new Date())
  await page.goto('about:blank')
  await page.goto(asked)
  await page.locator('input[type=file][aria-label=Files]').setInputFiles(path)
  await expect(page.getByText('Places in a link mean nothing in another file', { exact: false })).toBeVisible()
})

test('one can be removed, and all cleared: nothing is left', async ({ page }) => {
  await keep(page)
  await page.goto('about:blank')
  await keep(page, other)
  await page.goto('about:blank')
  await page.goto('/')
  await page.getByText('Kept indexes: 2 captures').press('Enter')
  await page.getByRole('button', { name: 'Remove the index of large.txt' }).press('Enter')
  await expect(page.getByRole('row', { name: /large\.txt/ })).toBeHidden()
  await expect(page.getByRole('row', { name: /other\.txt/ })).toBeVisible()
  await page.getByRole('button', { name: 'Clear all' }).press('Enter')
  await expect(page.getByText('Kept indexes: 0 captures')).toBeVisible()
  expect(await stored(page)).toEqual([])
  await openFile(page)
  await expect(await origin(page)).toContainText('These files were read')
})

test('switched off, what was kept goes after asking, and nothing is kept from then on', async ({ page }) => {
  await keep(page)
  await page.keyboard.press('9')
  const choice = page.getByRole('checkbox', { name: 'Keep indexes in this browser' })
  await choice.press('Space')
  await page.getByRole('dialog').getByRole('button', { name: 'Go on keeping them' }).last().press('Enter')
  await expect(choice).toBeChecked()
  await choice.press('Space')
  await page.getByRole('dialog').getByRole('button', { name: 'Switch off and remove' }).press('Enter')
  await expect(choice).not.toBeChecked()
  await expect.poll(() => stored(page)).toEqual([])
  await page.goto('about:blank')
  await page.goto('/')
  await expect(page.getByText('Kept indexes: switched off')).toBeVisible()
  await openFile(page)
  await page.keyboard.press('9')
  await expect(choice).not.toBeChecked()
  expect(await stored(page)).toEqual([])
})

test('where the browser gives no room, the file is open, and it is said that nothing is kept', async ({ page }) => {
  const client = await page.context().newCDPSession(page)
  await page.goto('/')
  await client.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 500_000 })
  await openFile(page)
  await expect(await origin(page)).toContainText('their index is not kept: the browser gives no more room')
  expect((await stored(page)).filter((path) => path.endsWith('.index'))).toEqual([])
})

test('two tabs that open a file at once do not spoil it for each other', async ({ page, context }) => {
  const second = await context.newPage()
  const both = [page, second]
  await Promise.all(both.map((tab) => tab.goto('/')))
  await Promise.all(both.map((tab) => openFile(tab)))
  for (const tab of both) await expect(await origin(tab)).toContainText(/their index is (kept,|not kept: another tab)/)
  expect((await stored(page)).filter((path) => path.endsWith('.index'))).toHaveLength(1)
  await Promise.all(both.map((tab) => tab.goto('about:blank')))
  await Promise.all(both.map((tab) => tab.goto('/')))
  await Promise.all(both.map((tab) => openFile(tab)))
  for (const tab of both) await expect(await origin(tab)).toContainText('the whole content of the files was compared')
})

test('a small capture is kept for links to it, and a link opens it without its file', async ({ page }) => {
  const small = otherTrace('small.txt', 'a file of yesterday')
  await page.goto('/')
  await choose(page, [small])
  await expect(failedRanges(page)).toBeVisible()
  await expect.poll(async () => (await stored(page)).filter((path) => path.endsWith('.index'))).toHaveLength(1)
  const link = page.url()
  const ranges = await failedRanges(page).textContent()
  await page.goto('about:blank')
  await page.goto(link)
  await expect(failedRanges(page)).toHaveText(ranges ?? '')
  await page.goto(link.replace('/triage?', '/files?').replace('&end', '&event=:1&end'))
  await expect(page.getByText('small.txt itself is not open')).toBeVisible()
  await choose(page, [small])
  await expect(page.getByText('small.txt itself is not open')).toBeHidden()
  await expect(page.getByText('a file of yesterday')).toBeVisible()
})

test('what is kept can be read by everybody', async ({ page }) => {
  await page.goto('/')
  await choose(page, [otherTrace('small.txt', 'a file of yesterday')])
  await expect.poll(async () => (await stored(page)).filter((path) => path.endsWith('.index'))).toHaveLength(1)
  await page.goto('about:blank')
  await page.goto('/')
  await page.getByText('Kept indexes: 1 capture').click()
  await expect(page.getByRole('row', { name: /small\.txt/ })).toBeVisible()
  expect(await complaintsInBoth(page, 'all')).toEqual([])
})
