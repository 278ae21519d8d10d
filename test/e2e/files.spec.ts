import { createHash } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import {
  choose,
  EXAMPLE_LOG,
  EXAMPLE_OWNERS,
  EXAMPLE_TEXT,
  EXAMPLE_TRACE,
  type GivenFile,
  linkOf,
  openExample,
  screenOf,
  statusLine,
  textFile,
} from './capture-page.ts'
import { complaintsInBoth } from './complaints.ts'
import { test } from './shared-page.ts'

test('every line of every file is accounted for', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('9')
  const accounts = page.getByText(/\d+ parsed \+ \d+ skipped \+ \d+ rejected = \d+/)
  await expect(accounts).toHaveCount(4)
  for (const account of await accounts.allTextContents()) {
    const [parsed, skipped, rejected, total] = (account.match(/\d+/g) ?? []).map(Number)
    expect(parsed + skipped + rejected).toBe(total)
  }
  const trace = page.getByRole('article', { name: 'trace.txt.gz' })
  await expect(trace).toContainText(createHash('sha256').update(EXAMPLE_TRACE.bytes).digest('hex'))
  await expect(trace).toContainText(`= ${EXAMPLE_TEXT.split('\n').length - 1}`)
})

test('each part of the status line opens its list', async ({ page }) => {
  await openExample(page)
  for (const [part, heading] of [
    [/^rejected/, /^Rejected lines/],
    [/^lost/, /^Lost events/],
    [/^depot/, /^Stack depot/],
    [/^\d+ events/, /^Events \d+/],
    [/^\d+ files/, /^Files \d+/],
  ] as const) {
    await statusLine(page).getByRole('button', { name: part }).click()
    await expect(page.getByRole('region', { name: heading })).toBeFocused()
    await expect(page.getByRole('heading', { name: heading })).toBeInViewport()
  }
  await statusLine(page)
    .getByRole('button', { name: /hidden$/ })
    .click()
  await expect.poll(() => screenOf(page)).toBe('pinners')
})

test('rejected lines are shown with number, text and reason', async ({ page }) => {
  const lines = EXAMPLE_TEXT.split('\n').slice(0, 200)
  lines.splice(100, 0, '@@@ what is this @@@')
  await page.goto('/')
  await choose(page, [textFile('odd.txt', lines.join('\n'))])
  await expect(statusLine(page)).toContainText('rejected 1')
  await statusLine(page).getByRole('button', { name: 'rejected 1' }).click()
  const rejected = page.getByRole('region', { name: /^Rejected lines/ })
  await expect(rejected).toContainText('@@@ what is this @@@')
  await rejected.getByRole('button', { name: 'odd.txt:101' }).click()
  await expect(page.locator('mark')).toHaveText('@@@ what is this @@@')
})

test('events are counted by name, found by part of it, and lead to their rows', async ({ page }) => {
  await openExample(page)
  await page.keyboard.press('9')
  const events = page.getByRole('region', { name: /^Events/ })
  await expect(events.getByRole('link', { name: 'page_ref_unfreeze' })).toBeVisible()
  const counts = await events.getByRole('listitem').allTextContents()
  const sum = counts.map((text) => Number(/\d+$/.exec(text)?.[0])).reduce((a, b) => a + b, 0)
  expect(sum).toBe(EXAMPLE_TEXT.split('\n').filter((line) => / \d+\.\d+: (?!<)\w/.test(line)).length)
  await events.getByRole('textbox').fill('unfreeze')
  await events.getByRole('link', { name: 'page_ref_unfreeze' }).click()
  await expect.poll(() => screenOf(page)).toBe('events')
  expect(linkOf(page).get('name')).toBe('page_ref_unfreeze')
})

/** A log whose messages name no page, with the call trace of one. */
const LOG = textFile(
  'log.txt',
  [
    '[    0.000000] Linux version 6.12.9-lab (lab@lab) #1 SMP',
    '[    5.000001] HugeTLB: allocating 2 of page size 1.00 GiB failed.  Only allocated 1 hugepages.',
    '[    6.000001] stress-ng: page allocation failure: order:9, mode:0xcc0(GFP_KERNEL), nodemask=(null)',
    '[    6.000002] CPU: 1 PID: 77 Comm: stress-ng Not tainted 6.12.9-lab #1',
    '[    6.000003] Call Trace:',
    '[    6.000004]  dump_stack_lvl+0x34/0x48',
    '[    6.000005]  grab_buffers+0x20/0x60 [grabber]',
    '[    7.000001] Offlined Pages 32768',
    '[    8.000001] migrating pfn 28005 failed ret:1',
    '',
  ].join('\n'),
)

async function openFiles(page: Page, files: readonly GivenFile[]): Promise<void> {
  await page.goto('/')
  await choose(page, files)
  await expect(statusLine(page)).toContainText(/\d+ files?/)
  await page.keyboard.press('9')
  await expect.poll(() => screenOf(page)).toBe('files')
}

test('messages of the kernel that name no page have a place, each with its line', async ({ page }) => {
  await openFiles(page, [EXAMPLE_TRACE, LOG])
  const messages = page.getByRole('region', { name: 'Kernel messages 4' })
  await expect(messages.getByRole('row')).toHaveCount(5)
  await expect(messages).toContainText('1 of 2 huge pages of 1.00 GiB allocated')
  await messages.getByRole('textbox').fill('grab_buffers')
  await expect(messages.getByRole('row')).toHaveCount(2)
  await messages.getByRole('textbox').fill('')
  await messages.getByRole('combobox').selectOption({ label: 'memory offlined (1)' })
  await expect(messages.getByRole('row')).toHaveCount(2)
  await messages.getByRole('button', { name: 'log.txt:8' }).click()
  await expect(page.locator('mark')).toHaveText(LOG.bytes.toString().split('\n')[7])
})

