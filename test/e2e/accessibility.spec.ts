import { expect, type Page } from '@playwright/test'
import { choose, failedRanges, openExample, screenOf, textFile } from './capture-page.ts'
import { complaintsInBoth, complaintsOf } from './complaints.ts'
import { test } from './shared-page.ts'

/** Every screen but Triage, by its key, and what is there when it is drawn. */
const SCREENS: readonly (readonly [key: string, screen: string, drawn: (page: Page) => Promise<void>])[] = [
  ['2', 'pfn', (page) => expect(page.getByRole('figure', { name: /^References of/ }).first()).toBeVisible()],
  ['3', 'pinners', (page) => expect(rows(page).nth(1)).toBeVisible()],
  ['4', 'map', (page) => expect(page.getByRole('application').first()).toBeVisible()],
  ['5', 'owners', (page) => expect(rows(page).nth(1)).toBeVisible()],
  ['6', 'events', (page) => expect(rows(page).nth(1)).toBeVisible()],
  ['7', 'compare', (page) => expect(page.getByRole('button', { name: /files/i }).first()).toBeVisible()],
  ['8', 'record', (page) => expect(page.getByRole('heading').nth(1)).toBeVisible()],
  ['9', 'files', (page) => expect(page.getByRole('heading', { name: /^Files \d/ })).toBeVisible()],
  ['?', 'help', (page) => expect(page.getByRole('heading').nth(1)).toBeVisible()],
]

const rows = (page: Page) => page.locator('main').getByRole('row')

/** Those that no spec of their own looks at whole, in a fuller state: PFN, Pinners, Map, Events, Compare and Files have one. */
const LOOKED_AT_HERE = new Set(['owners', 'record', 'help'])

/** In the light, and the colours in the dark. */
async function expectFine(page: Page, where: string): Promise<void> {
  expect.soft(await complaintsInBoth(page), where).toEqual([])
}

test('the empty page, Triage, Owners, Record and Help have nothing to complain of', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await expectFine(page, 'empty')
  await openExample(page)
  await expect(page.getByRole('application', { name: /around the failure/ })).toBeVisible()
  await expectFine(page, 'triage')
  await page
    .getByRole('button', { name: /^trace\.txt\.gz:/ })
    .first()
    .click()
  await expect(page.locator('mark')).toBeVisible()
  await expectFine(page, 'raw lines')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: /^0x/ }).first().click()
  await expect.poll(() => screenOf(page)).toBe('pfn')
  for (const [key, screen, drawn] of SCREENS.filter(([, name]) => LOOKED_AT_HERE.has(name))) {
    await page.keyboard.press(key)
    await expect.poll(() => screenOf(page)).toBe(screen)
    await drawn(page)
    await expectFine(page, screen)
  }
})

test('what lies over the page has nothing to complain of', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('/')
  await page.keyboard.type('page_ref')
  await expect(page.getByRole('option').first()).toBeVisible()
  await expectFine(page, 'search')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  for (const [key, name] of [
    [',', 'Settings'],
    ['y', /link/i],
    ['Control+k', /action/i],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await expectFine(page, key)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  await page.keyboard.press('Shift+Y')
  await expect(page.getByRole('menu')).toBeVisible()
  await expectFine(page, 'copy menu')
})

test('the screens of trouble have nothing to complain of', async ({ page }) => {
  await page.goto('/')
  await choose(page, [textFile('notes.md', 'nothing of ours\n')])
  await expect(page.getByRole('alert')).toBeVisible()
  await expectFine(page, 'a file that is none of ours')
  await page.goto('/#/triage?v=1&f=gone.txt~0123456789abcdef')
  await page.reload()
  await expect(page.getByRole('heading', { name: /^This link is about/ })).toBeVisible()
  await expectFine(page, 'a link whose file is not here')
})

/** What a narrow page changes. */
const RULES_OF_SIZE = ['target-size', 'color-contrast', 'scrollable-region-focusable']

test('half a screen has nothing to complain of', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 900 })
  await openExample(page)
  await expect(failedRanges(page)).toBeVisible()
  expect.soft(await complaintsOf(page, RULES_OF_SIZE), 'triage').toEqual([])
  await page.getByRole('link', { name: /^0x/ }).first().click()
  await expect.poll(() => screenOf(page)).toBe('pfn')
  for (const [key, screen, drawn] of SCREENS) {
    await page.keyboard.press(key)
    await expect.poll(() => screenOf(page)).toBe(screen)
    await drawn(page)
    expect.soft(await complaintsOf(page, RULES_OF_SIZE), screen).toEqual([])
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect.soft(isWide, `${screen} fits`).toBe(false)
  }
})
