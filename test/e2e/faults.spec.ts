import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CDPSession, expect, type Locator, type Page, test } from '@playwright/test'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'
import {
  choose,
  EXAMPLE_TRACE,
  failedRanges,
  type GivenFile,
  otherTrace,
  statusLine,
  textFile,
} from './capture-page.ts'
import { makeWorkersMortal } from './mortal-workers.ts'

/** 5000 take their time: they are tried by `PINSCOPE_FAULTS_FILES=5000`. */
const MANY_FILES = Number(process.env['PINSCOPE_FAULTS_FILES'] ?? 500)
const CAPTURES = 10
/** Each tab is an app with its workers: ten are tried by `PINSCOPE_FAULTS_TABS=10`. */
const TABS = Number(process.env['PINSCOPE_FAULTS_TABS'] ?? 3)
/** Takes longer to read than to tell of it and to change it. */
const LONG_BYTES = 48 << 20
const NOTE = 'asked who owns the driver'
const LATE_NOTE = 'they answered'
const folder = mkdtempSync(join(tmpdir(), 'pinscope-faults-'))
const traceFile = join(folder, 'changing.txt')
/** One page for all faults that a page outlives: each of them begins with what the one before has left. */
let page: Page
let client: CDPSession

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext()
  await context.addInitScript(makeWorkersMortal)
  page = await context.newPage()
  client = await context.newCDPSession(page)
  await page.goto('/')
})
test.afterAll(async () => {
  await page.context().close()
  rmSync(folder, { recursive: true })
})

const SMALL = `${tracedText(LEAK)}\n`
/** Takes time to read and little else. */
const MORE = `${tracedText('app-7 0 3.0 +1 pfn=0x103 count=2\n  app-7 0 3.1 -1 pfn=0x103 count=1')}\n`
function smallTrace(name: string): GivenFile {
  return textFile(name, `${SMALL}# ${name}\n`)
}

const note = (): Locator => page.getByRole('region', { name: 'Answer' }).getByRole('textbox', { name: 'note' })

/** Shows a screen by its key, wherever the focus is. */
async function show(key: string): Promise<void> {
  await page.locator('#main').focus()
  await page.keyboard.press(key)
}

/** All that the first screen says, once nothing more comes. */
async function settled(): Promise<string> {
  await show('1')
  await expect(failedRanges(page)).toBeVisible()
  await expect(page.getByRole('status', { name: /^(Reading|Opening again)$/ })).toHaveCount(0)
  let [before, now] = ['', ' ']
  while (before !== now) {
    before = now
    await page.waitForTimeout(200)
    now = `${await page.getByRole('main').innerText()}\n${await statusLine(page).innerText()}`
  }
  return now
}

/** Waits until a capture of this name is what is open. */
async function opened(name: string): Promise<void> {
  await expect(page.getByRole('button', { name: `capture: ${name}` })).toBeVisible()
}

async function replaceBy(...files: Parameters<typeof choose>[1]): Promise<void> {
  await choose(page, files)
  const instead = page.getByRole('button', { name: 'Open instead' })
  await instead.click()
  await expect(instead).toBeHidden()
}

test('a worker that ends while it reads: the page says so, and another try opens the file', async () => {
  // At its second message, the answer: at the first, nobody has heard of it, and the page waits a minute for it.
  await page.evaluate(() => window.endWorker(2))
  await choose(page, [EXAMPLE_TRACE])
  await expect(page.getByRole('alert')).toContainText(
    'trace.txt.gz could not be opened. The worker ended without a word',
  )
  await page.getByRole('button', { name: 'Try again' }).press('Enter')
  await expect(failedRanges(page)).toBeVisible()
  await note().fill(NOTE)
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
})

test('a worker that ends later: what was open is opened again by itself, and then at wish', async () => {
  const before = await settled()
  // At once behind a stroke: its note is not saved yet.
  await note().fill(LATE_NOTE)
  await page.evaluate(() => window.endWorker())
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await expect(note()).toHaveValue(LATE_NOTE)
  await note().fill(NOTE)
  // Answers that are there need nobody: what was never asked is asked now, of the one that came in its place.
  await show('3')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  expect(await settled()).toBe(before)
  await page.evaluate(() => window.endWorker())
  const alert = page.getByRole('alert').filter({ hasText: 'nothing more can be asked until it is opened again' })
  await expect(alert).toContainText('trace.txt')
  await expect(note()).toHaveValue(NOTE)
  // What was never asked is not there, and no count of it is made up.
  await show('6')
  await expect(page.getByRole('main')).toContainText('The events could not be read.')
  await expect(page.getByText('not counted', { exact: true })).toBeVisible()
  await show('1')
  await alert.getByRole('button', { name: 'Open again' }).press('Enter')
  await expect(alert).toBeHidden()
  expect(await settled()).toBe(before)
  await expect(note()).toHaveValue(NOTE)
})

test('a tab that is frozen and resumed, idle and while it reads, goes on', async () => {
  const before = await settled()
  await client.send('Page.setWebLifecycleState', { state: 'frozen' })
  await client.send('Page.setWebLifecycleState', { state: 'active' })
  expect(await settled()).toBe(before)
  await replaceBy(smallTrace('frozen.txt'))
  await client.send('Page.setWebLifecycleState', { state: 'frozen' })
  await client.send('Page.setWebLifecycleState', { state: 'active' })
  await opened('frozen.txt')
  await settled()
})

