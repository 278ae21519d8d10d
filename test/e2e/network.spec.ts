import { createServer, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { resolve as pathOf } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, expect, type Page, test } from '@playwright/test'
import { type Browser as Firefox, type KeyInput, launch, type Page as FirefoxPage } from 'puppeteer-core'
import { chromiumArgs, chromiumPath, firefoxPath } from '../support/browser-path.ts'
import { failedRanges, openExample } from './capture-page.ts'
import {
  chromiumTrapArgs,
  firefoxTrapPreferences,
  LEAKS,
  leakyPage,
  type NetworkTrap,
  setNetworkTrap,
} from './network-trap.ts'
import { type Hands, walkEverything } from './walk-everything.ts'

const APP = pathToFileURL(pathOf(process.env['PINSCOPE_E2E_DIST'] ?? 'dist', 'pinscope-app.html')).href

let trap: NetworkTrap
let leaky: Server
test.beforeAll(async () => {
  trap = await setNetworkTrap()
  leaky = createServer((_, response) => response.setHeader('content-type', 'text/html').end(leakyPage(trap)))
  await new Promise<void>((ready) => leaky.listen(0, '127.0.0.1', ready))
})
test.afterAll(async () => {
  // A browser that did not start, or does not end, keeps neither the other one nor the servers.
  const browsers = [trapped.chromium, trapped.firefox].map(async (browser) => (await browser)?.close())
  const ended = await Promise.allSettled(browsers)
  leaky.close()
  await trap.close()
  expect(ended.filter(({ status }) => status === 'rejected')).toEqual([])
})

const leakyPort = (): number => (leaky.address() as AddressInfo).port // it listens on a port
const portsOf = (baseURL: string | undefined): readonly number[] => [Number(new URL(baseURL ?? '').port), leakyPort()]

/** Browsers behind the trap, started when they are first used: all that is asked in one, by whatever page, is caught. */
const trapped: { chromium?: Promise<Browser>; firefox?: Promise<Firefox> } = {}

/** All that Chromium asked of any place but `origin`, workers included, as it tells of it and as it went over the wire. */
async function inChromium(
  baseURL: string | undefined,
  walk: (page: Page) => Promise<void>,
): Promise<readonly string[]> {
  const before = trap.caught.length
  const args = [...chromiumArgs, ...chromiumTrapArgs(trap, portsOf(baseURL))]
  trapped.chromium ??= chromium.launch({ executablePath: chromiumPath, args })
  const context = await (await trapped.chromium).newContext()
  try {
    const elsewhere: string[] = []
    context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (origin !== baseURL && !['blob:', 'data:', 'file:'].includes(protocol)) elsewhere.push(request.url())
    })
    context.on('serviceworker', (worker) => elsewhere.push(`service worker ${worker.url()}`))
    await walk(await context.newPage())
    return [...elsewhere, ...trap.caught.slice(before)]
  } finally {
    await context.close()
  }
}

/** The same of Firefox, as it went over the wire. */
async function inFirefox(
  baseURL: string | undefined,
  walk: (page: FirefoxPage) => Promise<void>,
): Promise<readonly string[]> {
  const before = trap.caught.length
  trapped.firefox ??= launch({
    browser: 'firefox',
    executablePath: firefoxPath,
    headless: true,
    extraPrefsFirefox: firefoxTrapPreferences(trap, portsOf(baseURL)),
  })
  const context = await (await trapped.firefox).createBrowserContext()
  try {
    const page = await context.newPage()
    await page.setViewport({ width: 1280, height: 800 })
    await walk(page)
    return trap.caught.slice(before)
  } finally {
    await context.close()
  }
}

function chromiumHands(page: Page): Hands {
  return {
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    ask: (what) => page.evaluate(what),
    give: (label, paths) => page.locator(`input[type=file][aria-label="${label}"]`).setInputFiles([...paths]),
  }
}

function firefoxHands(page: FirefoxPage): Hands {
  return {
    press: (key) => page.keyboard.press(key as KeyInput), // every key of the page is one of those
    type: (text) => page.keyboard.type(text),
    ask: (what) => page.evaluate(what),
    give: async (label, paths) => {
      const input = await page.waitForSelector(`input[type=file][aria-label="${label}"]`)
      await input?.uploadFile(...paths)
    },
  }
}

