import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type Download, expect, type Locator, type Page, test } from '@playwright/test'
import { launch, type Page as FirefoxPage } from 'puppeteer-core'
import { firefoxPath } from '../support/browser-path.ts'
import { drop, failedRanges, type GivenFile, linkOf, screenOf } from './capture-page.ts'

// One person finds and shares, by keys alone; another one, whose browser has nothing of the first, opens what came:
// and sees the same timeline, by its data and by its picture.

const CAPTURE = new URL('../fixtures/captures/socket-holds-file/', import.meta.url)
const FILES: readonly GivenFile[] = readdirSync(CAPTURE)
  .filter((name) => !name.endsWith('.json'))
  .map((name) => ({ name, bytes: readFileSync(new URL(name, CAPTURE)) }))
const TRACE = 'trace.txt.gz'
const NOTE = 'seen on two boards; ask for the socket’s owner'
const LABEL = 'first get'
const SIZE = { width: 1280, height: 1000 }
const folder = mkdtempSync(join(tmpdir(), 'pinscope-two-profiles-'))

/** The timeline as it is seen: every row of its table, and its picture. */
interface Seen {
  readonly rows: readonly string[]
  readonly picture: Buffer
}

/** What leaves the sender, and what the sender saw; a bookmark is drawn where the session goes along. */
interface Sent {
  readonly permalink: string
  readonly carrying: string
  readonly slice: string
  readonly sliceReport: string
  readonly wholeReport: string
  readonly session: string
  readonly mail: string
  readonly plain: Seen
  readonly bookmarked: Seen
}

test.describe.configure({ mode: 'serial' })

let sent: Sent
test.beforeAll(async ({ browser }) => {
  sent = await sharedByKeys(await profile(browser))
})
test.afterAll(() => rmSync(folder, { recursive: true }))

test('the permalink asks for its file by name, size and hash, refuses another one, and takes it under any name', async ({
  browser,
}) => {
  expect(sent.permalink.split('#')[1].length).toBeLessThanOrEqual(200)
  const reader = await profile(browser)
  await reader.goto(sent.permalink)
  await expect(reader.getByRole('heading', { name: `This link is about ${TRACE}` })).toBeVisible()
  const asked = linkOf(reader).get('f')?.split('~') ?? []
  const [trace, dmesg] = [given(TRACE), given('dmesg.txt')]
  for (const part of [String(trace.bytes.length), asked[1]]) {
    await expect(reader.getByRole('main').getByText(part, { exact: true })).toBeVisible()
  }

  const other = { ...trace, bytes: readFileSync(new URL('../seed-example/trace.txt', CAPTURE)) }
  await drop(reader, [other])
  const refusal = reader.getByRole('alert')
  await expect(refusal).toContainText(`${TRACE}, ${trace.bytes.length} bytes, SHA-256 ${asked[1]}`)
  await expect(refusal).toContainText(`${TRACE}, ${other.bytes.length} bytes, SHA-256 `)
  await expect(refusal).toContainText('The name is the same, the content is another')
  expect(reader.url()).toBe(sent.permalink)

  await drop(reader, [
    ...FILES.filter((file) => file !== trace && file !== dmesg),
    { ...trace, name: 'of-the-lab' },
    dmesg,
  ])
  await expect(chart(reader)).toBeVisible()
  expect(reader.url()).toBe(sent.permalink)
  const seen = await seenOn(reader)
  const cited = seen.rows.map((row) => row.replaceAll('of-the-lab', TRACE))
  expect(cited).toEqual(sent.plain.rows)
  await sameTimeline(reader, { ...seen, rows: cited }, sent.plain)
})

test('the self-contained link shows the timeline without any file', async ({ browser }) => {
  expect(sent.carrying.length).toBeLessThanOrEqual(8000)
  const reader = await profile(browser)
  await reader.goto(sent.carrying)
  await expect(sliceNotice(reader)).toContainText('the slice gives the same')
  await sameTimeline(reader, await seenOn(reader), sent.plain)
})