test('a file that grows while it is open: its lines say so, and it is asked for by its name', async () => {
  writeFileSync(traceFile, SMALL)
  await page.locator('input[type=file][aria-label=Files]').setInputFiles(traceFile)
  await page.getByRole('button', { name: 'Open instead' }).click()
  await opened('changing.txt')
  await settled()
  appendFileSync(traceFile, '# more\n')
  await page.evaluate(() => window.endWorker())
  const alert = page.getByRole('alert').filter({ hasText: 'nothing more can be asked until it is opened again' })
  await expect(alert).toContainText('changing.txt')
  await expect(alert.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await replaceBy({ name: 'changing.txt', bytes: Buffer.from(`${SMALL}# more\n`) })
  await expect(alert).toBeHidden()
  await settled()
})

for (const [how, change] of [
  ['grows', (path: string): void => appendFileSync(path, '# more\n')],
  ['is cut', (path: string): void => truncateSync(path, 1000)],
  ['vanishes', (path: string): void => rmSync(path)],
] as const) {
  test(`a file that ${how} while it is read: what was read is kept, or what was open, and it is told`, async () => {
    const name = `${how.replaceAll(' ', '-')}.txt`
    const path = join(folder, name)
    writeFileSync(path, SMALL + MORE.repeat(Math.ceil(LONG_BYTES / MORE.length)))
    await page.locator('input[type=file][aria-label=Files]').setInputFiles(path)
    await page.getByRole('button', { name: 'Open instead' }).click()
    await expect(page.getByRole('status', { name: 'Reading' })).toContainText(/[1-9]/)
    change(path)
    // As much as was read is open; where that is nothing, what was open is.
    const isOpen = page.getByRole('button', { name: `capture: ${name}` })
    const refusal = page.getByRole('alert').filter({ hasText: 'could not be read' })
    await expect(isOpen.or(refusal).first()).toBeVisible()
    if (await refusal.isVisible())
      return refusal
        .getByRole('button', { name: /Dismiss|Close/ })
        .first()
        .click()
    await show('9')
    const card = page.getByRole('article', { name })
    await expect(card).toContainText(/(could not be read to its end|changed while it was read).* (bytes|read)/)
  })
}

test('a worker that ends while it reads or shows B: A stays, and another try shows both', async () => {
  await replaceBy(smallTrace('one.txt'))
  await opened('one.txt')
  await show('7')
  const { name, bytes } = otherTrace('other.txt', 'another')
  await page.evaluate(() => window.endWorker(2))
  await page
    .locator('input[type=file][aria-label="Files to compare with"]')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: bytes })
  const alert = page.getByRole('alert').filter({ hasText: 'The worker ended without a word' })
  await alert.getByRole('button', { name: 'Try again' }).press('Enter')
  const holders = page.getByRole('grid', { name: 'Holds of A and B by holder' })
  await expect(holders).toBeVisible()
  const before = await holders.innerText()
  await opened('one.txt')
  await page.evaluate(() => window.endWorker())
  await show('1')
  await show('7')
  await expect(holders).toBeVisible()
  expect(await holders.innerText()).toBe(before)
})

// From here on workers that end without a word are not noticed: their locks are not the page's any more.
test('storage that is cleared under the page: what is open answers, and notes are there', async () => {
  await show('1')
  await note().fill(NOTE)
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await client.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'all' })
  await show('6')
  await expect(page.locator('[data-row]').first()).toBeVisible()
  await settled()
  await expect(note()).toHaveValue(NOTE)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await replaceBy(smallTrace('after.txt'))
  await opened('after.txt')
})

test('ten captures one right after the other, and ten files at once: the last is open', async () => {
  for (let row = 0; row < CAPTURES; row++) await replaceBy(smallTrace(`capture-${row}.txt`))
  await opened(`capture-${CAPTURES - 1}.txt`)
  await settled()
  await replaceBy(...Array.from({ length: CAPTURES }, (_, row) => smallTrace(`together-${row}.txt`)))
  await expect(statusLine(page)).toContainText(`${CAPTURES} files`)
  await settled()
})

test('several tabs open a capture each', async () => {
  test.setTimeout(120_000 + TABS * 10_000)
  const tabs = await Promise.all(Array.from({ length: TABS }, () => page.context().newPage()))
  await Promise.all(
    tabs.map(async (tab, row) => {
      await tab.goto('/')
      await choose(tab, [smallTrace(`tab-${row}.txt`)])
      await expect(failedRanges(tab)).toBeVisible({ timeout: 30_000 + TABS * 10_000 })
    }),
  )
  await Promise.all(tabs.map((tab) => tab.close()))
  await settled()
})

test('a folder of many files is dropped: all of them are told of, and the trace among them is open', async () => {
  test.setTimeout(120_000 + MANY_FILES * 100)
  const many = join(folder, 'many')
  mkdirSync(many)
  for (let row = 0; row < MANY_FILES - 1; row++) writeFileSync(join(many, `note-${row}.txt`), `note ${row}\n`)
  writeFileSync(join(many, 'trace.txt'), SMALL)
  const data = { items: [], files: [many], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data })
  await page.getByRole('button', { name: 'Open instead' }).click()
  await expect(statusLine(page)).toContainText(`${MANY_FILES} files, ${MANY_FILES - 1} not read`, {
    timeout: 30_000 + MANY_FILES * 100,
  })
  await show('9')
  await expect(page.getByRole('heading', { name: `Files ${MANY_FILES}` })).toBeVisible()
  const list = page.getByRole('region', { name: `${MANY_FILES} files` })
  const cards = list.getByRole('article')
  await expect(cards.first()).toHaveAccessibleName('trace.txt')
  expect(await cards.count()).toBeLessThan(100)
  await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
  await expect(cards.last()).toHaveAttribute('data-index', `${MANY_FILES - 1}`)
  await cards.last().getByRole('button').press('Enter')
  await expect(cards.last()).toContainText('of no known kind')
})