/** Every piece that is not there is a way out that would not be seen. */
async function catchesEverything(caught: () => readonly string[]): Promise<void> {
  await expect
    .poll(() => LEAKS.filter((leak) => !caught().some((one) => one.includes(leak))), { timeout: 20_000 })
    .toEqual([])
}

test('in Chromium nothing is asked of any other place while every screen and dialog is used', async ({ baseURL }) => {
  const elsewhere = await inChromium(baseURL, async (page) => {
    await page.goto(`${baseURL}/`)
    await walkEverything(chromiumHands(page))
    await page.goto(`${baseURL}/?src=example/page_owner.txt&src=example/trace.gzip#/triage`)
    await expect(failedRanges(page)).toBeVisible()
  })
  expect(elsewhere).toEqual([])
})

test('in Chromium the app in one file asks nothing of anybody', async ({ baseURL }) => {
  const elsewhere = await inChromium(baseURL, async (page) => {
    await page.goto(APP)
    await walkEverything(chromiumHands(page))
  })
  expect(elsewhere).toEqual([])
})

test('in Firefox nothing is asked of any other place while every screen and dialog is used', async ({ baseURL }) => {
  const elsewhere = await inFirefox(baseURL, async (page) => {
    await page.goto(`${baseURL}/`)
    await walkEverything(firefoxHands(page))
  })
  expect(elsewhere).toEqual([])
})

test('in Firefox the app in one file asks nothing of anybody', async ({ baseURL }) => {
  const elsewhere = await inFirefox(baseURL, async (page) => {
    await page.goto(APP)
    await walkEverything(firefoxHands(page))
  })
  expect(elsewhere).toEqual([])
})

// Behind the walks: what a leaky page sends as it goes must not be taken for the app's.
test('the trap sees every way in which a page in Chromium could send', async ({ baseURL }) => {
  await inChromium(baseURL, async (page) => {
    const before = trap.caught.length
    await page.goto(`http://127.0.0.1:${leakyPort()}/`)
    await catchesEverything(() => trap.caught.slice(before))
  })
})

test('the trap sees every way in which a page in Firefox could send', async ({ baseURL }) => {
  await inFirefox(baseURL, async (page) => {
    const before = trap.caught.length
    await page.goto(`http://127.0.0.1:${leakyPort()}/`)
    await catchesEverything(() => trap.caught.slice(before))
  })
})

test('the page is forbidden to talk to any other place', async ({ page }) => {
  const reached: string[] = []
  const server = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.setHeader('access-control-allow-origin', '*')
    response.end('here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is never a path.
  const { port } = server.address() as AddressInfo
  try {
    await page.goto('/')
    const violated = await page.evaluate(async (address) => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
      const refused = await fetch(address).then(
        () => 'reached',
        () => 'refused',
      )
      new Image().src = `${address}image.png`
      await new Promise((resolve) => setTimeout(resolve, 200))
      return { refused, violations }
    }, `http://127.0.0.1:${port}/`)
    expect(violated.refused).toBe('refused')
    expect(violated.violations).toEqual(expect.arrayContaining(['connect-src', 'img-src']))
    expect(reached).toEqual([])
  } finally {
    server.close()
  }
})

// What it keeps, and how that goes, is in kept-indexes.spec.ts.
test('the page keeps an index of a small capture, and nothing else of it', async ({ page }) => {
  await openExample(page)
  // It is kept when nothing else is asked for.
  const folders = (): Promise<string[]> =>
    page.evaluate(async () => {
      const names: string[] = []
      for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name)
      return names
    })
  await expect.poll(folders).toEqual(['kept-indexes'])
  const kept = await page.evaluate(async () => {
    const files: string[] = []
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name)
    return {
      local: Object.keys(localStorage).filter((key) => !/^(mantine-color-scheme|pinscope\.session\.)/.test(key)),
      session: Object.keys(sessionStorage).filter((key) => !key.startsWith('tsr-')),
      // Verdicts and notes alone have one, empty as long as there are none.
      databases: (await indexedDB.databases()).filter(({ name }) => name !== 'pinscope.session'),
      caches: await caches.keys(),
      cookies: document.cookie,
      files,
    }
  })
  expect(kept).toEqual({ local: [], session: [], databases: [], caches: [], cookies: '', files: ['kept-indexes'] })
})
