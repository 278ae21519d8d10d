import { gzipSync } from 'node:zlib'
import { expect, type Response, test as alone } from '@playwright/test'
import { linkOf, openExample, screenOf } from './capture-page.ts'
import { TOUR } from './screen-keys.ts'
import { test } from './shared-page.ts'

/** Script that the empty page may cost, gzipped, in bytes. */
const SCRIPT_BUDGET = 250 * 1024

alone('the empty page costs little script, and no worker before a file comes', async ({ page }) => {
  const workers: string[] = []
  const answers: Response[] = []
  page.on('worker', (worker) => workers.push(worker.url()))
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) answers.push(response)
  })
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  const scripts = await Promise.all(
    answers.map(async (response) => ({
      url: response.url(),
      bytes: gzipSync(await response.body(), { level: 9 }).length,
    })),
  )
  expect(scripts.length).toBeGreaterThan(0)
  const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(total, scripts.map(({ url, bytes }) => `${bytes} ${url}`).join('\n')).toBeLessThan(SCRIPT_BUDGET)
  expect(workers).toEqual([])
})

alone(
  'by keys alone: any action by name, a page by number, its raw lines, settings, and back again',
  async ({ page }) => {
    await openExample(page)
    const pfn = (await page.getByRole('link', { name: /^0x/ }).first().textContent()) ?? ''

    // The palette finds pages too, and says how the number was read.
    await page.keyboard.press('Control+k')
    await page.keyboard.type(pfn)
    await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(`pfn ${pfn}`)
    await expect(page.getByRole('dialog').getByRole('status')).toContainText('as PFN')
    await page.keyboard.press('Enter')
    await expect.poll(() => screenOf(page)).toBe('pfn')
    expect(linkOf(page).get('pfn')).toBe(pfn)

    // An action of a screen that is not shown leads there and is taken.
    await page.keyboard.press('Control+k')
    await page.keyboard.type('group pinners')
    await page.keyboard.press('Enter')
    await expect.poll(() => screenOf(page)).toBe('pinners')
    await expect.poll(() => linkOf(page).get('group')).not.toBeNull()
    // It is offered first the next time.
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(/group pinners/i)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()

    // What is selected goes along from screen to screen.
    for (const [key, screen] of [
      ['1', 'triage'],
      ['4', 'map'],
      ['5', 'owners'],
      ['6', 'events'],
      ['7', 'compare'],
      ['8', 'record'],
      ['9', 'files'],
      ['2', 'pfn'],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(() => screenOf(page)).toBe(screen)
      expect(linkOf(page).get('pfn'), screen).toBe(pfn)
    }

    // Back and forward go through what was looked at.
    await page.keyboard.press('Alt+ArrowLeft')
    await expect.poll(() => screenOf(page)).toBe('files')
    await page.keyboard.press('Alt+ArrowRight')
    await expect.poll(() => screenOf(page)).toBe('pfn')
  },
)

test('what is selected goes along to every screen: page, failure, stack, line and stretch of time', async ({
  page,
}) => {
  await openExample(page)
  await page.keyboard.press('u') // to the range that is shown
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => linkOf(page).get('failure')).not.toBeNull()
  await page.keyboard.press('3')
  await expect.poll(() => screenOf(page)).toBe('pinners')
  await page
    .getByRole('treegrid', { name: /^Holds grouped/ })
    .getByRole('row')
    .nth(1)
    .click()
  await expect.poll(() => linkOf(page).get('stack')).not.toBeNull()
  await page.keyboard.press('1')
  await page.getByRole('link', { name: /^0x/ }).first().press('Enter')
  await expect.poll(() => screenOf(page)).toBe('pfn')
  const events = page.getByRole('grid', { name: 'Events of this page in the window' })
  await events
    .getByRole('row', { name: /page_ref_/ })
    .nth(1)
    .click()
  await expect.poll(() => linkOf(page).get('event')).not.toBeNull()
  await page.getByRole('button', { name: 'Zoom in (w or +)' }).press('Enter')
  await expect.poll(() => linkOf(page).get('to')).not.toBeNull()
  const selected = ['pfn', 'failure', 'stack', 'event', 'from', 'to'].map((name) => [name, linkOf(page).get(name)])
  expect(selected.filter(([, value]) => value === null)).toEqual([])
  for (const [key, screen] of [['1', 'triage'], ...TOUR] as const) {
    await page.keyboard.press(key)
    await expect.poll(() => screenOf(page)).toBe(screen)
    expect(
      selected.map(([name]) => [name, linkOf(page).get(name ?? '')]),
      screen,
    ).toEqual(selected)
  }
  await expect(events.getByRole('row', { selected: true })).toBeVisible()
})

alone('settings hold at once and after a reload; frames are links only where that was asked for', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('Shift+D')
  await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable')
  await page.keyboard.press(',')
  const field = page.getByRole('textbox', { name: 'Source of a frame' })
  await field.fill('javascript:alert({symbol})')
  await expect(page.getByText(/Not taken: .*javascript/)).toBeVisible()
  await field.fill('https://source.example/v{release}/ident/{symbol}')
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable')
  const kept = await page.evaluate(() => localStorage.getItem('pinscope.settings/1'))
  expect(kept).toContain('https://source.example/')
  expect(kept).not.toContain('javascript')
})

test('half a screen: the rail is icons, the inspector a drawer that its key folds', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 900 })
  await openExample(page)
  await expect(page.getByRole('button', { name: /^capture: / })).toBeVisible()
  await page
    .getByRole('button', { name: /^trace\.txt\.gz:/ })
    .first()
    .press('Enter')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.locator('mark')).toBeVisible()
  await page.keyboard.press('i')
  await expect(inspector.locator('mark')).toBeHidden()
  await page.keyboard.press('i')
  await expect(inspector.locator('mark')).toBeVisible()
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(isWide).toBe(false)
})
