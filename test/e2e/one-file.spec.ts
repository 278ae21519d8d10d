import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { launch, type Page as FirefoxPage } from 'puppeteer-core'
import { type Embedded, reportPieces } from '../../src/base/embedded.ts'
import { firefoxPath } from '../support/browser-path.ts'
import { choose, failedRanges, openExample, otherTrace, screenOf } from './capture-page.ts'
import { TOUR } from './screen-keys.ts'

// The app and its reports as what they are: files of a disk, with the network cut, in both browsers.

const APP = resolve(process.env['PINSCOPE_E2E_DIST'] ?? 'dist', 'pinscope-app.html')
const CAPTURE = new URL('../fixtures/captures/socket-holds-file/', import.meta.url)
const CAPTURE_FILES = readdirSync(CAPTURE)
  .filter((name) => !name.endsWith('.json'))
  .map((name) => fileURLToPath(new URL(name, CAPTURE)))
const MOST_GZ_BYTES = 1_500_000

const folder = mkdtempSync(join(tmpdir(), 'pinscope-one-file-'))
const reportPath = join(folder, 'pinscope-report.html')
test.afterAll(() => rmSync(folder, { recursive: true }))

/** Addresses that no page of a disk needs. */
const isElsewhere = (address: string): boolean => !/^(?:file|data|blob):/.test(address)

/** A page with the network cut, and what it asked of it or complained of. */
async function cutOff(context: BrowserContext): Promise<{ page: Page; faults: string[] }> {
  const faults: string[] = []
  context.on('request', (request) => isElsewhere(request.url()) && faults.push(request.url()))
  await context.setOffline(true)
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  return { page, faults }
}

