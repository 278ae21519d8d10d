import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { choose, EXAMPLE_OWNERS, linkOf, openExample, screenOf, textFile } from './capture-page.ts'

test('each blocking page shows its ranked holders and the lines that tell', async ({ page }) => {
  await openExample(page)
  const proof = page.getByRole('region', { name: /^Blocking pages/ })
  await expect(proof.getByRole('heading', { name: 'Blocking pages 2' })).toBeVisible()
  await expect(proof.getByText('named by the kernel')).toBeVisible()
  const evidence = proof.getByRole('list', { name: /^Evidence for/ }).first()
  await expect(evidence.getByRole('button', { name: /^trace\.txt\.gz:\d+$/ }).first()).toBeVisible()
  await expect(evidence).toContainText('page_ref_mod_unless: pfn=')
  await expect(proof.getByText(/^(certain|very likely|likely|possible|can't tell) \d\.\d\d/).first()).toBeVisible()
})

test('a cited line opens in the inspector, with its neighbours, and Esc puts it away', async ({ page }) => {
  await openExample(page)
  const place = page.getByRole('region', { name: 'Answer' }).getByRole('button', { name: /^trace\.txt\.gz:/ })
  const text = (await place.textContent()) ?? ''
  await place.press('Enter')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByRole('heading', { name: text })).toBeVisible()
  await expect(inspector.locator('mark')).toContainText('ret=fail')
  expect(linkOf(page).get('event')).toBe(text)
  await page.keyboard.press('Escape')
  await expect(inspector).toBeHidden()
  expect(linkOf(page).get('event')).toBeNull()
})

test('the first blocking page’s timeline is under the answer, and leads to the page', async ({ page }) => {
  await openExample(page)
  const answer = await page.getByRole('region', { name: 'Answer' }).getByRole('heading').textContent()
  const pfn = /0x[0-9a-f]+/.exec(answer ?? '')?.[0] ?? 'no page'
  const timeline = page.getByRole('region', { name: `References of ${pfn}` })
  await expect(timeline.getByRole('application')).toBeVisible()
  await expect(timeline.getByRole('button', { name: /^cma failed on/ })).toBeVisible()
  await expect(timeline.getByText(/^time in s/)).toBeVisible()

  await timeline.getByRole('button', { name: 'The same as a table' }).click()
  await expect(timeline.getByRole('grid').getByRole('row').nth(1)).toBeVisible()
  await timeline.getByRole('button', { name: 'The same as a table' }).click()

  const hold = timeline.getByRole('button', { name: /driver \/ DMA/ })
  const line = await hold.getAttribute('aria-label')
  expect(line).toContain('Taken at')
  await hold.press('Enter')
  await expect.poll(() => screenOf(page)).toBe('pfn')
  expect(linkOf(page).get('pfn')).toBe(pfn)
  await expect(page.getByRole('grid').getByRole('row', { selected: true })).toContainText('leaky_grab')
})

test('zooming the small timeline leaves the link alone, and the wheel scrolls the page', async ({ page }) => {
  await openExample(page)
  const timeline = page.getByRole('region', { name: /^References of/ })
  const readout = timeline.getByRole('figure').getByRole('status')
  const whole = await readout.textContent()
  const link = page.url()
  await timeline.getByRole('application').hover()
  await page.mouse.wheel(0, 200)
  await page.mouse.move(5, 5)
  await expect(readout).toHaveText(whole ?? '')
  await timeline.getByRole('button', { name: /^Zoom in/ }).click()
  await expect(readout).not.toHaveText(whole ?? '')
  expect(page.url()).toBe(link)
})

test('the numbers of the facts mark the timeline above them', async ({ page }) => {
  await openExample(page)
  const proof = page.getByRole('region', { name: /^Blocking pages/ })
  const mark = page.getByRole('button', { name: /^Evidence 1: / })
  await expect(mark).toHaveAttribute('data-cited', 'false')
  const number = proof.getByRole('button', { name: '1: show what it cites' }).first()
  await number.focus()
  await expect(mark).toHaveAttribute('data-cited', 'true')
  await number.press('Enter')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.locator('mark')).toContainText('page_ref_mod_unless')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`with its timeline there is nothing to complain of, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await openExample(page)
    await expect(page.getByRole('application', { name: /around the failure/ })).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))).toEqual([])
  })
}

test('Enter in the table goes to the proof, Enter on a page to its timeline', async ({ page }) => {
  await openExample(page)
  await page.getByRole('grid', { name: 'Failed ranges' }).locator('[data-row="0"]').press('Enter')
  await expect(page.getByRole('region', { name: /^Blocking pages/ })).toBeFocused()
  const link = page.getByRole('link', { name: /^0x/ }).first()
  const pfn = await link.textContent()
  await link.press('Enter')
  await expect.poll(() => screenOf(page)).toBe('pfn')
  expect(linkOf(page).get('pfn')).toBe(pfn)
})

test('the threshold is live: a hold shorter than it is transient', async ({ page }) => {
  await openExample(page)
  const holder = page.getByRole('row', { name: /__do_sys_vmsplice/ })
  await expect(holder).toContainText('long-term')
  await page.getByRole('textbox', { name: /long-term from/ }).fill('6000000')
  await expect(holder).toContainText('transient')
  expect(linkOf(page).get('threshold')).toBe('6000000')
  await page.getByRole('textbox', { name: /long-term from/ }).fill('soon')
  await expect(page.getByRole('textbox', { name: /long-term from/ })).toHaveAttribute('aria-invalid', 'true')
  expect(linkOf(page).get('threshold')).toBe('6000000')
})

test('a link to a range that these files do not have says so and shows the first', async ({ page }) => {
  await openExample(page)
  const url = new URL(page.url())
  await page.goto(`${url.href}&failure=offline-0x0-0x1-1`)
  await expect(page.getByText('is not among those of these files')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Answer' })).toBeVisible()
})

test('without a failure it says what was looked for and how to record one', async ({ page }) => {
  await page.goto('/')
  await choose(page, [EXAMPLE_OWNERS])
  await expect(page.getByRole('heading', { name: 'No failed range in these files' })).toBeVisible()
  await expect(page.getByText('These files hold no page_ref events')).toBeVisible()
  await expect(page.getByText('options/stacktrace')).toBeVisible()
})

test('with page_ref events but no failure it does not blame the kernel configuration', async ({ page }) => {
  const trace = `# tracer: nop
#
#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
#              | |         |   |||||     |         |
             cat-71      [000] .....     3.614272: page_ref_mod: pfn=0x1fb59 flags=lru count=4 mapcount=1 mapping=000000006a332317 mt=4 val=1
`
  await page.goto('/')
  await choose(page, [textFile('quiet.txt', trace)])
  await expect(page.getByRole('heading', { name: 'No failed range in these files' })).toBeVisible()
  await expect(page.getByText('These files hold no page_ref events')).toBeHidden()
})
