import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test as alone } from '@playwright/test'
import { linkOf, openExample, screenOf } from './capture-page.ts'
import { test } from './shared-page.ts'

function field(page: Page, name: string) {
  return page.getByRole('textbox', { name, exact: true })
}

function step(page: Page, title: RegExp) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
}

alone('how to record is there before any file is open, and asks for the kernel first', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'How to record' }).click()
  await expect(page.getByText('Which kernel?')).toBeVisible()
  await field(page, 'kernel').fill('6.1')
  await field(page, 'PFNs').fill('0x17800-0x17c00')
  const setup = step(page, /Set up a trace of these pages alone/)
  await expect(setup).toContainText("FILTER='(pfn >= 0x17800 && pfn < 0x17c00)'")
  await expect(setup).toContainText('CONFIG_DEBUG_PAGE_REF=y')
  expect(linkOf(page).get('kernel')).toBe('6.1')
  expect(linkOf(page).get('pfns')).toBe('0x17800-0x17c00')
  await page.getByRole('button', { name: 'Open files' }).click()
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
})

alone('a link is the whole form', async ({ page }) => {
  await page.goto('/#/record?v=1&kernel=5.10&trigger=offline&tool=perf&block=4')
  await expect(field(page, 'kernel')).toHaveValue('5.10')
  await expect(page.getByRole('combobox', { name: 'what fails' })).toHaveValue('offline')
  await expect(field(page, 'memory block')).toHaveValue('4')
  await expect(step(page, /Record with perf/)).toContainText('perf record -a -g')
})

alone('commands are copied, one step or all of them, by mouse and by key', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/#/record?v=1&kernel=6.12&trigger=cma&pfns=0x17ac9')
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await page.getByRole('button', { name: 'Copy: Make a folder for what is recorded' }).press('Enter')
  await expect.poll(copied).toBe('mkdir -p pinscope-capture')
  await page.keyboard.press('Shift+C')
  await expect(page.getByText('Script copied')).toBeVisible()
  const script = await copied()
  expect(script).toContain('(pfn >= 0x17ac8 && pfn < 0x17aca)')
  expect(execFileSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toBe('')
})

alone('scripts are saved', async ({ page }) => {
  await page.goto('/#/record?v=1&kernel=6.12&trigger=wait&pfns=0x17ac9')
  const own = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the script' }).click()
  expect(readFileSync(await (await own).path(), 'utf8')).toContain('(pfn >= 0x17ac8 && pfn < 0x17aca)')
  const general = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Save pinscope-record.sh' }).click()
  const path = new URL('../../public/pinscope-record.sh', import.meta.url)
  expect(readFileSync(await (await general).path(), 'utf8')).toBe(readFileSync(path, 'utf8'))
})

test('of an open capture it says what is missing, and takes its range or its pages', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('8')
  await expect.poll(() => screenOf(page)).toBe('record')
  await expect(page.getByRole('heading', { name: 'What this capture leaves open' })).toBeVisible()
  await field(page, 'kernel').fill('6.12')
  await expect(page.getByRole('heading', { name: /1\. Look what this kernel can record/ })).toBeVisible()
  const range = page.getByRole('button', { name: /^the range 0x/ })
  await range.click()
  expect(linkOf(page).get('pfns')).toBe((await range.textContent())?.replace('the range ', ''))
  await page.getByRole('button', { name: 'what is suggested' }).click()
  await expect.poll(() => linkOf(page).get('pfns')).toBeNull()
})

alone('what cannot be is said where it is typed', async ({ page }) => {
  await page.goto('/#/record?v=1&kernel=6.12')
  await field(page, 'PFNs').fill('17ac9; reboot')
  await expect(page.getByText('17ac9; is no PFN: write 0x17ac9 or 0x17800-0x17c00')).toBeVisible()
  await field(page, 'CMA area').fill('$(reboot)')
  await expect(page.getByText('This cannot be recorded.')).toBeVisible()
  await expect(page.getByText('$(reboot) is no name of a CMA area')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  alone(`nothing is in the way of those who cannot see it well, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.goto('/#/record?v=1&kernel=6.1&trigger=hugetlb')
    await expect(page.getByText('Without PFNs nothing keeps the trace small')).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
}
