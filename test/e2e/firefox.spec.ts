import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { type Browser, type KeyInput, launch, type Page } from 'puppeteer-core'
import { firefoxPath } from '../support/browser-path.ts'
import { makeWorkersMortal } from './mortal-workers.ts'

// Stock Firefox over WebDriver BiDi, because Playwright drives only a Firefox of its own making.

let browser: Browser
let page: Page
/** What the page complained of: script errors and what it wrote as an error. */
let complaints: string[]

test.beforeAll(async () => {
  browser = await launch({ browser: 'firefox', executablePath: firefoxPath, headless: true })
})

test.afterAll(() => browser.close())

test.beforeEach(async ({ baseURL, viewport }) => {
  complaints = []
  // A context of its own: nothing that an earlier test kept in the browser is there.
  const context = await browser.createBrowserContext()
  page = await context.newPage()
  await page.setViewport(viewport ?? { width: 1280, height: 800 })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(`${baseURL}/`)
})

test.afterEach(async () => {
  await page.browserContext().close()
})

test('in Firefox the example leads to the holder, and every screen opens, by the keyboard alone', async () => {
  await waitForText('Open an example')
  await pressUntil('Tab', 'Open an example')
  await page.keyboard.press('Enter')
  await waitForText('blocked [')
  expect(await mainText()).toMatch(/pfn 0x[0-9a-f]+ blocked \[.*held by /)

  for (const [key, screen, words] of SCREENS) {
    await page.keyboard.press(key)
    await expect.poll(() => page.url()).toContain(`#/${screen}`)
    await waitForText(words)
  }
  expect(complaints).toEqual([])
})

test('in Firefox files of a disk are read, and the same link opens the same page', async ({ baseURL }) => {
  await give(CAPTURE_PATHS)
  const answer = await answerText()
  await page.keyboard.press('2')
  await waitForText('holds')
  const link = page.url()

  await page.goto('about:blank')
  await page.goto(`${baseURL}/${new URL(link).hash}`)
  // What was read may be kept in the browser by now: then the link asks for no file.
  await expect.poll(mainText, { timeout: 60_000 }).toMatch(/This link is about|begins with its allocation/)
  await give(CAPTURE_PATHS)
  await waitForText('begins with its allocation')
  expect(page.url()).toBe(link)
  await page.keyboard.press('1')
  expect(await answerText()).toBe(answer)
  expect(complaints).toEqual([])
})

const NOTE = 'asked who owns the driver'

test('in Firefox a worker that ends while it reads, and later: that is told, notes stay, and all is opened again', async () => {
  // No worker is there before files are.
  await page.evaluate(makeWorkersMortal)
  await page.evaluate(() => window.endWorker(2))
  await give(CAPTURE_PATHS)
  await waitForText('could not be opened. The worker ended without a word')
  await pressButton('Try again')
  const answer = await answerText()
  await writeNote(NOTE)

  // The first time it is opened again by itself: what was never asked is answered.
  await page.evaluate(() => window.endWorker())
  await page.keyboard.press('3')
  await waitForText('4 holds in 1 stack')
  await page.keyboard.press('1')
  expect(await answerText()).toBe(answer)
  await page.evaluate(() => window.endWorker())
  await waitForText('nothing more can be asked until it is opened again')
  expect(await answerText()).toBe(answer)
  expect(await noteText()).toBe(NOTE)
  await pressButton('Open again')
  await expect.poll(mainText).not.toContain('until it is opened again')
  await page.keyboard.press('6')
  await waitForText('page_ref_mod')
  await page.keyboard.press('1')
  expect(await answerText()).toBe(answer)
  expect(await noteText()).toBe(NOTE)
  expect(complaints).toEqual([])
})

test('in a private window of Firefox a capture is open, it is told what goes with the window, and a file keeps the notes', async ({
  baseURL,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'pinscope-private-'))
  const saved = join(folder, 'pinscope-session.json')
  const usual = page
  const privately = await launch({
    browser: 'firefox',
    executablePath: firefoxPath,
    headless: true,
    extraPrefsFirefox: {
      'browser.privatebrowsing.autostart': true,
      'browser.download.folderList': 2,
      'browser.download.dir': folder,
    },
  })
  try {
    page = await privately.newPage()
    await page.goto(`${baseURL}/`)
    await give(CAPTURE_PATHS)
    const answer = await answerText()
    await waitForText('what you say here goes with it')
    await writeNote(NOTE)
    await page.keyboard.press('9')
    await waitForText('This browser keeps nothing here (a private window')
    await page.keyboard.press('k')
    await page.keyboard.press('e')
    await expect.poll(() => existsSync(saved) && readFileSync(saved, 'utf8').trimEnd().endsWith('}')).toBe(true)
    await privately.close()

    page = usual
    await give(CAPTURE_PATHS)
    expect(await answerText()).toBe(answer)
    expect(await noteText()).toBe('')
    expect(await mainText()).not.toContain('what you say here goes with it')
    const input = await page.waitForSelector('input[type=file][aria-label="Triage session"]')
    await input?.uploadFile(saved)
    await page.waitForSelector('dialog[open] table')
    await pressButton('Import')
    await expect.poll(noteText).toBe(NOTE)
    expect(complaints).toEqual([])
  } finally {
    page = usual
    await privately.close()
    rmSync(folder, { recursive: true })
  }
})

