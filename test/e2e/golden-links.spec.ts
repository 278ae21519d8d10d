import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { screenOf, statusLine } from './capture-page.ts'

const FOLDER = new URL('../fixtures/links/', import.meta.url)
const NOT_UNDERSTOOD = /Not understood|was cut|newer pinscope/

for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.txt'))) {
  test(`every link of ${name} opens at its place`, async ({ page }) => {
    const links = readFileSync(new URL(name, FOLDER), 'utf8').trim().split('\n')
    let isOpen = false
    for (const link of links) {
      const isExample = link.includes('4eacccdc6e8485e2')
      // The first link to the example opens it; those behind it are opened in the page that has it.
      if (!(isExample && isOpen)) await page.goto('about:blank')
      await page.goto(`/${link}`)
      isOpen = isExample
      if (isExample) await expect(statusLine(page)).toContainText('4 files')
      else await expect(page.getByRole('heading').first()).toBeVisible()
      const screen = link.slice(2).split('?')[0]
      expect(screenOf(page)).toBe(screen === 'ranges' ? 'ranges' : screen)
      await expect(page.getByRole('alert').filter({ hasText: NOT_UNDERSTOOD })).toHaveCount(0)
      if (link.includes('pfn=0x1f048&')) {
        await expect(page.getByRole('heading', { name: /0x1f048/ }).first()).toBeVisible()
        await expect(page.getByText('trace.txt.gz:304628').first()).toBeVisible()
      }
    }
  })
}

test('a link of a later version says so and shows what it can', async ({ page }) => {
  await page.goto('/#/pfn?v=9&f=trace.txt.gz~4eacccdc6e8485e2~322097&set=33e44daa&pfn=0x1f048&smell=new&end')
  await expect(page.getByText('made by a newer pinscope')).toBeVisible()
  await expect(page.getByText('smell=new')).toBeVisible()
  await expect(page.getByRole('heading', { name: /0x1f048/ }).first()).toBeVisible()
})

test('a link that was cut says so and shows what is there', async ({ page }) => {
  await page.goto('/#/pfn?v=2&f=trace.txt.gz~4eacccdc6e8485e2~322097&set=33e44daa&pfn=0x1f0')
  await expect(page.getByText('The end of this link is missing')).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).first().click()
  await expect(page.getByText('The end of this link is missing')).toBeHidden()
})

test('a fragment of a million characters is refused with words', async ({ page }) => {
  await page.goto('/')
  await page.evaluate(() => (window.location.hash = `#/triage?v=2&filter=${'a'.repeat(1_000_000)}`))
  await expect(page.getByText('is no link of pinscope')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
})
