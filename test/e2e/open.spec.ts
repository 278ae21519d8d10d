import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Page, test as alone } from '@playwright/test'
import {
  choose,
  drop,
  EXAMPLE_LOG,
  EXAMPLE_OWNERS,
  EXAMPLE_TEXT,
  EXAMPLE_TRACE,
  failedRanges,
  linkOf,
  openExample,
  otherTrace,
  screenOf,
  statusLine,
} from './capture-page.ts'
import { test } from './shared-page.ts'

alone('an empty page names its ways in and says that nothing leaves the machine', async ({ page }) => {
  await page.goto('/')
  for (const name of ['Choose files', 'Choose a folder', 'Open an example']) {
    await expect(page.getByRole('button', { name })).toBeVisible()
  }
  await expect(page.getByText('Nothing leaves this machine', { exact: false }).first()).toBeVisible()
})

test('the example leads to the failed ranges, with the answer as a sentence', async ({ page }) => {
  await openExample(page)
  const answer = page.getByRole('region', { name: 'Answer' }).getByRole('heading')
  await expect(answer).toHaveText(
    /^pfn 0x[0-9a-f]+ blocked \[0x[0-9a-f]+, 0x[0-9a-f]+\): held by \S+ in \w+ since \d+\.\d+/,
  )
  await expect(statusLine(page)).toContainText('4 files')
  await expect(statusLine(page)).toContainText('21011 events')
})

test('a heading is never under the button that copies a table, however narrow the page', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 900 })
  await openExample(page)
  for (const key of ['1', '3', '6']) {
    await page.keyboard.press(key)
    await expect(page.getByRole('columnheader').first()).toBeVisible()
    await expect.poll(() => headingsUnderCopy(page)).toEqual([])
  }
})

alone('a tip opens for a pointer that moves, not for one that a control came to lie under', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/')
  const settings = page.getByRole('button', { name: 'Settings' })
  const box = await settings.boundingBox()
  if (box === null) throw new Error('the button has no box')
  await page.mouse.move(box.x + 300, 500)
  await expect(settings).not.toHaveAttribute('data-pointed')
  await page.mouse.move(box.x + 8, box.y + 8)
  await expect(settings).toHaveAttribute('data-pointed')
  await page.mouse.move(60, 312)
  await page.getByRole('button', { name: 'Open an example' }).press('Enter')
  await expect(failedRanges(page)).toBeVisible()
  await expect(page.locator('nav a:hover')).toHaveCount(1)
  await expect(page.locator('nav [data-pointed]')).toHaveCount(0)
})

/** Headings that a copy button lies over, by what they say. */
function headingsUnderCopy(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const boxOf = (element: Element): DOMRect => {
      const range = document.createRange()
      range.selectNodeContents(element)
      return range.getBoundingClientRect()
    }
    const buttons = [...document.querySelectorAll('[data-copy-menu]')].map((button) => button.getBoundingClientRect())
    const isUnder = (box: DOMRect): boolean =>
      buttons.some(
        (b) => b.width > 0 && box.left < b.right && box.right > b.left && box.top < b.bottom && box.bottom > b.top,
      )
    return [...document.querySelectorAll('th')].filter((th) => isUnder(boxOf(th))).map((th) => th.textContent)
  })
}

test('several files can be dropped at once', async ({ page }) => {
  await page.goto('/')
  await drop(page, [EXAMPLE_TRACE, EXAMPLE_OWNERS, EXAMPLE_LOG])
  await expect(failedRanges(page)).toBeVisible()
  await expect(statusLine(page)).toContainText('3 files')
})

test('a whole folder can be chosen: what is none of ours is named, the rest is open', async ({ page }) => {
  await page.goto('/')
  const folder = fileURLToPath(new URL('../../public/example', import.meta.url))
  await page.locator('input[type=file][aria-label=Folder]').setInputFiles(folder)
  await expect(failedRanges(page)).toBeVisible()
  await expect(statusLine(page)).toContainText('5 files, 1 not read')
  await expect(page.getByRole('alert')).toContainText('README.md')
})

test('text can be pasted', async ({ page }) => {
  await page.goto('/')
  await page.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, EXAMPLE_TEXT)
  await expect(failedRanges(page)).toBeVisible()
  expect(linkOf(page).get('f')).toMatch(/^pasted text~[0-9a-f]{16}~\d+$/)
})

alone('text can be pasted into the box for it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/')
  await page.evaluate((text) => navigator.clipboard.writeText(text), EXAMPLE_TEXT)
  await page.getByRole('textbox', { name: 'Paste text' }).press('ControlOrMeta+v')
  await expect(failedRanges(page)).toBeVisible()
  expect(linkOf(page).get('f')).toMatch(/^pasted text~[0-9a-f]{16}~\d+$/)
})