/** What the page says of the first failed range. */
async function answerOf(page: Page): Promise<string | undefined> {
  return /pfn 0x[0-9a-f]+ blocked \[.*held by .*/.exec(await page.locator('main').innerText())?.[0]
}

async function give(page: Page): Promise<void> {
  await page.locator('input[type=file][aria-label=Files]').setInputFiles(CAPTURE_FILES)
  await expect(failedRanges(page)).toBeVisible()
}

test('the app in one file is small enough to be carried', () => {
  expect(gzipSync(readFileSync(APP), { level: 9 }).length).toBeLessThanOrEqual(MOST_GZ_BYTES)
})

test('from a disk and without a network the app reads files and leads to the holder by keys; what is saved as a report does too', async ({
  context,
}) => {
  const { page, faults } = await cutOff(context)
  await page.goto(pathToFileURL(APP).href)
  await give(page)
  await expect.poll(() => answerOf(page)).toBeDefined()
  const answer = await answerOf(page)
  await page.keyboard.press('k')
  await page.keyboard.press('3') // confirmed
  for (const [key, screen] of TOUR) {
    await page.keyboard.press(key)
    await expect.poll(() => screenOf(page)).toBe(screen)
  }
  await expect(page.getByRole('main')).toContainText('holds')
  await page.keyboard.press('y')
  await expect(page.getByRole('textbox', { name: 'Link to this view' })).toHaveValue(/^#\/pfn\?v=\d+&f=trace/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('1')
  await expect(failedRanges(page)).toBeVisible()
  // Here Chromium refuses a storage that in Firefox tells a private window.
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeVisible()
  await expect(page.getByText('This is a private window')).toBeHidden()

  await page.keyboard.press('Shift+S')
  await page.getByRole('radio', { name: /^Report of the whole capture/ }).check()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the report' }).click()
  await (await saved).saveAs(reportPath)
  expect(faults).toEqual([])

  const reader = await context.newPage()
  await reader.goto(pathToFileURL(reportPath).href)
  await expect(failedRanges(reader)).toBeVisible()
  await expect(
    reader.getByText(/^Report of \d{4}-\d\d-\d\d, made by pinscope \S+ from trace\S* and \d+ more\./),
  ).toBeVisible()
  await expect(reader.getByRole('main')).toContainText('confirmed')
  await expect.poll(() => answerOf(reader)).toBe(answer)
  expect(await reader.title()).toMatch(/^pinscope report: trace/)
  // It is the app still: other files are opened, and what it holds again.
  await choose(reader, [otherTrace('other.txt', 'another trace')])
  await reader.getByRole('button', { name: 'Open instead' }).click()
  await expect(reader.getByText('What is open is not what the report holds.')).toBeVisible()
  await reader.getByRole('button', { name: 'Open what the report holds' }).click()
  await expect(reader.getByText('What is open is not what the report holds.')).toBeHidden()
  await expect.poll(() => answerOf(reader)).toBe(answer)
  expect(faults).toEqual([])
})

test('a report of a slice takes along what people said of it, by other names where wanted, and opens from a disk with it', async ({
  browser,
  context,
}) => {
  const { page, faults } = await cutOff(context)
  await page.goto(pathToFileURL(APP).href)
  await give(page)
  await page.keyboard.press('k')
  await page.keyboard.press('3') // confirmed
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('Triage verdict confirmed')
  await page.keyboard.press('k')
  await page.keyboard.press('a')
  await page.keyboard.type('Zoltan')
  await page.keyboard.press('Escape')
  await page.keyboard.press('k')
  await page.keyboard.press('n')
  await page.keyboard.type('Zoltan saw it on two boards')
  await page.keyboard.press('Escape')

  await page.keyboard.press('S') // as a program types it
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await dialog.getByRole('radio', { name: /^Report of the slice/ }).check()
  await expect(
    dialog.getByRole('checkbox', { name: 'what people said of it (1 verdict, 1 note, 1 assignee)' }),
  ).toBeChecked()
  await dialog.getByRole('checkbox', { name: 'names of people' }).check()
  const said = dialog.getByRole('region', { name: 'What people said' })
  await expect(said).toContainText('note person-1 saw it on two boards')
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save the report' }).click()
  const path = join(folder, 'slice-report.html')
  await (await saved).saveAs(path)
  expect(readFileSync(path, 'utf8')).not.toContain('Zoltan')

  // Somebody else's browser.
  const other = await cutOff(await browser.newContext())
  const reader = other.page
  await reader.goto(pathToFileURL(path).href)
  await expect(reader.getByRole('region', { name: 'This is a slice' })).toBeVisible()
  await expect(reader.getByRole('button', { name: 'confirmed' }).first()).toHaveAttribute('aria-pressed', 'true')
  await expect(reader.getByRole('textbox', { name: 'Note' })).toHaveValue('person-1 saw it on two boards')
  await reader.keyboard.press('k')
  await reader.keyboard.press('p') // the presenter's mode
  await expect(reader.getByText('person-1 saw it on two boards').first()).toBeVisible()
  expect([...faults, ...other.faults]).toEqual([])
})

test('a report that this app in one file saved is byte for byte what the served page saves', async ({ page }) => {
  test.skip(statSync(reportPath, { throwIfNoEntry: false }) === undefined, 'the report was not saved')
  await page.goto('/')
  await give(page)
  await page.keyboard.press('k')
  await page.keyboard.press('3')
  await page.keyboard.press('Shift+S')
  await page.getByRole('radio', { name: /^Report of the whole capture/ }).check()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the report' }).click()
  const bytes = readFileSync(await (await download).path(), 'utf8')
  // What people said has their own ids and times.
  const linesOf = (html: string): readonly string[] => html.replace(/id="pinscope-embedded">[^<]*</, '').split('\n')
  const saved = linesOf(readFileSync(reportPath, 'utf8'))
  const differing = linesOf(bytes).flatMap((line, at) => (line === saved[at] ? [] : [line.slice(0, 80)]))
  expect([differing, linesOf(bytes).length]).toEqual([[], saved.length])
})

test('in Firefox, from a disk, the app and the report work', async () => {
  const browser = await launch({ browser: 'firefox', executablePath: firefoxPath, headless: true })
  try {
    const faults: string[] = []
    const page = await browser.newPage()
    page.on('request', (request) => isElsewhere(request.url()) && faults.push(request.url()))
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    await page.goto(pathToFileURL(APP).href)
    const input = await page.waitForSelector('input[type=file][aria-label=Files]')
    await input?.uploadFile(...CAPTURE_FILES)
    await waitForText(page, 'blocked [')
    await page.keyboard.press('2')
    await waitForText(page, 'holds')
    await page.goto(pathToFileURL(statSync(reportPath, { throwIfNoEntry: false }) ? reportPath : madeReport()).href)
    await waitForText(page, 'blocked [')
    await waitForText(page, 'Report')
    expect(await mainText(page)).toMatch(/pfn 0x[0-9a-f]+ blocked \[.*held by /)
    await page.keyboard.press('2')
    await waitForText(page, 'holds')
    expect(faults).toEqual([])
  } finally {
    await browser.close()
  }
})

test('a report with something hostile in it says what is wrong and runs nothing', async ({ context }) => {
  const hostile = '</script><script>document.title="run"</script><img src=x onerror="document.title=1">'
  const [good] = embeddedFiles()
  const named: Embedded = {
    pinscope: 'embedded',
    version: 1,
    link: `/triage?v=1&tfilter=${encodeURIComponent(hostile)}`,
    files: [{ ...good, name: `${hostile}.txt` }],
    session: { pinscope: 'session', version: 99, entries: hostile },
    made: { by: hostile, on: hostile, from: [{ name: hostile, sizeBytes: 1 }] },
  }
  const { page } = await cutOff(context)
  await page.goto(pathToFileURL(madeReport(named)).href)
  await expect(page.getByText('Its verdicts and notes cannot be shown')).toBeVisible()
  await expect(page.getByRole('main')).toContainText(hostile)
  expect(await page.title()).toBe(`pinscope report: ${hostile}`)
  await page.goto(pathToFileURL(madeReport({ ...named, files: [{ ...good, gz: 'AAAA' }] })).href)
  await expect(page.getByText('was cut or changed on its way')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open an example' })).toBeHidden()
  await give(page)
})

test('the served page keeps its own policy, and the one file a stricter one', async ({ page }) => {
  await openExample(page)
  const policy = (html: string): string => /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
  const served = policy(await (await page.request.get('/')).text())
  expect(served).toContain("script-src 'self'; worker-src 'self'")
  expect(served).not.toContain('sha256')
  const own = policy(readFileSync(APP, 'utf8'))
  expect(own).toMatch(/^default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}='; worker-src blob:;/)
  expect(own).toContain("connect-src 'none'")
  expect(own).not.toMatch(/unsafe-eval|https?:|\*/)
})

/** A report that no browser made. */
function madeReport(
  embedded: Embedded = {
    pinscope: 'embedded',
    version: 1,
    link: '/triage?v=1',
    made: { by: 'pinscope', from: [] },
    files: embeddedFiles(),
  },
): string {
  const path = join(folder, `made-${readdirSync(folder).length}.html`)
  const pieces = reportPieces(readFileSync(APP, 'utf8'), embedded)
  writeFileSync(path, pieces?.join('') ?? '')
  return path
}

function embeddedFiles(): Embedded['files'] {
  return CAPTURE_FILES.map((path) => ({ name: basename(path), gz: gzipSync(readFileSync(path)).toString('base64') }))
}

function mainText(page: FirefoxPage): Promise<string> {
  return page.$eval('main', (main) => main.innerText)
}

async function waitForText(page: FirefoxPage, words: string): Promise<void> {
  await expect.poll(() => mainText(page), { timeout: 60_000 }).toContain(words)
}
