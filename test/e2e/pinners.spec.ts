import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import {
  choose,
  drop,
  EXAMPLE_LOG,
  type GivenFile,
  linkOf,
  openExample,
  screenOf,
  statusLine,
  textFile,
} from './capture-page.ts'
import { complaints, complaintsInBoth } from './complaints.ts'
import { test } from './shared-page.ts'

const pinners = (page: Page): Locator => page.getByRole('treegrid', { name: 'Holds grouped by stack' })
const holder = (page: Page, name: RegExp): Locator => pinners(page).getByRole('row', { name }).first()
const totals = (page: Page): Locator => page.getByRole('group', { name: 'What is hidden' }).getByRole('status')

async function openPinners(page: Page): Promise<void> {
  await openExample(page)
  await page.keyboard.press('3')
  await expect(holder(page, /__do_sys_vmsplice/)).toBeVisible()
}

test('long holds are listed by stack, and what is hidden is counted', async ({ page }) => {
  await openPinners(page)
  await expect(holder(page, /leaky_/)).toContainText('driver / DMA')
  await expect(totals(page)).toHaveText(/^2 holds in 2 stacks · \d{4} of \d{4} hidden$/)
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
  await expect(totals(page)).toHaveText(/ · 0 of \d+ hidden$/)
  expect(linkOf(page).get('expected')).toBe('1')
  expect(linkOf(page).get('threshold')).toBe('0')
  await page.getByRole('button', { name: 'Defaults' }).click()
  await expect(totals(page)).toHaveText(/^2 holds in 2 stacks/)
  await expect(page.getByRole('textbox', { name: 'held at least' })).toHaveValue('300 ms')
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
  await expect(page.getByText(/\b[1-9]\d* (?:of \d+ )?events?\b/).first()).toBeVisible()
})

const MINE = {
  schema: 'pinscope.rules/1',
  rules: [{ id: 'mine', class: 'io', on: 'both', frames: ['leaky_\\w+'], reason: 'mine', source: 'drivers/leaky.c' }],
}

async function openRules(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Edit rules' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rules' })
  await expect(dialog.getByText(/^rules: built-in v/)).toBeVisible()
  return dialog
}

const toPayload = ({ name, bytes }: GivenFile): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: 'application/json',
  buffer: bytes,
})

const ruleFile = (rules: unknown): GivenFile => textFile('mine.json', JSON.stringify(rules, undefined, 2))

/** Drops a right rule file on the window, and puts away what is said of it. */
async function dropRules(page: Page, rules: unknown): Promise<void> {
  await drop(page, [ruleFile(rules)])
  const said = page.getByRole('dialog', { name: 'The rule file is in force' })
  await expect(said).toContainText('mine.json was merged')
  await page.keyboard.press('Escape')
  await expect(said).toBeHidden()
}