test.describe('more files', () => {
  test('can be added to the capture that is open', async ({ page }) => {
    await page.goto('/')
    await choose(page, [EXAMPLE_TRACE])
    await expect(statusLine(page)).toContainText('1 file')
    const before = linkOf(page)
    await choose(page, [EXAMPLE_OWNERS])
    await page.getByRole('button', { name: 'Add to this capture' }).press('Enter')
    await expect(statusLine(page)).toContainText('2 files')
    expect(linkOf(page).get('f')).toBe(before.get('f'))
    await expect.poll(() => linkOf(page).get('set')).not.toBe(before.get('set'))
  })

  test('can take its place, and the link begins anew', async ({ page }) => {
    await openExample(page)
    await page.keyboard.press('9')
    await expect.poll(() => screenOf(page)).toBe('files')
    await choose(page, [otherTrace('other.txt', 'another run')])
    await page.getByRole('button', { name: 'Open instead' }).click()
    await expect(failedRanges(page)).toBeVisible()
    expect(linkOf(page).get('f')).toMatch(/^other\.txt~/)
    await expect(statusLine(page)).toContainText('1 file')
  })

  test('are not opened when the question is left', async ({ page }) => {
    await openExample(page)
    await choose(page, [EXAMPLE_OWNERS])
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(statusLine(page)).toContainText('4 files')
  })
})

test.describe('a large file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pinscope-'))
  const large = join(folder, 'large.txt')

  test.beforeAll(() => {
    writeFileSync(large, EXAMPLE_TEXT.repeat(20)) // 240 MB: long enough to be seen being read
  })
  test.afterAll(() => rmSync(folder, { recursive: true }))

  test('shows how far it is and can be given up, while what was open stays', async ({ page }) => {
    await openExample(page)
    await page.locator('input[type=file][aria-label=Files]').setInputFiles(large)
    await page.getByRole('button', { name: 'Open instead' }).click()
    const reading = page.getByRole('status', { name: 'Reading' })
    await expect(reading).toContainText(/large\.txt: \d+ of \d+ bytes, \d+ events/)
    await expect(failedRanges(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(reading).toBeHidden()
    await expect(failedRanges(page)).toBeVisible()
    expect(linkOf(page).get('f')).toMatch(/^trace\.txt\.gz~/)
  })

  test('given up as the first one leaves the page as it was', async ({ page }) => {
    await page.goto('/')
    await page.locator('input[type=file][aria-label=Files]').setInputFiles(large)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  })

  test('is told of at the foot too, and a screen that a key asks for meanwhile is the one that is shown', async ({
    page,
  }) => {
    await page.goto('/')
    await page.locator('input[type=file][aria-label=Files]').setInputFiles(large)
    await expect(statusLine(page)).toContainText(/reading… large\.txt: \d+ of \d+ bytes/)
    await expect(statusLine(page)).not.toContainText('no file open')
    await page.keyboard.press('6')
    await expect(statusLine(page)).toContainText('Events is shown when it is read')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Open an example' }).click()
    await expect(page.getByRole('link', { name: 'Events' })).toHaveAttribute('aria-current', 'page')
  })
})

test.describe('without a mouse', () => {
  test('everything in the frame is reached', async ({ page }) => {
    await page.goto('/')
    const example = page.getByRole('button', { name: 'Open an example' })
    for (let step = 0; step < 12 && !(await example.evaluate((button) => button === document.activeElement)); step++) {
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await expect(failedRanges(page)).toBeVisible()

    for (const [keys, screen] of [
      ['2', 'pfn'],
      ['3', 'pinners'],
      ['6', 'events'],
      ['9', 'files'],
      ['1', 'triage'],
      ['g f', 'files'],
      ['g t', 'triage'],
    ]) {
      for (const key of keys.split(' ')) await page.keyboard.press(key)
      await expect.poll(() => screenOf(page)).toBe(screen)
    }

    await page.keyboard.press('?')
    await expect.poll(() => screenOf(page)).toBe('help')
    await page.keyboard.press('Escape')
    await expect.poll(() => screenOf(page)).toBe('triage')

    await page.keyboard.press('/')
    await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused()
    await page.keyboard.press('Control+k')
    await page.getByRole('textbox', { name: 'Find an action' }).fill('Pinners')
    await page.keyboard.press('Enter')
    await expect.poll(() => screenOf(page)).toBe('pinners')
  })

  test('a search leads to a page by its number', async ({ page }) => {
    await openExample(page)
    const named = await page.getByRole('link', { name: /^0x/ }).first().textContent()
    await page.keyboard.press('/')
    await page.keyboard.type(named ?? '')
    await expect(page.getByRole('option').first()).toContainText(named ?? '')
    await page.keyboard.press('Enter')
    await expect.poll(() => linkOf(page).get('pfn')).toBe(named)
    expect(screenOf(page)).toBe('pfn')
    // The keys are the screen's again: a digit is no more text.
    await page.keyboard.press('6')
    await expect.poll(() => screenOf(page)).toBe('events')
  })

  alone('the theme changes and stays', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto('/')
    await expect(page.getByRole('button', { name: 'Theme: system' })).toBeVisible()
    await page.keyboard.press('t')
    await page.keyboard.press('t')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    await page.reload()
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  })
})
