import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type CDPSession, type Page } from 'playwright'
import { buildAndServe } from '../bench/browser/built-page.ts'
import { chromiumArgs, chromiumPath } from '../support/browser-path.ts'
import { keepNoBodies } from './keep-no-bodies.ts'

// Not an import: the bundler that runs this file would take all of Playwright in.
const { chromium }: typeof import('playwright') = createRequire(import.meta.url)('playwright')

/** The built page in a Chromium of its own. */
export interface LongrunBrowser {
  readonly context: BrowserContext
  readonly page: Page
  readonly session: CDPSession
  readonly address: string
  /** The profile's, gone when it is closed. */
  readonly folder: string
  /** What the page complained of since it was asked last: errors that nobody caught, and of the console. */
  readonly complaints: () => readonly string[]
  readonly close: () => Promise<void>
}

/** Opens the page at an address; builds and serves one when none is given. A profile on disk, as a person's. */
export async function openLongrunBrowser(given?: string): Promise<LongrunBrowser> {
  const served = given === undefined ? await buildAndServe() : { address: given, close: async () => undefined }
  const profile = mkdtempSync(join(tmpdir(), 'pinscope-longrun-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    args: chromiumArgs,
    viewport: { width: 1280, height: 800 },
    // Who is told to stop still says what was measured.
    handleSIGTERM: false,
    handleSIGINT: false,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  let heard: string[] = []
  const listen = (page: Page): void => {
    page.on('pageerror', (error) => heard.push(`error: ${error.message}`))
    page.on('console', (message) => message.type() === 'error' && heard.push(`console: ${message.text()}`))
    page.on('crash', () => heard.push('the tab crashed'))
  }
  context.pages().forEach(listen)
  context.on('page', listen)
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(60_000)
  await keepNoBodies(page)
  await page.goto(served.address)
  return {
    context,
    page,
    session: await context.newCDPSession(page),
    address: served.address,
    folder: profile,
    complaints: () => {
      const now = heard
      heard = []
      return now
    },
    close: async () => {
      await context.close()
      await served.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
