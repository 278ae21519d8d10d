import { expect, test as alone } from '@playwright/test'
import {
  choose,
  EXAMPLE_OWNERS,
  failedRanges,
  linkOf,
  openExample,
  otherTrace,
  screenOf,
  statusLine,
} from './capture-page.ts'
import { test } from './shared-page.ts'

const asked = otherTrace('asked.txt', 'the file of the link')
const wrong = otherTrace('wrong.txt', 'another file')

test('the link is copied and selected', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openExample(page)
  await page.keyboard.press('y')
  await expect(page.getByRole('dialog', { name: 'Link copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
})

alone('the link is shown, selected, where pages may not write to the clipboard', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
  })
  await openExample(page)
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('dialog', { name: 'Copy this link' })).toBeVisible()
  const selected = await page.getByRole('textbox', { name: 'Link to this view' }).evaluate((field) => {
    if (!(field instanceof HTMLTextAreaElement)) return ''
    return field.value.slice(field.selectionStart, field.selectionEnd)
  })
  expect(selected).toBe(page.url())
})

test('a link to the example opens by itself, at its place', async ({ page, context }) => {
  await openExample(page)
  await page.getByRole('link', { name: /^0x/ }).first().click()
  await expect.poll(() => linkOf(page).get('pfn')).not.toBeNull()
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(statusLine(other)).toContainText('4 files')
  expect(other.url()).toBe(page.url())
})

alone.describe('a link without its file', () => {
  let link = ''

  // The same for all: it names the file by its content.
  alone.beforeAll(async ({ browser }) => {
    const maker = await browser.newPage()
    await maker.goto('/')
    await choose(maker, [asked])
    await expect(failedRanges(maker)).toBeVisible()
    await maker.getByRole('textbox', { name: /long-term from/ }).fill('123456')
    await maker.keyboard.press('Escape')
    await expect.poll(() => linkOf(maker).get('threshold')).toBe('123456')
    link = maker.url()
    await maker.close()
  })
  alone.beforeEach(async ({ page }) => {
    await page.goto(link)
  })

  alone('asks for it by name, size and hash', async ({ page }) => {
    await expect(page.getByRole('heading', { name: 'This link is about asked.txt' })).toBeVisible()
    const hash = linkOf(page).get('f')?.split('~')[1] ?? 'no hash'
    await expect(page.getByText(hash)).toBeVisible()
    await expect(page.getByText(String(asked.bytes.length))).toBeVisible()
    expect(page.url()).toBe(link)
  })

  alone('takes it under any name and shows what the link says', async ({ page }) => {
    await choose(page, [{ ...asked, name: 'renamed.txt' }])
    await expect(page.getByRole('textbox', { name: /long-term from/ })).toHaveValue('123456')
    expect(page.url()).toBe(link)
  })

  alone('refuses another one, says which was asked and which came, and still takes the right one', async ({ page }) => {
    await choose(page, [wrong])
    const refusal = page.getByRole('alert')
    await expect(refusal).toContainText(`asked.txt, ${asked.bytes.length} bytes, SHA-256 `)
    await expect(refusal).toContainText(`wrong.txt, ${wrong.bytes.length} bytes, SHA-256 `)
    expect(page.url()).toBe(link)
    await choose(page, [asked])
    await expect(page.getByRole('textbox', { name: /long-term from/ })).toHaveValue('123456')
    expect(page.url()).toBe(link)
  })

  alone('opens another one anyway when told so, and forgets what the link said', async ({ page }) => {
    await choose(page, [wrong])
    await page.getByRole('button', { name: 'Open it anyway as a new capture' }).click()
    await expect(failedRanges(page)).toBeVisible()
    expect(linkOf(page).get('threshold')).toBeNull()
    expect(linkOf(page).get('f')).toMatch(/^wrong\.txt~/)
  })

  alone('notices other companions, without refusing', async ({ page }) => {
    await choose(page, [asked, EXAMPLE_OWNERS])
    await expect(page.getByText('not all files beside it are the same')).toBeVisible()
    await expect(page.getByRole('textbox', { name: /long-term from/ })).toHaveValue('123456')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(page.getByText('not all files beside it are the same')).toBeHidden()
  })
})

test('going back leads to the screen before, with what was chosen there', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('3')
  await expect.poll(() => screenOf(page)).toBe('pinners')
  await page.keyboard.press('9')
  await expect.poll(() => screenOf(page)).toBe('files')
  await page.goBack()
  await expect.poll(() => screenOf(page)).toBe('pinners')
  await page.goBack()
  await expect(failedRanges(page)).toBeVisible()
})

alone('a link that is nonsense shows the empty page, not an error', async ({ page }) => {
  await page.goto('/#/%zz?v=x&pfn=%E0%A4%A&f=&threshold=-1')
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
})
