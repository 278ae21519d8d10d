import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { openExample } from './capture-page.ts'
import { complaints, complaintsInBoth } from './complaints.ts'

const answer = (page: Page): Locator => page.getByRole('region', { name: 'Answer' })
const verdict = (page: Page, word: string): Locator => answer(page).getByRole('button', { name: word })
const note = (page: Page): Locator => answer(page).getByRole('textbox', { name: 'note' })
const column = (page: Page): Locator => page.getByRole('treegrid', { name: 'Failed ranges' })

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** What the key for exporting hands to the downloads. */
async function exported(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'k', 'e')])
  expect(download.suggestedFilename()).toBe('pinscope-session.json')
  return readFileSync(await download.path(), 'utf8')
}

test('what is said of a finding is kept, undone, bookmarked and presented, by keys alone', async ({ page }) => {
  await openExample(page)
  await expect(note(page)).toBeVisible()
  await press(page, 'k', '2')
  await expect(verdict(page, 'suspect')).toHaveAttribute('aria-pressed', 'true')
  await expect(column(page)).toContainText('◐ suspect')
  await press(page, 'k', 'n')
  await expect(note(page)).toBeFocused()
  await page.keyboard.type('seen on two boards')
  await press(page, 'Enter')
  await page.keyboard.type('ask the driver’s owner')
  await press(page, 'Escape')
  await press(page, 'k', 'a')
  await page.keyboard.type('Ann')
  await press(page, 'Escape')
  expect(await complaintsInBoth(page)).toEqual([])

  // A bookmark on an event of the page, drawn on its timeline with its label.
  await press(page, '2')
  await expect(page.getByRole('application', { name: /^References of/ })).toBeVisible()
  await press(page, ']')
  await expect(page).toHaveURL(/event=/)
  await press(page, 'k', 'b')
  await expect(page.getByRole('textbox', { name: 'Label' })).toBeFocused()
  await page.keyboard.type('first get')
  await press(page, 'Enter')
  await expect(page.getByRole('button', { name: /^Bookmark: first get at/ })).toBeVisible()

  // Still there after a reload, which brings the files no more: what is said is the browser's, the capture is not.
  await page.reload()
  await openExample(page)
  await expect(verdict(page, 'suspect')).toHaveAttribute('aria-pressed', 'true')
  await expect(note(page)).toHaveValue('seen on two boards\nask the driver’s owner')

  await press(page, 'k', '4')
  await expect(verdict(page, 'noise')).toHaveAttribute('aria-pressed', 'true')
  await press(page, 'Control+z')
  await expect(verdict(page, 'suspect')).toHaveAttribute('aria-pressed', 'true')
  await press(page, 'Control+Shift+Z')
  await expect(verdict(page, 'noise')).toHaveAttribute('aria-pressed', 'true')

  const text = await exported(page)
  expect(text).toContain('"value": "noise"')
  expect(text).toContain('first get')
  expect(text).not.toMatch(/page_ref_\w+: pfn=|flags=|mapping=/)

  await press(page, 'k', 'l')
  const dialog = page.getByRole('dialog', { name: 'Triage session' })
  await expect(dialog).toContainText('first get')
  expect(await complaints(page)).toEqual([])
  await press(page, 'Escape')

  await press(page, 'k', 'p')
  const shown = page.getByRole('dialog').filter({ hasText: 'Previous' })
  await expect(shown).toContainText('1 of')
  await expect(shown.getByRole('button', { name: 'noise' })).toHaveAttribute('aria-pressed', 'true')
  await press(page, '3')
  await expect(shown.getByRole('button', { name: 'confirmed' })).toHaveAttribute('aria-pressed', 'true')
  await press(page, 'e')
  await page.keyboard.type('as said in the meeting. ')
  await press(page, 'Escape', 'n', 'N')
  await expect(shown.getByRole('textbox', { name: 'note' })).toHaveValue(/as said in the meeting/)
  await expect(page).toHaveURL(/present=1/)
  expect(await complaints(page)).toEqual([])
  await press(page, 'Escape')
  await expect(shown).toBeHidden()
  await expect(column(page)).toContainText('● confirmed')
})

test('two people’s sessions meet: the conflict is shown before and after, and settled', async ({ browser }) => {
  const [annContext, bobContext] = [await browser.newContext(), await browser.newContext()]
  const [ann, bob] = [await annContext.newPage(), await bobContext.newPage()]
  const name = async (page: Page, author: string): Promise<void> => {
    await openExample(page)
    await press(page, 'k', 'l')
    await page.getByRole('textbox', { name: 'Your name' }).fill(author)
    await press(page, 'Escape')
  }
  await name(ann, 'Ann')
  await name(bob, 'Bob')
  await press(ann, 'k', '3')
  await expect(verdict(ann, 'confirmed')).toHaveAttribute('aria-pressed', 'true')
  await press(bob, 'k', '4')
  await expect(verdict(bob, 'noise')).toHaveAttribute('aria-pressed', 'true')
  const file = { name: 'pinscope-session.json', mimeType: 'application/json', buffer: Buffer.from(await exported(ann)) }

  await bob.locator('input[type=file][aria-label="Triage session"]').setInputFiles(file)
  const preview = bob.getByRole('dialog', { name: 'Import pinscope-session.json' })
  await expect(preview).toContainText('1 field changes, 1 conflict to settle')
  await expect(preview.getByRole('button', { name: 'Import' })).toBeFocused()
  await press(bob, 'Enter')
  const conflict = answer(bob).getByRole('region', { name: 'Conflict of verdict' })
  await expect(conflict).toContainText('Ann')
  await expect(conflict).toContainText('Bob')
  expect(await complaints(bob)).toEqual([])
  const take = conflict.getByRole('button', { name: 'Take what Ann says' })
  await take.focus()
  await press(bob, 'Enter')
  await expect(conflict).toBeHidden()
  await expect(verdict(bob, 'confirmed')).toHaveAttribute('aria-pressed', 'true')

  // Chosen as any file it is told from a capture, and what is in it already changes nothing.
  await bob.locator('input[type=file][aria-label=Files]').setInputFiles(file)
  await expect(preview).toContainText('Everything in it is here already')
  await press(bob, 'Escape')
  await bob
    .locator('input[type=file][aria-label="Triage session"]')
    .setInputFiles({ ...file, buffer: Buffer.from('{"pinscope":"session","version":9,"entries":[]}') })
  await expect(preview).toContainText('was not taken. It is a session of version 9')
  await press(bob, 'Escape')

  // Another tab of the same person says something: this one follows, and neither writes over the other.
  const second = await bobContext.newPage()
  await openExample(second)
  await expect(verdict(second, 'confirmed')).toHaveAttribute('aria-pressed', 'true')
  await press(second, 'k', '5')
  await expect(verdict(bob, 'fixed')).toHaveAttribute('aria-pressed', 'true')
  await annContext.close()
  await bobContext.close()
})