const CAPTURE = new URL('../fixtures/captures/longterm-driver/', import.meta.url)
const CAPTURE_FILES = readdirSync(CAPTURE).filter((name) => !name.endsWith('.json') && !name.endsWith('.md'))

const CAPTURE_PATHS = CAPTURE_FILES.map((name) => fileURLToPath(new URL(name, CAPTURE)))

/** Key, screen, and words that are there when it is drawn. */
const SCREENS: readonly (readonly [key: KeyInput, screen: string, words: string])[] = [
  ['2', 'pfn', 'holds'],
  ['3', 'pinners', 'group by'],
  ['6', 'events', 'page_ref'],
  ['8', 'record', 'kernel'],
  ['9', 'files', 'trace.txt.gz'],
  ['1', 'triage', 'blocked ['],
]

async function give(paths: readonly string[]): Promise<void> {
  const input = await page.waitForSelector('input[type=file][aria-label=Files]')
  await input?.uploadFile(...paths)
}

/** What Triage says of the range under its sentence, when it is there: what was found so far says `blocked`, too. */
async function answerText(): Promise<string> {
  const words = (): Promise<string> =>
    page.evaluate(() => document.querySelector('main p:not([role=alert] *)')?.textContent ?? '').catch(() => '')
  await expect.poll(words, { timeout: 60_000 }).toContain('known from')
  return words()
}

const NOTE_FIELD = '[aria-label="Answer"] [data-session-note]'

/** Types what is said of the range that is shown, and waits until it is kept. */
async function writeNote(text: string): Promise<void> {
  await page.waitForSelector(NOTE_FIELD)
  await page.focus(NOTE_FIELD)
  await page.keyboard.type(text)
  await waitForText('Saved')
  await page.keyboard.press('Escape')
}

async function noteText(): Promise<string> {
  await page.waitForSelector(NOTE_FIELD)
  return page.$eval(NOTE_FIELD, (field) => (field as HTMLTextAreaElement).value)
}

async function pressButton(name: string): Promise<void> {
  await page.waitForFunction(
    (words) => {
      const button = [...document.querySelectorAll('button')].findLast(({ innerText }) => innerText.trim() === words)
      button?.focus()
      return button !== undefined
    },
    {},
    name,
  )
  await page.keyboard.press('Enter')
}

function mainText(): Promise<string> {
  return page.$eval('main', (main) => main.innerText)
}

/** Waits until the main area says some words. What it says instead is in the failure. */
async function waitForText(words: string): Promise<void> {
  await expect.poll(mainText, { timeout: 60_000 }).toContain(words)
}

async function pressUntil(key: 'Tab', focused: string): Promise<void> {
  for (let press = 0; press < 40; press++) {
    await page.keyboard.press(key)
    if ((await page.evaluate(() => document.activeElement?.textContent ?? '')).trim() === focused) return
  }
  throw new Error(`no press of ${key} reached "${focused}"`)
}