test('rules as text are checked, applied without reading again, marked, and in the link', async ({ page, context }) => {
  await openPinners(page)
  const dialog = await openRules(page)
  await dialog.getByText('text', { exact: true }).click()
  await dialog.getByRole('textbox').fill('{\n  "schema": "pinscope.rules/1",\n  "rules": 7\n}')
  await dialog.getByRole('button', { name: 'Apply the text' }).click()
  await expect(dialog.getByText('line 3: "rules" is a list, [ … ]')).toBeVisible()
  await dialog.getByRole('textbox').fill(JSON.stringify(MINE))
  await dialog.getByRole('button', { name: 'Apply the text' }).click()
  await expect(dialog.getByText(/^rules: built-in v\d+ \+ 1 of yours, [0-9a-f]{8}$/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(holder(page, /leaky_/)).toContainText('pipe, zero-copy, async I/O')
  await expect(statusLine(page)).toContainText(/rules: built-in v\d+ \+ 1 of yours, [0-9a-f]{8}/)
  const hash = linkOf(page).get('ruleset')
  expect(hash).toMatch(/^[0-9a-f]{8}$/)

  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.getByText(`This link was made with other rules, ${hash}`)).toBeVisible()
  await expect(holder(other, /leaky_/)).toContainText('driver / DMA')
  const asked = other.locator('output', { hasText: 'This link was made with other rules' })
  await asked.locator('input[type=file]').setInputFiles(toPayload(ruleFile(MINE)))
  await expect(other.getByRole('dialog', { name: 'The rule file is in force' })).toBeVisible()
  await other.keyboard.press('Escape')
  await expect(other.getByText('This link was made with other rules')).toBeHidden()
  await expect(holder(other, /leaky_/)).toContainText('pipe, zero-copy, async I/O')
  await other.close()

  await openRules(page)
  await page.getByRole('button', { name: 'Use the rules of pinscope' }).click()
  await page.keyboard.press('Escape')
  await expect(holder(page, /leaky_/)).toContainText('driver / DMA')
  await expect(statusLine(page)).not.toContainText('of yours')
  expect(linkOf(page).get('ruleset')).toBeNull()
})

test('a rule is written with the keyboard, shows what it would match, and says at its field what is wrong', async ({
  page,
}) => {
  await openPinners(page)
  const dialog = await openRules(page)
  await dialog.getByRole('button', { name: 'Write a rule' }).press('Enter')
  const form = dialog.getByRole('form', { name: 'Write a rule' })
  const field = (name: string | RegExp): Locator => form.getByRole('textbox', { name, exact: typeof name === 'string' })
  await field('id').fill('mine')
  await field('reason').fill('mapped by the module')
  await field('source').fill('drivers/leaky.c')
  await field(/^frames/).fill('leaky_\\w+\nleaky_(')
  await expect(form.getByText(/^line 2: .*[Rr]egular expression/)).toBeVisible()
  await expect(form.getByRole('button', { name: 'Apply' })).toBeDisabled()
  await field(/^frames/).fill('leaky_\\w+')
  await expect(form.getByText(/^fits [1-9]\d* stacks?, .* decides [1-9]\d* stacks?, /)).toBeVisible()
  await expect(form.getByRole('row', { name: /leaky_.*driver → .*mine/ }).first()).toBeVisible()
  await field('id').press('Enter')
  await expect(dialog.getByRole('checkbox', { name: 'mine is asked' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Remove mine' }).press('Enter')
  await expect(dialog.getByRole('checkbox', { name: 'mine is asked' })).toBeHidden()
})

test('a rule that is switched off lets its gets fall to the next, and the link alone is enough to do the same', async ({
  page,
  context,
}) => {
  await openPinners(page)
  const dialog = await openRules(page)
  await dialog.getByRole('checkbox', { name: 'driver is asked' }).press('Space')
  await expect(dialog.getByRole('checkbox', { name: 'driver is asked' })).not.toBeChecked()
  await page.keyboard.press('Escape')
  await expect(holder(page, /leaky_/)).not.toContainText('driver / DMA')
  expect(linkOf(page).get('ruleset')).toBe('off:driver')
  expect(page.url().length).toBeLessThanOrEqual(200)

  const other = await context.newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: 'Switch off driver' }).click()
  await expect(holder(other, /leaky_/)).not.toContainText('driver / DMA')
  await expect(other.getByText('This link was made with other rules')).toBeHidden()
  await other.close()
})

test('a rule file that is dropped is merged, or says what is wrong with it', async ({ page }) => {
  await openPinners(page)
  await dropRules(page, MINE)
  await expect(holder(page, /leaky_/)).toContainText('pipe, zero-copy, async I/O')
  await drop(page, [ruleFile({ ...MINE, version: 999 })])
  await expect(page.getByRole('dialog', { name: 'The rule file was not taken' })).toContainText(
    /mine\.json:\d+: these rules are of version 999/,
  )
})

test('a holder that a rule calls expected is no culprit, and the answer says whose word that is', async ({ page }) => {
  await openExample(page)
  await dropRules(page, { ...MINE, rules: [{ ...MINE.rules[0], class: 'mapping' }] })
  await expect(page.getByText(/^your rules count references as expected .*: mine on \d+ pages?$/)).toBeVisible()
})

test('a capture without page_ref events says what is missing', async ({ page }) => {
  await page.goto('/')
  await choose(page, [EXAMPLE_LOG])
  await expect(statusLine(page)).toContainText('1 file')
  await page.keyboard.press('3')
  await expect(page.getByText('No page_ref events.')).toBeVisible()
})

const PAIRS = {
  schema: 'pinscope.rules/1',
  rules: [],
  pairs: [
    { id: 'pair-mine', get: ['leaky_\\w+'], put: ['exit_\\w+'], reason: 'leaks till exit', source: 'drivers/leaky.c' },
  ],
}

test('known pairs are listed with both sides, reason and source; a switch is in the link, and in force there', async ({
  page,
  context,
}) => {
  await openPinners(page)
  const dialog = await openRules(page)
  await dialog.getByText('known pairs', { exact: true }).click()
  const row = dialog.getByRole('row', { name: /pair-foll-pin/ })
  await expect(row).toContainText('who pinned with FOLL_PIN unpins')
  await row.getByRole('button', { name: 'pair-foll-pin' }).press('Enter')
  const detail = dialog.getByRole('region', { name: 'Known pair pair-foll-pin' })
  await expect(detail).toContainText('pin_user_pages')
  await expect(detail).toContainText('unpin_user_')
  await expect(detail).toContainText('mm/gup.c')
  await dialog.getByRole('checkbox', { name: 'pair-foll-pin is believed' }).press('Space')
  await expect(dialog.getByRole('checkbox', { name: 'pair-foll-pin is believed' })).not.toBeChecked()
  await expect.poll(() => linkOf(page).get('ruleset')).toBe('off:pair-foll-pin')

  const other = await context.newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: 'Switch off pair-foll-pin' }).click()
  await expect(statusLine(other)).toContainText('1 switched off')
  await expect(other.getByText('This link was made with other rules')).toBeHidden()
  await other.close()
})