test('the slice file, dropped, shows the timeline', async ({ browser }) => {
  const reader = await profile(browser)
  await reader.goto('/')
  await drop(reader, [{ name: 'attachment.bin', bytes: readFileSync(sent.slice) }])
  await expect(sliceNotice(reader)).toContainText(`lines of ${TRACE}`)
  await expect.poll(() => screenOf(reader)).toBe('pfn')
  await sameTimeline(reader, await seenOn(reader), sent.plain)
})

test('the session, imported beside the files, brings the verdict, the note and the bookmark', async ({ browser }) => {
  const reader = await profile(browser)
  await reader.goto(sent.permalink)
  await drop(reader, FILES)
  await expect(chart(reader)).toBeVisible()
  await sameTimeline(reader, await seenOn(reader), sent.plain)
  await drop(reader, [{ name: 'from-ann.json', bytes: readFileSync(sent.session) }])
  await expect(reader.getByRole('dialog', { name: 'Import from-ann.json' })).toBeVisible()
  await expect(reader.getByRole('button', { name: 'Import', exact: true })).toBeFocused()
  await press(reader, 'Enter')
  await expect(bookmark(reader)).toBeVisible()
  await sameTimeline(reader, await seenOn(reader), sent.bookmarked)
  await press(reader, '1')
  await expectJudged(reader)
  await press(reader, 'Shift+E')
  await expect(reader.getByRole('dialog').getByText('Copied.')).toBeVisible()
})

test('the reports open from a disk without a network, with what was said', async ({ browser }) => {
  for (const path of [sent.sliceReport, sent.wholeReport]) {
    const reader = await profile(browser)
    await reader.context().setOffline(true)
    const asked: string[] = []
    reader.on('request', (request) => /^(?:file|data|blob):/.test(request.url()) || asked.push(request.url()))
    await reader.goto(pathToFileURL(path).href)
    await expect.poll(() => screenOf(reader)).toBe('pfn')
    await expect(chart(reader)).toBeVisible()
    await expect(bookmark(reader)).toBeVisible()
    await sameTimeline(reader, await seenOn(reader), sent.bookmarked)
    await press(reader, '1')
    await expectJudged(reader)
    expect(asked).toEqual([])
  }
})

test('the mail names the page, the holder, and lines that the files have', () => {
  const lines = sent.mail.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(60)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(sent.permalink).toContain('pfn=0x1ec3e')
  expect(sent.mail).toContain('0x1ec3e')
  expect(sent.mail).toContain('tcp_sendmsg_locked')
  expect(sent.mail).toMatch(/trace\.txt\.gz:\d+/)
})

test('in Firefox the link, the slice and the report tell the same rows', async ({ baseURL }) => {
  const firefox = await launch({ browser: 'firefox', executablePath: firefoxPath, headless: true })
  try {
    const page = await (await firefox.createBrowserContext()).newPage()
    await page.setViewport(SIZE)
    await page.goto(`${baseURL}/${new URL(sent.carrying).hash}`)
    expect(await firefoxRows(page)).toEqual(sent.plain.rows)
    await page.goto('about:blank')
    await page.goto(`${baseURL}/`)
    await (await page.waitForSelector('input[type=file][aria-label=Files]'))?.uploadFile(sent.slice)
    expect(await firefoxRows(page)).toEqual(sent.plain.rows)
    await page.goto(pathToFileURL(sent.wholeReport).href)
    expect(await firefoxRows(page)).toEqual(sent.plain.rows)
    expect(await page.$eval('main', (main) => main.innerHTML)).toContain(LABEL)
  } finally {
    await firefox.close()
  }
})

/** A browser of a person of their own: nothing of another one is in its storage. */
async function profile(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZE, permissions: ['clipboard-read', 'clipboard-write'] })
  return context.newPage()
}

