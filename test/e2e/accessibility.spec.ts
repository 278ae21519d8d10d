import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { choose, openExample, screenOf, textFile } from './capture-page.ts'

async function complaints(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme })

    test('the empty page has nothing to complain of', async ({ page }) => {
      await page.goto('/')
      await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
      expect(await complaints(page)).toEqual([])
    })

    test('every screen has nothing to complain of', async ({ page }) => {
      await openExample(page)
      expect(await complaints(page)).toEqual([])
      await page
        .getByRole('button', { name: /^trace\.txt\.gz:/ })
        .first()
        .click()
      await expect(page.locator('mark')).toBeVisible()
      expect(await complaints(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: /^0x/ }).first().click()
      for (const [key, screen] of [
        ['2', 'pfn'],
        ['3', 'pinners'],
        ['6', 'events'],
        ['9', 'files'],
      ]) {
        await page.keyboard.press(key)
        await expect.poll(() => screenOf(page)).toBe(screen)
        await page.waitForLoadState('networkidle')
        expect(await complaints(page), screen).toEqual([])
      }
    })

    test('what lies over the page has nothing to complain of', async ({ page }) => {
      await openExample(page)
      await page.keyboard.press('/')
      await page.keyboard.type('page_ref')
      await expect(page.getByRole('option').first()).toBeVisible()
      expect(await complaints(page), 'search').toEqual([])
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      for (const [key, name] of [
        [',', 'Settings'],
        ['y', /link/i],
      ] as const) {
        await page.keyboard.press(key)
        await expect(page.getByRole('dialog', { name })).toBeVisible()
        expect(await complaints(page), key).toEqual([])
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
      }
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('textbox', { name: 'Find an action' })).toBeVisible()
      expect(await complaints(page), 'palette').toEqual([])
    })

    test('the screens of trouble have nothing to complain of', async ({ page }) => {
      await page.goto('/')
      await choose(page, [textFile('notes.md', 'nothing of ours\n')])
      await expect(page.getByRole('alert')).toBeVisible()
      expect(await complaints(page)).toEqual([])
      await page.goto('/#/triage?v=1&f=gone.txt~0123456789abcdef')
      await page.reload()
      await expect(page.getByRole('heading', { name: /^This link is about/ })).toBeVisible()
      expect(await complaints(page)).toEqual([])
    })
  })
}
