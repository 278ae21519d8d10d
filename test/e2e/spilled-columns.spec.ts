import { expect, type Page, test } from '@playwright/test'
import { failedRanges, openExample } from './capture-page.ts'

/** In the worker of the load: captures of whatever size are spilled. `before` is put before its script. */
async function spillAll(page: Page, before = ''): Promise<void> {
  await page.context().route(/trace\.worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    const script = await response.text()
    // The names that a build gives may have a $ in them.
    const body = script.replace(/(\bmostColumnBytes:[\w$]+=)[\w$]+/, '$1-1')
    expect(body === script).toBe(false) // a difference of a megabyte tells nobody anything
    await route.fulfill({ response, body: before + body })
  })
}

/** Files of columns in the private storage of the origin, with their sizes. */
async function spilledFiles(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('spilled-columns').catch(() => undefined)
    const found: string[] = []
    if (folder !== undefined) for await (const name of folder.keys()) found.push(name)
    return found
  })
}

async function rangesText(page: Page): Promise<string> {
  await expect(failedRanges(page)).toBeVisible()
  return failedRanges(page).innerText()
}

test('columns of a large capture lie in the storage of the browser while it is open, and the answer is the same', async ({
  page,
}) => {
  await openExample(page)
  const inMemory = await rangesText(page)
  await page.keyboard.press('9')
  await expect(page.getByText('bytes of columns lie')).toHaveCount(0)
  expect(await spilledFiles(page)).toEqual([])

  await spillAll(page)
  await page.goto('about:blank')
  await openExample(page)
  expect(await rangesText(page)).toBe(inMemory)
  await page.keyboard.press('6')
  await expect(page.locator('[data-row]').first()).toBeVisible()
  await page.keyboard.press('9')
  await expect(
    page.getByText('bytes of columns lie in this browser’s storage while this capture is open'),
  ).toBeVisible()
  expect((await spilledFiles(page)).length).toBe(1)

  // Who opens the page next removes what a tab left that is gone.
  await page.context().unroute(/trace\.worker[^/]*\.js$/)
  await page.goto('about:blank')
  await openExample(page)
  await expect.poll(() => spilledFiles(page)).toEqual([])
})

test('a browser that gives no storage says so, and the capture lies in memory', async ({ page }) => {
  await spillAll(
    page,
    `StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));\n`,
  )
  await openExample(page)
  await expect(failedRanges(page)).toBeVisible()
  await page.keyboard.press('9')
  await expect(page.getByText('all columns of this capture lie in memory')).toBeVisible()
})
