import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { type Browser, type KeyInput, launch, type Page } from 'puppeteer-core'
import { firefoxPath } from '../support/browser-path.ts'

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
  const paths = CAPTURE_FILES.map((name) => fileURLToPath(new URL(name, CAPTURE)))
  await give(paths)
  const answer = await answerText()
  await page.keyboard.press('2')
  await waitForText('holds')
  const link = page.url()

  await page.goto('about:blank')
  await page.goto(`${baseURL}/${new URL(link).hash}`)
  // What was read may be kept in the browser by now: then the link asks for no file.
  await expect.poll(mainText, { timeout: 60_000 }).toMatch(/This link is about|begins with its allocation/)
  await give(paths)
  await waitForText('begins with its allocation')
  expect(page.url()).toBe(link)
  await page.keyboard.press('1')
  expect(await answerText()).toBe(answer)
  expect(complaints).toEqual([])
})

const CAPTURE = new URL('../fixtures/captures/longterm-driver/', import.meta.url)
const CAPTURE_FILES = readdirSync(CAPTURE).filter((name) => !name.endsWith('.json') && !name.endsWith('.md'))

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
    page.evaluate(() => document.querySelector('main p')?.textContent ?? '').catch(() => '')
  await expect.poll(words, { timeout: 60_000 }).toContain('known from')
  return words()
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