test('messages are walked and opened with keys alone', async ({ page }) => {
  await openFiles(page, [EXAMPLE_TRACE, LOG])
  const messages = page.getByRole('treegrid', { name: 'Kernel messages' })
  await messages.getByRole('row').nth(1).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(messages).toContainText('grab_buffers+0x20/0x60 [grabber]')
  await expect(messages).toContainText('who asked for the pages')
  await page.keyboard.press('Enter')
  await expect(page.locator('mark')).toHaveText(LOG.bytes.toString().split('\n')[2])
})

test('what the files tell of the machine is one list, each fact with its line', async ({ page }) => {
  await openFiles(page, [EXAMPLE_TRACE, LOG, textFile('order.txt', 'Page block order: 9\nPages per block:  512\n')])
  const machine = page.getByRole('region', { name: 'Machine' })
  await expect(machine).toContainText('6.12.9-lab')
  await machine.getByRole('textbox').fill('pageblock')
  await expect(machine.getByRole('row')).toHaveCount(2)
  await machine.getByRole('button', { name: 'order.txt:1' }).click()
  await expect(page.locator('mark')).toHaveText('Page block order: 9')
})

test('stacks are listed by the pages they have allocated, said to be no holders', async ({ page }) => {
  await openFiles(page, [EXAMPLE_TRACE, EXAMPLE_OWNERS, EXAMPLE_LOG])
  const stacks = page.getByRole('region', { name: 'Stacks by pages' })
  await expect(stacks).toContainText('who allocated, not who holds')
  const rows = stacks.getByRole('row')
  const pages = await rows.getByRole('gridcell').first().textContent()
  expect(pages).toMatch(/\d/)
  await rows.nth(1).focus()
  await page.keyboard.press('Enter')
  await expect(stacks.getByText('allocation: leaf first, callers below')).toBeVisible()
  await expect(stacks.getByText('holder', { exact: true })).toHaveCount(0)
})

test('an array of pages without a place asks for its first PFN, and the pages then have their states', async ({
  page,
}) => {
  const values = new BigUint64Array(64).fill(0x400n)
  values[5] = 0x5828n
  const flags = { name: 'kpageflags.bin', bytes: Buffer.from(values.buffer) }
  const counts = { name: 'kpagecount.bin', bytes: Buffer.from(new BigUint64Array(64).fill(1n).buffer) }
  await openFiles(page, [EXAMPLE_TRACE, flags, counts])
  const card = page.getByRole('article', { name: 'kpageflags.bin' })
  const field = card.getByRole('textbox', { name: 'starts at PFN' })
  await expect(card).toContainText('it has 64 values, one for each page')
  await field.fill('abc')
  await expect(card.getByRole('button', { name: 'Set' })).toBeDisabled()
  await field.fill('0x17c00')
  await expect(card).toContainText('[0x17c00, 0x17c40)')
  await page.keyboard.press('Enter')
  await expect(card).toContainText('one value for each page of [0x17c00, 0x17c40), as you told it')
  // The other array has as many values: the same start is offered, and taken by one press.
  const other = page.getByRole('article', { name: 'kpagecount.bin' })
  await expect(other.getByRole('textbox', { name: 'starts at PFN' })).toHaveValue('0x17c00')
  await other.getByRole('button', { name: 'Set' }).click()
  await expect(other).toContainText('as you told it')
  await page.goto(`${page.url().replace(/#.*/, '')}#/pfn?${linkOf(page).toString()}&pfn=0x17c05`)
  await page.getByText(/^other files on this page: /).click()
  const dumps = page.getByRole('list', { name: 'What other dumps say of the page' })
  await expect(dumps).toContainText('kpageflags: uptodate|lru|mmap|anonymous|swapbacked')
  await expect(dumps).toContainText('kpageflags.bin:6')
  await expect(dumps).toContainText('kpagecount: 1 mapping')
})

for (const [width, height] of [
  [1024, 768],
  [1440, 900],
] as const) {
  test(`no row of the files scrolls sideways at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await openFiles(page, [EXAMPLE_TRACE, EXAMPLE_OWNERS, EXAMPLE_LOG])
    const overflow = await page
      .getByRole('article', { name: 'trace.txt.gz' })
      .evaluate((card) => [card, card.parentElement].map((box) => (box?.scrollWidth ?? 0) - (box?.clientWidth ?? 0)))
    expect(overflow).toEqual([0, 0])
  })
}

test('what is open under rows, and the form that asks, have nothing to complain of', async ({ page }) => {
  const flags = { name: 'kpageflags.bin', bytes: Buffer.from(new BigUint64Array(64).fill(0x400n).buffer) }
  await openFiles(page, [EXAMPLE_TRACE, EXAMPLE_OWNERS, LOG, flags])
  await page.getByRole('textbox', { name: 'starts at PFN' }).fill('nonsense')
  for (const name of ['Kernel messages', 'Stacks by the pages they have allocated']) {
    await page.getByRole('treegrid', { name }).getByRole('row').nth(1).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
  }
  await expect(page.getByText('grab_buffers+0x20/0x60 [grabber]')).toBeVisible()
  expect(await complaintsInBoth(page)).toEqual([])
})
