import { expect, type Locator, type Page, test } from '@playwright/test'
import { linkOf, openExample, screenOf } from './capture-page.ts'

/** Presses the key for raw lines on a part of the screen: a line is opened, and closed again. */
async function expectLine(page: Page, part: Locator): Promise<void> {
  await part.focus()
  await expect(async () => {
    await page.keyboard.press('l')
    await expect.poll(() => linkOf(page).get('event'), { timeout: 500 }).toMatch(/^.+:\d+$/)
  }).toPass()
  await page.keyboard.press('Escape')
  await expect.poll(() => linkOf(page).get('event')).toBeNull()
}

test('the raw lines of groups of holds, maps and charts are one key away, and where none is known that is said', async ({
  page,
}) => {
  await openExample(page)
  await page.keyboard.press('3')
  await expectLine(page, page.locator('[data-pinners] tr[data-row="0"]'))
  await page.keyboard.press('4')
  await expectLine(page, page.getByRole('application', { name: /^Memory map/ }))
  await expectLine(page, page.getByRole('application', { name: /^Pages .* by time/ }))
  await page.keyboard.press('6')
  await expectLine(page, page.getByRole('slider', { name: /^Events over time/ }))
  await page.keyboard.press('?')
  await expect.poll(() => screenOf(page)).toBe('help')
  await page.keyboard.press('l')
  await expect(page.getByText('No line is known of this.')).toBeVisible()
})
