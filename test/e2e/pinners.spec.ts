import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { choose, EXAMPLE_LOG, linkOf, openExample, screenOf, statusLine } from './capture-page.ts'

const pinners = (page: Page): Locator => page.getByRole('treegrid', { name: 'Holds grouped by stack' })
const holder = (page: Page, name: RegExp): Locator => pinners(page).getByRole('row', { name }).first()
const totals = (page: Page): Locator => page.getByRole('search').getByRole('status')

async function openPinners(page: Page): Promise<void> {
  await openExample(page)
  await page.keyboard.press('3')
  await expect(holder(page, /__do_sys_vmsplice/)).toBeVisible()
}

test('long holds are listed by stack, and what is hidden is counted', async ({ page }) => {
  await openPinners(page)
  await expect(holder(page, /leaky_/)).toContainText('driver / DMA')
  await expect(totals(page)).toHaveText(/^2 holds in 2 stacks · \d{4} hidden$/)
})

test('the threshold is live from the field and from the slider, and stays in the link', async ({ page }) => {
  await openPinners(page)
  const field = page.getByRole('textbox', { name: /^held at least/ })
  await field.fill('0')
  await expect(page.getByRole('button', { name: /^shorter than .* listed$/ })).toHaveAttribute('aria-pressed', 'false')
  expect(linkOf(page).get('threshold')).toBe('0')
  await page.getByRole('slider', { name: /^Held at least/ }).press('End')
  await expect(totals(page)).toHaveText(/^0 holds in 0 stacks, \d more that blocked a range/)
  await expect(holder(page, /leaky_/)).toBeVisible()
  await expect.poll(() => linkOf(page).get('threshold')).toBe('100000000')
  await page.getByRole('button', { name: /^mapping/ }).press('Enter')
  await page.getByRole('textbox', { name: 'filter' }).fill('exit_mmap')
  await page.getByRole('button', { name: /^List the \d+ shorter$/ }).click()
  await expect.poll(() => linkOf(page).get('threshold')).toBe('0')
})

test('each noise rule is a chip that counts, says why, and is switched with the keyboard', async ({ page }) => {
  await openPinners(page)
  const chips = page.getByRole('group', { name: 'What is hidden' })
  const mapping = chips.getByRole('button', { name: /^mapping \d+/ })
  await expect(mapping).toHaveAttribute('aria-pressed', 'true')
  await expect(mapping).toHaveAccessibleDescription(/one reference a mapping.*mm\/rmap\.c/)

  await chips.getByRole('button', { name: 'Why: mapping' }).press('Enter')
  const reasons = page.getByRole('dialog', { name: 'mapping' })
  await expect(reasons).toContainText('mm/rmap.c try_to_migrate()')
  await reasons.getByRole('switch', { name: /^hide fork-and-fault / }).press('Space')
  await expect.poll(() => linkOf(page).get('rules')).toBe('fork-and-fault')
  await expect(mapping).toHaveAttribute('aria-pressed', 'mixed')
  await page.keyboard.press('Escape')
  await expect(reasons).toBeHidden()
  await expect(chips.getByRole('button', { name: 'Why: mapping' })).toBeFocused()

  await mapping.press('Space')
  await mapping.press('Space')
  await expect(mapping).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => linkOf(page).get('rules')).toBe('mapping')
  expect(page.url().length).toBeLessThanOrEqual(200)
})

test('everything is listed at once, and hidden again', async ({ page }) => {
  await openPinners(page)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(totals(page)).toHaveText(/ · 0 hidden$/)
  expect(linkOf(page).get('expected')).toBe('1')
  expect(linkOf(page).get('threshold')).toBe('0')
  await page.getByRole('button', { name: 'Defaults' }).click()
  await expect(totals(page)).toHaveText(/^2 holds in 2 stacks/)
  expect(linkOf(page).get('expected')).toBeNull()
})

test('holds are grouped with the keyboard, and a group opens to its stacks and these to their holds', async ({
  page,
}) => {
  await openPinners(page)
  await page.getByRole('radio', { name: 'stack', exact: true }).press('ArrowRight')
  await page.getByRole('radio', { name: 'holder frame' }).press('ArrowRight')
  await expect.poll(() => linkOf(page).get('group')).toBe('task')
  const groups = page.getByRole('treegrid', { name: 'Holds grouped by task' })
  const task = groups.locator('[data-row="0"]')
  await expect(task).toContainText('isp-daemon-71')
  await task.focus()
  await page.keyboard.press('ArrowRight')
  const stack = groups.locator('[aria-level="2"]')
  await expect(stack).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(stack).toBeFocused()
  await expect(stack).toContainText('leaky_')
  await expect.poll(() => linkOf(page).get('row')).toBe('isp-daemon-71')
  await page.keyboard.press('Enter')
  await expect(
    page
      .getByRole('grid', { name: /^Holds of this stack/ })
      .getByRole('row')
      .nth(1),
  ).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(stack).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowLeft')
  await expect(task).toBeFocused()
})

test('Shift and a heading sort by a second column, which the link keeps', async ({ page }) => {
  await openPinners(page)
  await page.getByRole('button', { name: 'longest' }).focus()
  await page.keyboard.press('Shift+Enter')
  await expect.poll(() => linkOf(page).get('then')).toBe('longest')
  await expect(page.getByRole('columnheader', { name: 'longest' })).toHaveAttribute('aria-sort', 'descending')
  await expect(page.getByRole('columnheader', { name: 'ranges blocked' })).toHaveAttribute('aria-sort', 'descending')
})

