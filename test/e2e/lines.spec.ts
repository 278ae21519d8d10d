import { expect, type Locator, type Page } from '@playwright/test'
import { linkOf, openExample, screenOf } from './capture-page.ts'
import { slow, test } from './shared-page.ts'

/** Presses the key for raw lines on a part of the screen: a line is opened, and closed again. */
async function expectLine(page: Page, part: Locator): Promise<void> {
  await part.focus()
  await expect(async () => {
    await page.keyboard.press('l')
    await expect.poll(() => linkOf(page).get('event'), { timeout: 500 }).toMatch(/:\d+$/)
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

test('keys that come faster than the screen is drawn: raw lines, Esc and the copy menu each do what they do alone', async ({
  page,
}) => {
  await openExample(page)
  await slow(page, 6)
  const menu = page.getByRole('menu', { name: /^Copy the / })
  for (const [key, screen] of [
    ['1', 'triage'],
    ['3', 'pinners'],
    ['6', 'events'],
  ]) {
    await page.keyboard.press(key)
    await expect.poll(() => screenOf(page)).toBe(screen)
    await page.locator('main tr[data-row][tabindex="0"]').first().focus()
    for (const press of ['l', 'Escape', 'Shift+Y']) await page.keyboard.press(press)
    await expect(menu).toBeVisible()
    expect(linkOf(page).get('event')).toBeNull()
    for (const press of ['Escape', 'l', 'Shift+Y', 'Escape', 'Escape']) await page.keyboard.press(press)
    await expect(menu).toBeHidden()
    await expect.poll(() => linkOf(page).get('event')).toBeNull()
    await expectLine(page, page.locator('main tr[data-row][tabindex="0"]').first())
  }
})