/** Drops the capture, says what is thought of it, and takes every kind of link and file. */
async function sharedByKeys(page: Page): Promise<Sent> {
  await page.goto('/')
  await drop(page, FILES)
  await expect(failedRanges(page)).toBeVisible()
  // The keys are about the range that is answered: before the answer there is nothing to judge.
  const confirmed = page.getByRole('region', { name: 'Answer' }).getByRole('button', { name: 'confirmed' })
  await expect(confirmed).toBeVisible()
  await press(page, 'k', '3')
  await expect(confirmed).toHaveAttribute('aria-pressed', 'true')
  await press(page, 'k', 'n')
  await expect(page.getByRole('textbox', { name: 'note' })).toBeFocused()
  await page.keyboard.type(NOTE)
  await press(page, 'Escape', '2')
  await expect(chart(page)).toBeVisible()
  await press(page, ']')
  await expect.poll(() => linkOf(page).get('event')).not.toBeNull()
  const plain = await seenOn(page)
  const permalink = await permalinkByKey(page)
  const carrying = await sharedAs(page, 'Copy the self-contained link', 0)
  const slice = await savedAs(page, 'Save the slice file', 1)
  const mail = await sharedAs(page, 'Copy the mail text', 4)
  await press(page, 'k', 'b')
  await expect(page.getByRole('textbox', { name: 'Label' })).toBeFocused()
  await page.keyboard.type(LABEL)
  await press(page, 'Enter')
  await expect(bookmark(page)).toBeVisible()
  const bookmarked = await seenOn(page)
  const sliceReport = await savedAs(page, 'Save the report', 2)
  const wholeReport = await savedAs(page, 'Save the report', 3)
  const session = await stored(page.waitForEvent('download'), press(page, 'k', 'e'))
  await page.context().close()
  return { permalink, carrying, slice, sliceReport, wholeReport, session, mail, plain, bookmarked }
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())

async function permalinkByKey(page: Page): Promise<string> {
  await press(page, 'y')
  await expect(page.getByRole('dialog', { name: 'Link copied' })).toBeVisible()
  await press(page, 'Escape')
  return clipboard(page)
}

/** The dialog at one of its kinds, so many below the first that is offered, with its button focused. */
async function atButton(page: Page, button: string, below: number): Promise<Locator> {
  await press(page, 'Shift+S')
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await expect(dialog.getByRole('radio', { name: /^Self-contained link/ })).toBeFocused()
  await press(page, ...Array.from({ length: below }, () => 'ArrowDown'))
  const wanted = dialog.getByRole('button', { name: button, exact: true })
  await expect(wanted).toBeEnabled()
  const isFocused = (): Promise<boolean> => wanted.evaluate((element) => element === document.activeElement)
  for (let tries = 0; tries < 12 && !(await isFocused()); tries++) await press(page, 'Tab')
  await expect(wanted).toBeFocused()
  return dialog
}

async function sharedAs(page: Page, button: string, below: number): Promise<string> {
  const dialog = await atButton(page, button, below)
  await press(page, 'Enter')
  await expect(dialog.getByText('It is on the clipboard.')).toBeVisible()
  await press(page, 'Escape')
  return clipboard(page)
}

async function savedAs(page: Page, button: string, below: number): Promise<string> {
  await atButton(page, button, below)
  const path = await stored(page.waitForEvent('download'), press(page, 'Enter'))
  await press(page, 'Escape')
  return path
}

/** Where a file is kept that a key saved. */
async function stored(download: Promise<Download>, pressed: Promise<void>): Promise<string> {
  const [file] = await Promise.all([download, pressed])
  const path = join(folder, `${readdirSync(folder).length}-${file.suggestedFilename()}`)
  writeFileSync(path, readFileSync(await file.path()))
  return path
}

function given(name: string): GivenFile {
  const file = FILES.find((one) => one.name === name)
  if (file === undefined) throw new Error(`the capture has no ${name}`)
  return file
}

