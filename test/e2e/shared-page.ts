import { type Browser, type CDPSession, type Page, test as alone } from '@playwright/test'
import { keepExample } from './capture-page.ts'

const pages = new WeakMap<Browser, Page>()
const slowed = new WeakMap<Page, CDPSession>()

/**
 * A test in the page that the tests before it used: opening a page and reading the example anew takes longer than most of
 * them. Each goes to its own place first (`openExample`), and finds no storage, permission, size, scheme or second page of
 * another. What a link does not name must not be left behind: a test that changes settings, rules or notes, listens to the
 * page or puts scripts into it takes a page of its own, with the `test` of Playwright. So does the one after a failure.
 */
export const test = alone.extend({
  context: async ({ page }, lend) => lend(page.context()),
  page: async ({ browser }, lend, info) => {
    const page = await keptPage(browser)
    await lend(page)
    if (info.status === info.expectedStatus) await tidy(page)
    else await page.context().close()
  },
})

async function keptPage(browser: Browser): Promise<Page> {
  const kept = pages.get(browser)
  if (kept !== undefined && !kept.isClosed()) return kept
  const page = await (await browser.newContext()).newPage()
  pages.set(browser, page)
  keepExample(page)
  return page
}

/** Leaves the page as a new one would be, but for what is open in it. */
async function tidy(page: Page): Promise<void> {
  await slowed.get(page)?.detach()
  slowed.delete(page)
  const context = page.context()
  for (const other of context.pages()) if (other !== page) await other.close()
  await context.clearPermissions()
  await page.mouse.move(-1, -1)
  await page.emulateMedia({ colorScheme: null })
  const usual = test.info().project.use.viewport
  if (usual && JSON.stringify(page.viewportSize()) !== JSON.stringify(usual)) await page.setViewportSize(usual)
  await page.evaluate(async () => {
    if (location.protocol === 'about:') return
    localStorage.clear()
    sessionStorage.clear()
    const folder = await navigator.storage.getDirectory()
    // What an open capture holds cannot be removed, and is its own.
    for await (const name of folder.keys()) await folder.removeEntry(name, { recursive: true }).catch(() => {})
  })
}

/** Makes the page answer so many times slower, to the end of the test. */
export async function slow(page: Page, rate: number): Promise<void> {
  const session = slowed.get(page) ?? (await page.context().newCDPSession(page))
  slowed.set(page, session)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}
