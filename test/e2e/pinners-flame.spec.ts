import { expect, type Locator, type Page } from '@playwright/test'
import { linkOf, openExample, screenOf } from './capture-page.ts'
import { complaintsInBoth } from './complaints.ts'
import { test } from './shared-page.ts'

const graph = (page: Page): Locator => page.getByRole('tree', { name: 'Flame graph of the holds’ stacks' })
/** The selected frame as it is told to those who do not see it. */
const selected = (page: Page): Locator => graph(page).getByRole('treeitem')
const totals = (page: Page): Locator => page.getByRole('group', { name: 'What is hidden' }).getByRole('status')
const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Inspector' })

async function openFlame(page: Page): Promise<void> {
  await openExample(page)
  await page.keyboard.press('3')
  await expect(page.getByRole('treegrid', { name: 'Holds grouped by stack' })).toBeVisible()
  await page.keyboard.press('v')
  await expect(graph(page)).toBeVisible()
}

test('the same holds are a table and a flame graph; frames are walked, focused, folded and searched by key', async ({
  page,
}) => {
  await openExample(page)
  await page.keyboard.press('3')
  await expect(totals(page)).toHaveText(/^2 holds in 2 stacks/)
  const told = await totals(page).textContent()
  await page.keyboard.press('v')
  await expect(totals(page)).toHaveText(told ?? '')
  await expect(selected(page)).toHaveText(/^all stacks: 2 holds, 100\.0 % of all; several classes/)

  await page.keyboard.press('d')
  await expect(graph(page)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(selected(page)).toHaveText(/^entry_SYSCALL_64_after_hwframe: 2 holds/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const first = await selected(page).textContent()
  await page.keyboard.press('ArrowRight')
  await expect(selected(page)).not.toHaveText(first ?? '')
  await page.keyboard.press('ArrowLeft')
  await expect(selected(page)).toHaveText(first ?? '')

  await page.keyboard.press('Enter')
  await expect.poll(() => linkOf(page).get('focus')).toMatch(/^[0-9a-f]{16}$/)
  await expect(page.getByRole('navigation', { name: 'Focus' }).getByRole('listitem')).toHaveCount(4)
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await expect.poll(() => linkOf(page).get('focus')).toBeNull()

  await page.keyboard.press('/')
  await page.keyboard.type('/^leaky_/')
  await expect(page.getByText(/^2 frames, 1 of 2 holds, 50\.0 %$/)).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Shift+Tab')
  await graph(page).focus()
  await page.keyboard.press('n')
  await expect(selected(page)).toHaveText(/^leaky_.*driver \/ DMA/)
  await expect(inspector(page).getByRole('heading', { name: /^leaky_/ })).toBeVisible()
  await page.keyboard.press('x')
  await expect(page.getByRole('button', { name: /^folded: leaky_/ })).toBeVisible()
  await expect(selected(page)).toHaveText(/1 end here/)
  await page.keyboard.press('x')
  await expect(page.getByRole('button', { name: /^folded: leaky_/ })).toBeHidden()

  // A frame with nothing beyond it can be focused on too, and left again.
  for (let deeper = 0; deeper < 9; deeper++) await page.keyboard.press('ArrowDown')
  const leaf = await selected(page).textContent()
  await page.keyboard.press('Enter')
  await expect.poll(() => linkOf(page).get('focus')).toBe(linkOf(page).get('frame'))
  const focused = linkOf(page).get('focus')
  await expect(page.getByRole('navigation', { name: 'Focus' })).toBeVisible()
  await expect(selected(page)).toHaveText(leaf ?? '')
  await expect(graph(page)).toBeFocused()
  await page.keyboard.press('Backspace')
  await expect.poll(() => linkOf(page).get('focus')).not.toBe(focused)

  for (const [key, name, value] of [
    ['a', 'by', 'time'],
    ['s', 'order', 'leaves'],
    ['e', 'innermost', 'tracepoint'],
    ['m', 'modules', '1'],
    ['r', 'recursion', '1'],
    ['u', 'upright', '1'],
  ] as const) {
    await page.keyboard.press(key)
    await expect.poll(() => linkOf(page).get(name)).toBe(value)
  }
  await expect(selected(page)).toHaveText(/^all stacks: .* held, 100\.0 % of all/)
})

test('a frame’s holds are in the inspector with their lines, and a link brings the graph back', async ({
  page,
  context,
}) => {
  await openFlame(page)
  await page.keyboard.press('f')
  await page.keyboard.type('leaky_')
  await expect(page.getByText(/^\d frames, 1 of 2 holds/)).toBeVisible()
  await graph(page).focus()
  await page.keyboard.press('n')
  const name = (await selected(page).textContent()) ?? ''
  const holds = inspector(page).getByRole('grid', { name: /^Holds with leaky_/ })
  await expect(holds.getByRole('row').nth(1)).toContainText(/0x[0-9a-f]+/)
  await holds
    .getByRole('button', { name: /^trace\.txt\.gz:\d+$/ })
    .first()
    .press('Enter')
  await expect(page.locator('mark').first()).toBeVisible()
  const copy = await context.newPage()
  await copy.goto(page.url())
  await openSame(copy)
  await expect(selected(copy)).toHaveText(name)
  await copy.close()
})

/** A link of the example asks for its files: they are opened with it. */
async function openSame(page: Page): Promise<void> {
  const example = page.getByRole('button', { name: /example/i }).first()
  await expect(example.or(graph(page)).first()).toBeVisible()
  if (!(await graph(page).isVisible())) await example.press('Enter')
  await expect(graph(page)).toBeVisible()
}

test('the threshold tells what it lets through, from the field, by tenths of decades and by decades', async ({
  page,
}) => {
  await openExample(page)
  await page.keyboard.press('3')
  const told = page.locator('[data-threshold] output')
  await expect(told).toHaveText(/^2 of \d+ holds ≥ 300\.000 ms$/)
  await page.keyboard.press('Shift+T')
  const field = page.getByRole('textbox', { name: 'held at least' })
  await expect(field).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('1.5 s')
  await expect.poll(() => linkOf(page).get('threshold')).toBe('1500000')
  await expect(told).toHaveText(/holds ≥ 1\.500 s$/)
  await page.keyboard.press('Tab')
  await page.keyboard.press('PageDown')
  await expect.poll(() => linkOf(page).get('threshold')).toBe('160000')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => linkOf(page).get('threshold')).toBe('130000')
  await page.keyboard.press('Home')
  await expect(told).toHaveText(/^all \d+ holds$/)
  await field.fill('soon')
  await expect(page.getByText('a duration: 300 ms, 1.5 s, 250 us')).toBeVisible()
})

test('columns are sorted one after another by key, with their places shown', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('3')
  await page.getByRole('button', { name: /^holds/ }).press('Enter')
  await page.getByRole('button', { name: /^tasks/ }).press('Shift+Enter')
  await page.getByRole('button', { name: /^tasks/ }).press('Shift+Enter')
  await page.getByRole('button', { name: /^PFNs/ }).press('Shift+Enter')
  await expect.poll(() => linkOf(page).get('then')).toBe('tasks:up,pages')
  for (const [header, mark] of [
    ['holds', '▾1'],
    ['tasks', '▴2'],
    ['PFNs', '▾3'],
  ])
    await expect(page.getByRole('columnheader', { name: header, exact: false }).filter({ hasText: mark })).toBeVisible()
  await page.keyboard.press('b')
  await page.keyboard.press('b')
  await page.keyboard.press('b')
  await page.keyboard.press('b')
  await expect(page.getByRole('treegrid', { name: 'Holds grouped by order' })).toBeVisible()
  await expect(page.getByRole('img', { name: /taken from \d/ }).first()).toBeVisible()
  await expect(page.getByRole('img', { name: /ended|open/ }).first()).toBeVisible()
})