const chart = (page: Page): Locator => page.getByRole('application', { name: /^References of/ })
const sliceNotice = (page: Page): Locator => page.getByRole('region', { name: 'This is a slice' })
const bookmark = (page: Page): Locator => page.getByRole('button', { name: new RegExp(`^Bookmark: ${LABEL} at`) })
const asTable = 'The same as a table'

async function seenOn(page: Page): Promise<Seen> {
  await expect(chart(page)).toBeVisible()
  await page.mouse.move(0, 0)
  const picture = await settled(page)
  const button = page.getByRole('button', { name: asTable })
  await button.press('Enter')
  const table = page.getByRole('grid', { name: /^References of .* as a table$/ })
  await expect(table.getByRole('row').nth(3)).toBeVisible()
  const rows = await table.getByRole('row').allTextContents()
  await button.press('Enter')
  await expect(chart(page)).toBeVisible()
  return { rows, picture }
}

/** The picture of the chart when it changes no more. */
async function settled(page: Page): Promise<Buffer> {
  let last = await chart(page).screenshot()
  await expect(async () => {
    const before = last
    last = await chart(page).screenshot()
    expect(last.equals(before)).toBe(true)
  }).toPass({ intervals: [50] })
  return last
}

async function sameTimeline(page: Page, seen: Seen, by: Seen): Promise<void> {
  expect(by.rows.length).toBeGreaterThan(5)
  expect(seen.rows).toEqual(by.rows)
  expect(await differingPixels(page, seen.picture, by.picture), 'pixels that differ').toBe(0)
}

/** Of 255: an edge that falls between two pixels is now lighter, now darker. A mark, a line or a letter more differs by all. */
const SOFT_EDGE = 85

/** Pixels that are of another colour in the two pictures; -1 where they are not of one size. */
async function differingPixels(page: Page, one: Buffer, other: Buffer): Promise<number> {
  if (one.equals(other)) return 0
  const blank = await page.context().newPage() // the page itself may not show pictures that it did not make
  const count = await blank.evaluate(
    async ({ pictures, soft }) => {
      const [a, b] = await Promise.all(
        pictures.map(async (base64) => {
          const image = new Image()
          image.src = `data:image/png;base64,${base64}`
          await image.decode()
          const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
          const context = canvas.getContext('2d')
          context?.drawImage(image, 0, 0)
          return { width: canvas.width, data: context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [] }
        }),
      )
      if (a.width !== b.width || a.data.length !== b.data.length) return -1
      let differing = 0
      for (let at = 0; at < a.data.length; at += 4) {
        const isOther = [0, 1, 2].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > soft)
        if (isOther) differing++
      }
      return differing
    },
    { pictures: [one.toString('base64'), other.toString('base64')], soft: SOFT_EDGE },
  )
  await blank.close()
  return count
}

async function expectJudged(page: Page): Promise<void> {
  const answer = page.getByRole('region', { name: 'Answer' })
  await expect(answer.getByRole('button', { name: 'confirmed' })).toHaveAttribute('aria-pressed', 'true')
  await expect(answer.getByRole('textbox', { name: 'note' })).toHaveValue(NOTE)
}

/** The rows of the chart's table. Its picture is not compared: the browsers draw letters each in their own way. */
async function firefoxRows(page: FirefoxPage): Promise<readonly string[]> {
  const rowsOf = (): Promise<readonly string[]> =>
    page.$$eval('table[aria-label$="as a table"] tr', (rows) => rows.map((row) => row.textContent ?? ''))
  await page.waitForSelector('[role=application][aria-label^="References of"]', { timeout: 20_000 })
  await page.$eval(`button[aria-label="${asTable}"]`, (button) => button instanceof HTMLElement && button.click())
  await expect.poll(async () => (await rowsOf()).length, { timeout: 10_000 }).toBeGreaterThan(5)
  return rowsOf()
}