test('the filter takes a symbol, a comm or a pid', async ({ page }) => {
  await openPinners(page)
  const filter = page.getByRole('textbox', { name: 'filter' })
  for (const text of ['vmspl', 'camera', '68']) {
    await filter.fill(text)
    await expect(holder(page, /leaky_/)).toBeHidden()
    await expect(holder(page, /__do_sys_vmsplice/)).toBeVisible()
  }
  await filter.fill('no_such_symbol')
  await expect(page.getByText('No hold passes.')).toBeVisible()
})

test('a heading sorts, and the link keeps it', async ({ page }) => {
  await openPinners(page)
  await page.getByRole('button', { name: 'longest' }).click()
  await expect(page.getByRole('columnheader', { name: 'longest' })).toHaveAttribute('aria-sort', 'descending')
  const first = await pinners(page).locator('[data-row="0"]').textContent()
  await page.getByRole('button', { name: 'longest' }).click()
  await expect(pinners(page).locator('[data-row="0"]')).not.toHaveText(first ?? '')
  expect(linkOf(page).get('sort')).toBe('longest')
  expect(linkOf(page).get('ascending')).toBe('1')
})

test('a stack opens with the keyboard to its holds, each leading to its page', async ({ page }) => {
  await openPinners(page)
  await holder(page, /leaky_/).focus()
  await page.keyboard.press('Enter')
  const holds = page.getByRole('grid', { name: 'Holds of this stack, longest first' })
  await expect(holds.getByRole('row', { name: /no put seen/ })).toContainText('at least')
  await holds.getByRole('button', { name: '0x1f048' }).click()
  await expect.poll(() => screenOf(page)).toBe('pfn')
  expect(linkOf(page).get('pfn')).toBe('0x1f048')
  await expect(
    page.getByRole('grid', { name: /^Events of this page/ }).getByRole('row', { selected: true }),
  ).toBeVisible()
})

test('a selected stack is in the inspector and in the link, and leads to its events', async ({ page }) => {
  await openPinners(page)
  await holder(page, /__do_sys_vmsplice/).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByText('leaf first, callers below')).toBeVisible()
  await expect.poll(() => linkOf(page).get('stack')).toMatch(/^[0-9a-f]{16}$/)
  await inspector.getByRole('button', { name: 'List the events with this stack' }).click()
  await expect.poll(() => screenOf(page)).toBe('events')
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/^[1-9]\d* events?$/)
})

const MINE = {
  schema: 'pinscope.rules/1',
  rules: [{ id: 'mine', class: 'io', on: 'both', frames: ['leaky_\\w+'], reason: 'mine', source: 'drivers/leaky.c' }],
}

async function editRules(page: Page, text: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Edit rules' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rules' })
  await dialog.getByRole('textbox').fill(text)
  await dialog.getByRole('button', { name: 'Apply' }).click()
  return dialog
}

test('rules of a person are checked, applied without reading again, marked, and in the link', async ({
  page,
  context,
}) => {
  await openPinners(page)
  const dialog = await editRules(page, '{\n  "schema": "pinscope.rules/1",\n  "rules": 7\n}')
  await expect(dialog.getByText('line 3: "rules" is a list, [ … ]')).toBeVisible()
  await dialog.getByRole('textbox').fill(JSON.stringify(MINE))
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(dialog).toBeHidden()
  await expect(holder(page, /leaky_/)).toContainText('pipe, zero-copy, async I/O')
  await expect(statusLine(page)).toContainText(/custom rules [0-9a-f]{8}/)
  const hash = linkOf(page).get('ruleset')
  expect(hash).toMatch(/^[0-9a-f]{8}$/)

  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.getByText(`This link was made with other rules, ${hash}`)).toBeVisible()
  await expect(holder(other, /leaky_/)).toContainText('driver / DMA')
  await expect(await editRules(other, JSON.stringify(MINE))).toBeHidden()
  await expect(other.getByText('This link was made with other rules')).toBeHidden()
  await expect(holder(other, /leaky_/)).toContainText('pipe, zero-copy, async I/O')
  await other.close()

  await page.getByRole('button', { name: 'Edit rules' }).click()
  await page.getByRole('button', { name: 'Use the rules of pinscope' }).click()
  await expect(holder(page, /leaky_/)).toContainText('driver / DMA')
  await expect(statusLine(page)).not.toContainText('custom rules')
  expect(linkOf(page).get('ruleset')).toBeNull()
})

test('a capture without page_ref events says what is missing', async ({ page }) => {
  await page.goto('/')
  await choose(page, [EXAMPLE_LOG])
  await expect(statusLine(page)).toContainText('1 file')
  await page.keyboard.press('3')
  await expect(page.getByText('No page_ref events.')).toBeVisible()
})

test('rules are saved as a file that opens again', async ({ page }) => {
  await openPinners(page)
  await page.getByRole('button', { name: 'Edit rules' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rules' })
  const text = await dialog.getByRole('textbox').inputValue()
  const saving = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as a file' }).click()
  const saved = readFileSync(await (await saving).path(), 'utf8')
  expect(saved).toBe(text)
  await dialog.getByRole('textbox').fill('')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'r.json', mimeType: 'application/json', buffer: Buffer.from(saved) })
  await expect(dialog.getByRole('textbox')).toHaveValue(text)
})

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an open stack has nothing to complain of in the ${colorScheme} scheme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await openPinners(page)
    await holder(page, /leaky_/).click()
    await page.keyboard.press('ArrowRight')
    await expect(
      page
        .getByRole('grid', { name: /^Holds of this stack/ })
        .getByRole('row')
        .nth(1),
    ).toBeVisible()
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Why: mapping' }).click()
    await expect(page.getByRole('dialog', { name: 'mapping' })).toBeVisible()
    await expectNoViolations(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Edit rules' }).click()
    await expect(page.getByRole('dialog', { name: 'Rules' }).getByRole('textbox')).toBeVisible()
    await expectNoViolations(page)
  })
}