test('folded stacks are copied, and the picture is', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openFlame(page)
  await page.getByRole('button', { name: 'Copy: flame graph' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Folded stacks' }).press('Enter')
  await expect(page.getByText('copied as folded stacks')).toBeVisible()
  const folded = await page.evaluate(() => navigator.clipboard.readText())
  expect(folded.trimEnd().split('\n')).toHaveLength(2)
  expect(folded).toMatch(/^entry_SYSCALL_64_after_hwframe;do_syscall_64;.*;leaky_.* 1$/m)
  await page.getByRole('button', { name: 'Copy: flame graph' }).press('Enter')
  await page.getByRole('menuitem', { name: 'SVG', exact: true }).press('Enter')
  await expect(page.getByText('copied as SVG')).toBeVisible()
  const picture = await page.evaluate(() => navigator.clipboard.readText())
  expect(picture).toContain('do_syscall_64  2</text>')
  expect(picture).not.toContain('var(')
  expect(picture).toMatch(/<title>leaky_\w+: 1<\/title>/)
})

test('the flame graph has nothing to complain of in either scheme', async ({ page }) => {
  await openFlame(page)
  await page.keyboard.press('d')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(inspector(page).getByRole('grid')).toBeVisible()
  await page.getByText('as a table', { exact: true }).press('Enter')
  await expect(page.getByRole('grid', { name: 'Frames of the flame graph' })).toBeVisible()
  expect(await complaintsInBoth(page)).toEqual([])
  expect(screenOf(page)).toBe('pinners')
})
