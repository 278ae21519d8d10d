import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Locator, type Page, test } from '@playwright/test'
import { chromiumArgs, chromiumPath } from '../support/browser-path.ts'
import { choose, failedRanges, otherTrace } from './capture-page.ts'
import { complaints } from './complaints.ts'

const answer = (page: Page): Locator => page.getByRole('region', { name: 'Answer' })
const note = (page: Page): Locator => answer(page).getByRole('textbox', { name: 'note' })
const isSaved = (page: Page): Promise<void> => expect(answer(page).getByText('Saved', { exact: true })).toBeVisible()

async function type(page: Page, text: string): Promise<void> {
  await note(page).focus()
  await page.keyboard.type(text)
}

/** A browser of a profile, which can be killed as a power cut kills it. */
async function started(profile: string): Promise<{ readonly browser: Browser; readonly child: ChildProcess }> {
  rmSync(join(profile, 'DevToolsActivePort'), { force: true })
  const options = [...chromiumArgs, '--headless', '--no-first-run', '--remote-debugging-port=0']
  const child = spawn(chromiumPath, [...options, `--user-data-dir=${profile}`, 'about:blank'], {
    detached: true,
    stdio: 'ignore',
  })
  const port = join(profile, 'DevToolsActivePort')
  await expect.poll(() => existsSync(port) && readFileSync(port, 'utf8').includes('/devtools/')).toBe(true)
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(port, 'utf8').split('\n')[0]}`)
  return { browser, child }
}

/** All processes of a browser that `started` began, at once. */
async function kill({ child }: { readonly child: ChildProcess }): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGKILL')
  await gone
}

const CAPTURE = otherTrace('crash.txt', 'what was open')

async function openAt(page: Page, address = '/'): Promise<void> {
  await page.goto(address)
  await choose(page, [CAPTURE])
  await expect(failedRanges(page)).toBeVisible()
  await expect(note(page)).toBeVisible()
}

test('a note that is told to be saved outlives a browser that is killed that moment', async ({ baseURL }) => {
  const profile = mkdtempSync(join(tmpdir(), 'pinscope-killed-'))
  let running = await started(profile)
  try {
    const page = await running.browser.contexts()[0].newPage()
    await openAt(page, baseURL)
    await type(page, 'seen on two boards')
    await isSaved(page)
    await kill(running)
    running = await started(profile)
    const again = await running.browser.contexts()[0].newPage()
    await openAt(again, baseURL)
    await expect(note(again)).toHaveValue('seen on two boards')
  } finally {
    await kill(running)
    rmSync(profile, { recursive: true, force: true })
  }
})

test('what the browser cleared under the page is there again, and that is told', async ({ page, baseURL }) => {
  await openAt(page)
  await type(page, 'seen on two boards')
  await isSaved(page)
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: new URL(baseURL ?? '').origin, storageTypes: 'all' })
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(answer(page)).toContainText('was cleared while this page was open')
  await isSaved(page)
  await page.reload()
  await openAt(page)
  await expect(note(page)).toHaveValue('seen on two boards')
})

test('what is damaged is taken from its second place, and can be saved as it was', async ({ page }) => {
  await openAt(page)
  await type(page, 'seen on two boards')
  await isSaved(page)
  // Where no page of pinscope is open, which would mend it at once.
  await page.goto('/example/page_owner.txt')
  await page.evaluate(() => {
    const kept = localStorage.getItem('pinscope.session') ?? ''
    localStorage.setItem('pinscope.session', kept.slice(0, 300))
  })
  await openAt(page)
  await expect(note(page)).toHaveValue('seen on two boards')
  await expect(answer(page)).toContainText('was taken from the copy in this browser')
  await page.keyboard.press('k')
  await page.keyboard.press('l')
  const dialog = page.getByRole('dialog', { name: 'Triage session' })
  await expect(dialog).toContainText('1 session that could not be read was put aside in this browser.')
  expect(await complaints(page)).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save as text' }).click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toMatch(/^\{"sum":"[0-9a-f]{16}",\n "pinscope": "session"/)
})

test('where nothing may be kept that is told, and who leaves with notes that are not exported is asked', async ({
  page,
}) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'indexedDB'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      })
  })
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  await openAt(page)
  await expect(answer(page)).toContainText('what you say here is lost when this tab closes')
  await page.reload()
  await openAt(page)
  expect(asked).toEqual([])
  await type(page, 'of this tab alone')
  await page.keyboard.press('Escape')
  await page.reload()
  expect(asked).toEqual(['beforeunload'])
  await openAt(page)
  await type(page, 'of this tab alone')
  await page.keyboard.press('Escape')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    answer(page).getByRole('button', { name: 'Export the session' }).click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toContain('of this tab alone')
  await page.reload()
  expect(asked).toEqual(['beforeunload'])
})