test('known pairs of a person come from a rule file, are listed first, saved again, switched and removed', async ({
  page,
}) => {
  await openPinners(page)
  await dropRules(page, PAIRS)
  await expect(statusLine(page)).toContainText(/ \+ 1 pair of yours/)
  const dialog = await openRules(page)
  await dialog.getByText('known pairs', { exact: true }).click()
  await expect(dialog.getByRole('row').nth(1)).toContainText('pair-mine yours')
  await expect(dialog.getByRole('row').nth(1)).toContainText('leaks till exit')
  const saving = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save yours as a file' }).click()
  expect(JSON.parse(readFileSync(await (await saving).path(), 'utf8'))).toMatchObject(PAIRS)
  await dialog.getByRole('checkbox', { name: 'pair-mine is believed' }).press('Space')
  await expect(dialog.getByText(/^rules: built-in v\d+, 1 switched off, [0-9a-f]{8}$/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Remove pair-mine' }).press('Enter')
  await expect(dialog.getByRole('checkbox', { name: 'pair-mine is believed' })).toBeHidden()
  await expect(dialog.getByText(/^rules: built-in v\d+$/)).toBeVisible()
})

test('rules of a person are saved as a small file that opens again', async ({ page }) => {
  await openPinners(page)
  await dropRules(page, MINE)
  const dialog = await openRules(page)
  const saving = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save yours as a file' }).click()
  const saved = readFileSync(await (await saving).path(), 'utf8')
  expect(JSON.parse(saved)).toMatchObject(MINE)
  await dialog.getByRole('button', { name: 'Use the rules of pinscope' }).click()
  await expect(dialog.getByRole('checkbox', { name: 'mine is asked' })).toBeHidden()
  await dialog.locator('input[type=file]').setInputFiles(toPayload(textFile('r.json', saved)))
  await expect(dialog.getByRole('checkbox', { name: 'mine is asked' })).toBeChecked()
})

test('an open stack, a reason and the rules have nothing to complain of in either scheme', async ({ page }) => {
  await openPinners(page)
  await holder(page, /leaky_/).click()
  await page.keyboard.press('ArrowRight')
  await expect(
    page
      .getByRole('grid', { name: /^Holds of this stack/ })
      .getByRole('row')
      .nth(1),
  ).toBeVisible()
  expect(await complaintsInBoth(page)).toEqual([])
  await page.getByRole('button', { name: 'Why: mapping' }).click()
  await expect(page.getByRole('dialog', { name: 'mapping' })).toBeVisible()
  // What lies over the chips leaves less of them to be hit.
  expect((await complaints(page)).filter((line) => !line.startsWith('target-size'))).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Edit rules' }).click()
  await expect(page.getByRole('dialog', { name: 'Rules' }).getByRole('table')).toBeVisible()
  await page.getByRole('button', { name: 'Write a rule' }).click()
  await expect(page.getByRole('form', { name: 'Write a rule' })).toBeVisible()
  expect(await complaints(page)).toEqual([])
})

test('the rules and the chips are one key away, and the list of keys says which', async ({ page }) => {
  await openPinners(page)
  await page.keyboard.press('c')
  await expect(page.getByRole('group', { name: 'What is hidden' }).getByRole('button').first()).toBeFocused()
  await page.keyboard.press('Shift+R')
  const rules = page.getByRole('dialog', { name: 'Rules' })
  await expect(rules).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(rules).toBeHidden()
  await page.keyboard.press('?')
  await expect.poll(() => screenOf(page)).toBe('help')
  await expect(page.getByText('Edit the rules', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('Go to what hides pinners', { exact: true }).first()).toBeVisible()
})
