import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import { choose, type GivenFile, linkOf, openExample, screenOf, textFile } from './capture-page.ts'
import { complaints, complaintsInBoth } from './complaints.ts'
import { slow, test } from './shared-page.ts'

/** The page that a driver holds in the example, and the line of its get. */
const HELD = '0x1f048'
const DRIVER_GET = /leaky_ioctl|leaky_grab/

const chart = (page: Page): Locator => page.getByRole('application', { name: /^References of/ })
const events = (page: Page): Locator => page.getByRole('grid', { name: 'Events of this page in the window' })
const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Inspector' })
const readout = (page: Page): Locator => page.getByRole('figure', { name: /^References of/ }).getByRole('status')

/** Looks at a page as a link would. */
async function look(page: Page, parameters: Readonly<Record<string, string>>): Promise<void> {
  const link = linkOf(page)
  for (const [name, value] of Object.entries(parameters)) link.set(name, value)
  await page.goto(`/#/pfn?${link.toString()}`)
}

async function openPage(page: Page, pfn = HELD): Promise<void> {
  await openExample(page)
  await look(page, { pfn })
  await expect(page.getByRole('heading', { name: `pfn ${pfn}` })).toBeVisible()
  await expect(chart(page)).toBeVisible()
}

/** A trace of one page, told line by line: `[seconds, event with its arguments, frames]`. */
function told(lines: readonly (readonly [time: string, event: string])[], name = 'told.txt'): GivenFile {
  const head =
    '# tracer: nop\n#\n#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n#              | |         |   |||||     |         |\n'
  const body = lines.map(([time, event]) =>
    event.startsWith('CPU:') ? `${event}\n` : `           drv-9       [000] .....     ${time}: ${event}\n`,
  )
  return textFile(name, head + body.join(''))
}

function ref(event: string, pfn: string, count: number, val: number): string {
  const ret = event === 'page_ref_mod_and_test' ? ` ret=${count === 0 ? 1 : 0}` : ''
  return `${event}: pfn=${pfn} flags=none count=${count} mapcount=0 mapping=(nil) mt=1 val=${val}${ret}`
}

test.describe('the facts of a page', () => {
  test('say what it is, which lifetime is shown, who allocated it, and which range it blocked', async ({ page }) => {
    await openPage(page)
    await expect(page.getByText('head, order 0')).toBeVisible()
    await expect(page.getByRole('combobox', { name: 'Lifetime' })).toContainText('lifetime 2 of 2')
    await expect(page.getByText(/^allocated by isp-daemon-71 in /)).toContainText('who allocated, not who holds')
    await expect(page.getByRole('button', { name: /^cma failed on/ }).first()).toBeVisible()
    await expect(page.getByText('blocked by this page')).toBeVisible()
  })

  test('a lifetime is chosen for the link, and so is the whole trace', async ({ page }) => {
    await openPage(page)
    const lifetime = page.getByRole('combobox', { name: 'Lifetime' })
    await lifetime.selectOption({ label: 'whole trace' })
    await expect.poll(() => linkOf(page).get('life')).toBe('0')
    await lifetime.selectOption('1')
    await expect.poll(() => linkOf(page).get('life')).toBe('1')
  })
})

test.describe('the chart', () => {
  test('tells the state under the pointer in the file’s own time, and marks it in the table', async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 1200 }) // rows of the table are drawn where they are seen
    await openPage(page)
    await expect(readout(page)).toHaveText(/^\d+\.\d{6} … \d+\.\d{6} {2}\d+\.\d{3} s$/)
    await chart(page).hover({ position: { x: 300, y: 60 } })
    await expect(readout(page)).toHaveText(/^\d+\.\d{6} {2}count 2 \(sampled\) {2}mapcount 1 {2}since \d+\.\d{6} /)
    await expect(events(page).locator('[data-marked=true]')).toHaveCount(1)
  })

  test('a click selects the event, in the table, in the inspector and in the link', async ({ page }) => {
    await openPage(page)
    await chart(page).click({ position: { x: 500, y: 60 } })
    const selected = events(page).getByRole('row', { selected: true })
    await expect(selected).toHaveCount(1)
    const event = linkOf(page).get('event') ?? 'none'
    await expect(selected.getByRole('button', { name: event })).toBeVisible()
    await expect(inspector(page).getByRole('heading', { name: event })).toBeVisible()
    await expect(inspector(page).getByText('leaf first, callers below')).toBeVisible()
  })

  test('the wheel zooms around the pointer and the link keeps the window', async ({ page }) => {
    await openPage(page)
    await chart(page).hover({ position: { x: 400, y: 60 } })
    const before = (await readout(page).textContent())?.slice(0, 12)
    await page.mouse.wheel(0, -400)
    await expect.poll(() => linkOf(page).has('from')).toBe(true)
    await chart(page).hover({ position: { x: 400, y: 61 } })
    const after = (await readout(page).textContent())?.slice(0, 12)
    // Still, to a pixel of a chart of more than a thousand that shows five seconds.
    expect(Math.abs(Number.parseFloat(after ?? '') - Number.parseFloat(before ?? ''))).toBeLessThan(0.01)
    const url = page.url()
    await page.getByRole('button', { name: 'Show all (0)' }).click()
    await expect.poll(() => linkOf(page).has('from')).toBe(false)
    await page.goto(url)
    await expect.poll(() => linkOf(page).has('from')).toBe(true)
  })

  test('dragging selects a window, Shift and dragging moves it', async ({ page }) => {
    await openPage(page)
    const box = await chart(page).boundingBox()
    if (!box) throw new Error('the chart has no box')
    const drag = async (fromPx: number, toPx: number) => {
      await page.mouse.move(box.x + fromPx, box.y + 80)
      await page.mouse.down()
      await page.mouse.move(box.x + toPx, box.y + 90, { steps: 4 })
      await page.mouse.up()
    }
    await drag(300, 500)
    await expect.poll(() => linkOf(page).has('from')).toBe(true)
    const span = () => Number(linkOf(page).get('to')) - Number(linkOf(page).get('from'))
    const first = { from: linkOf(page).get('from'), span: span() }
    await page.keyboard.down('Shift')
    await drag(500, 400)
    await page.keyboard.up('Shift')
    await expect.poll(() => linkOf(page).get('from')).not.toBe(first.from)
    expect(Number(linkOf(page).get('from'))).toBeGreaterThan(Number(first.from))
    expect(span()).toBe(first.span)
  })

  test('everything can be done with keys', async ({ page }) => {
    await openPage(page)
    await chart(page).focus()
    await page.keyboard.press('w')
    await page.keyboard.press('+')
    await expect.poll(() => linkOf(page).has('from')).toBe(true)
    const from = () => Number(linkOf(page).get('from'))
    const before = from()
    await page.keyboard.press('d')
    await expect.poll(from).toBeGreaterThan(before)
    await page.keyboard.press('ArrowLeft')
    await expect.poll(from).toBe(before)
    await page.keyboard.press('0')
    await expect.poll(() => linkOf(page).has('from')).toBe(false)
    expect(screenOf(page)).toBe('pfn') // none of these keys went on to the page's own
  })

  test('has the same facts as a table', async ({ page }) => {
    await openPage(page)
    await page.getByRole('button', { name: 'The same as a table' }).click()
    const table = page.getByRole('grid', { name: /as a table$/ })
    await expect(table.getByRole('row', { name: /set 1/ }).first()).toBeVisible()
    await expect(table.getByRole('columnheader', { name: 'sureness' })).toBeVisible()
  })

  test('a failure on it leads to the range', async ({ page }) => {
    await openPage(page)
    await page.getByRole('button', { name: /^cma failed on .* at \d/ }).click()
    await expect.poll(() => screenOf(page)).toBe('triage')
    expect(linkOf(page).get('failure')).toContain('cma')
  })
})

test.describe('events and holds of the page', () => {
  test('brackets go through its events', async ({ page }) => {
    await openPage(page)
    await events(page).locator('[data-row="2"]').click()
    await expect(events(page).locator('[data-row="2"]')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press(']')
    await expect(events(page).locator('[data-row="3"]')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('[')
    await page.keyboard.press('[')
    await expect(events(page).locator('[data-row="1"]')).toHaveAttribute('aria-selected', 'true')
  })

  test('n goes to the failure and keeps it in the window', async ({ page }) => {
    await openPage(page)
    await page.keyboard.press('n')
    await expect.poll(() => linkOf(page).get('failure')).toContain('cma')
    await expect(page.getByRole('list', { name: /^Failed ranges/ }).locator('[data-selected=true]')).toHaveCount(1)
  })

  test('a hold tells its frame, task and length, and leads to its stack and lines', async ({ page }) => {
    await openPage(page)
    const hold = page.getByRole('region', { name: /^Holds of/ }).getByRole('button', { name: DRIVER_GET })
    await expect(hold).toContainText('isp-daemon-71')
    await expect(hold).toContainText(/at least \d+\.\d{3} s/)
    await hold.press('Enter')
    await expect(inspector(page).getByRole('heading', { name: /^Hold of/ })).toBeVisible()
    await expect(inspector(page)).toContainText('driver / DMA')
    await expect(events(page).getByRole('row', { selected: true })).toContainText('page_ref_mod_unless')
  })
})

test.describe('what the count is made of', () => {
  test('is told under the pointer, in the legend and in the table, with what migration expects', async ({ page }) => {
    await openPage(page)
    const figure = page.getByRole('figure', { name: /^References of/ })
    await expect(figure.getByText('▲ driver / DMA')).toBeVisible()
    await expect(figure.getByText(/excess: more than migration expects/)).toBeVisible()
    await chart(page).hover({ position: { x: 500, y: 60 } })
    await expect(readout(page)).toHaveText(/driver \/ DMA 1; expected 1, excess 1$/)
    await page.getByRole('button', { name: 'The same as a table' }).click()
    const table = page.getByRole('grid', { name: /as a table$/ })
    await expect(table.getByRole('columnheader', { name: 'excess' })).toBeVisible()
    await expect(table.getByText(/driver \/ DMA 1$/).first()).toBeVisible()
  })
})

test.describe('attempts to move the page', () => {
  const attempts = (page: Page): Locator => page.getByRole('region', { name: /^Attempts to move/ })

  test('are told by key, lead to their first line, and are rows of the table', async ({ page }) => {
    await openPage(page)
    await expect(attempts(page).getByRole('heading')).toHaveText(/^attempts to move it \d+ \d+ skipped/)
    const first = attempts(page).getByRole('button').first()
    await first.focus()
    await expect(readout(page)).toContainText(/^skipped \d+\.\d{6} … \d+\.\d{6}, .* by init-1 in /)
    await first.press('Enter')
    await expect(first).toHaveAttribute('aria-pressed', 'true')
    await expect(events(page).getByRole('row', { selected: true })).toContainText('init-1')
    await page.getByRole('button', { name: 'The same as a table' }).click()
    await expect(
      page
        .getByRole('grid', { name: /as a table$/ })
        .getByText('attempt to move it')
        .first(),
    ).toBeVisible()
  })
})

test.describe('the numbered evidence', () => {
  const evidence = (page: Page): Locator => page.getByRole('region', { name: /^Evidence on/ })
  const badge = (page: Page): Locator => page.getByRole('button', { name: /^Evidence 1: / })

  test('highlights what it cites by key: mark, bar and row; and opens its line', async ({ page }) => {
    await openPage(page)
    const hold = page.getByRole('region', { name: /^Holds of/ }).getByRole('button', { name: DRIVER_GET })
    await expect(hold).toHaveAccessibleName(/Evidence 1/)
    const number = evidence(page).getByRole('button', { name: '1: show what it cites' })
    await number.focus()
    await expect(badge(page)).toHaveAttribute('data-cited', 'true')
    await expect(hold).toHaveAttribute('data-cited', 'true')
    const line =
      (await evidence(page)
        .getByRole('button', { name: /^trace\.txt\.gz:/ })
        .first()
        .textContent()) ?? ''
    await expect(events(page).locator('[data-marked=true]')).toContainText(line)
    await number.press('Enter')
    await expect(inspector(page).getByRole('heading', { name: line })).toBeVisible()
    await expect(inspector(page).locator('mark')).toContainText('page_ref_mod_unless')
    await expect(events(page).getByRole('row', { selected: true })).toContainText(line)
    await page.getByRole('heading', { name: /^holds/ }).click()
    await expect(badge(page)).toHaveAttribute('data-cited', 'false')
  })

  test('is found from its mark on the chart too', async ({ page }) => {
    await openPage(page)
    await badge(page).hover()
    await expect(evidence(page).locator('li[data-cited=true]').first()).toContainText('+1 by isp-daemon-71')
    await badge(page).click()
    await expect(inspector(page).locator('mark')).toContainText('page_ref_mod_unless')
  })
})

for (const viewport of [
  { width: 720, height: 900 },
  { width: 720, height: 450 }, // 1440 × 900 at 200 %
]) {
  test(`nothing but a table is scrolled sideways at ${viewport.width} × ${viewport.height}`, async ({ page }) => {
    await page.setViewportSize(viewport)
    await openPage(page)
    await expect(page.getByRole('region', { name: /^Evidence on/ })).toBeVisible()
    for (const screen of ['pfn', 'triage']) {
      await page.goto(page.url().replace(/#\/\w+/, `#/${screen}`))
      await expect(chart(page)).toBeVisible()
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main, main *')]
          .filter(
            (element) => element.scrollWidth > element.clientWidth + 1 && !element.querySelector(':scope > table'),
          )
          .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX))
          .map((element) => element.outerHTML.slice(0, 120)),
      )
      expect(wide).toEqual([])
    }
  })
}

test('a page without reference events has no empty chart, but its events', async ({ page }) => {
  await page.goto('/')
  await choose(page, [
    told([
      ['1.000000', 'mm_page_alloc: page=(____ptrval____) pfn=0x100 order=0 migratetype=0 gfp_flags=GFP_KERNEL'],
      ['2.000000', 'mm_page_free: page=(____ptrval____) pfn=0x100 order=0'],
    ]),
  ])
  await expect.poll(() => linkOf(page).has('f')).toBe(true)
  await look(page, { pfn: '0x100' })
  await expect(page.getByText(/^No page_ref event of 0x100 is in these files/)).toBeVisible()
  await expect(chart(page)).toHaveCount(0)
  await expect(events(page).getByText('mm_page_alloc')).toBeVisible()
})

test.describe('what is not known is said', () => {
  test('of a page that no file names, with the nearest that have events', async ({ page }) => {
    await openExample(page)
    await look(page, { pfn: '0x3' })
    await expect(page.getByText('No file names pfn 0x3.')).toBeVisible()
    const nearest = page
      .getByText(/^Nearest pages with events/)
      .getByRole('button')
      .first()
    const pfn = await nearest.textContent()
    await nearest.click()
    await expect(page.getByRole('heading', { name: `pfn ${pfn}` })).toBeVisible()
  })

  test('of no page at all: then it is the first that blocked a range', async ({ page }) => {
    await openExample(page)
    await page.keyboard.press('2')
    await expect(page.getByRole('heading', { name: `pfn ${HELD}` })).toBeVisible()
    await expect(chart(page)).toBeVisible()
  })

  test('of no page at all where nothing failed: how to choose one', async ({ page }) => {
    await page.goto('/')
    await choose(page, [told([['1.000000', ref('page_ref_set', '0x100', 1, 1)]])])
    await expect(page.getByRole('heading', { name: 'No failed range in these files' })).toBeVisible()
    await page.keyboard.press('2')
    await expect(page.getByText('No page is chosen.')).toBeVisible()
  })

  test('where events were lost: hatched, and unknown under the pointer', async ({ page }) => {
    await page.goto('/')
    await choose(page, [
      told([
        ['1.000000', ref('page_ref_set', '0x100', 1, 1)],
        ['1.100000', ref('page_ref_mod', '0x100', 2, 1)],
        ['', 'CPU:0 [LOST 12 EVENTS]'],
        ['3.000000', ref('page_ref_mod', '0x100', 5, 1)],
        ['3.100000', ref('page_ref_mod_and_test', '0x100', 4, -1)],
      ]),
    ])
    await expect.poll(() => linkOf(page).has('f')).toBe(true)
    await look(page, { pfn: '0x100' })
    await expect(page.getByText(/hatched: CPU 0 lost 12 events\. What happened there is unknown/)).toBeVisible()
    const box = await chart(page).boundingBox()
    await chart(page).hover({ position: { x: (box?.width ?? 0) / 2, y: 60 } })
    await expect(readout(page)).toContainText('the count is unknown here')
    await expect(page.getByRole('figure', { name: /^References of/ }).getByText('⚡ +2')).toBeVisible()
  })

  test('a FOLL_PIN pin is told apart from the other references', async ({ page }) => {
    await page.goto('/')
    await choose(page, [
      told([
        ['1.000000', ref('page_ref_set', '0x100', 1, 1)],
        ['1.100000', ref('page_ref_mod', '0x100', 1025, 1024)],
        ['1.200000', ref('page_ref_mod', '0x100', 1026, 1)],
        ['2.000000', ref('page_ref_mod', '0x100', 1027, 1)],
      ]),
    ])
    await expect.poll(() => linkOf(page).has('f')).toBe(true)
    await look(page, { pfn: '0x100' })
    await expect(page.getByText('FOLL_PIN: each pin counts 1024, drawn as one')).toBeVisible()
    const box = await chart(page).boundingBox()
    await chart(page).hover({ position: { x: (box?.width ?? 0) / 2, y: 60 } })
    await expect(readout(page)).toContainText('count 1026 = 1 × 1024 + 2')
  })
})

test('a page with a selected event and hold, and its table, have nothing to complain of, light and dark', async ({
  page,
}) => {
  await openPage(page)
  await page
    .getByRole('region', { name: /^Holds of/ })
    .getByRole('button', { name: DRIVER_GET })
    .click()
  await expect(inspector(page).getByRole('heading', { name: /^Hold of/ })).toBeVisible()
  expect(await complaintsInBoth(page)).toEqual([])
  await page.setViewportSize({ width: 720, height: 900 })
  await page.getByRole('button', { name: 'The same as a table' }).click()
  expect(await complaints(page)).toEqual([])
})

test.describe('the keys of the page', () => {
  test('begin at the first event when none is selected', async ({ page }) => {
    await openPage(page)
    await page.keyboard.press(']')
    await expect(events(page).getByRole('row', { selected: true })).toHaveCount(1)
    const first = linkOf(page).get('event')
    await page.keyboard.press(']')
    await expect.poll(() => linkOf(page).get('event')).not.toBe(first)
    await page.keyboard.press('[')
    await expect.poll(() => linkOf(page).get('event')).toBe(first)
  })

  test.describe('pressed faster than they are answered', () => {
    test.beforeEach(async ({ page }) => {
      await openPage(page)
      await slow(page, 6)
    })

    const press = async (page: Page, keys: readonly string[]) => {
      // Not awaited one by one: the page gets each key before it has drawn what the one before it did.
      await Promise.all(keys.map((key) => page.keyboard.press(key)))
    }
    const selectedRow = (page: Page, row: number) =>
      expect(events(page).locator(`[data-row="${row}"]`)).toHaveAttribute('aria-selected', 'true')
    const selectFirst = async (page: Page) => {
      await page.keyboard.press(']')
      const selected = events(page).getByRole('row', { selected: true })
      await expect(selected).toHaveCount(1)
      return Number(await selected.getAttribute('data-row'))
    }

    test('brackets lead as many events on or back as they were pressed', async ({ page }) => {
      const first = await selectFirst(page)
      await press(page, [']', ']', ']', ']', ']'])
      await selectedRow(page, first + 5)
      await press(page, ['[', '[', '[', ']', '['])
      await selectedRow(page, first + 2)
    })

    test('brackets begin at the first event even then', async ({ page }) => {
      const first = await selectFirst(page)
      const link = page.url()
      await look(page, { event: '' })
      await expect(events(page).getByRole('row', { selected: true })).toHaveCount(0)
      await press(page, [']', ']', ']', ']', ']'])
      await selectedRow(page, first + 4)
      expect(page.url()).not.toBe(link)
    })

    test('arrows in the table lead as many rows on, whatever is answered late', async ({ page }) => {
      await events(page).locator('[data-row="0"]').click()
      await press(
        page,
        Array.from({ length: 12 }, () => 'ArrowDown'),
      )
      await selectedRow(page, 12)
      await press(
        page,
        Array.from({ length: 5 }, () => 'ArrowUp'),
      )
      await selectedRow(page, 7)
    })

    test('keys of the chart add up', async ({ page }) => {
      const spanOf = () => Number(linkOf(page).get('to')) - Number(linkOf(page).get('from'))
      await chart(page).focus()
      await press(page, ['w'])
      await expect.poll(spanOf).toBeGreaterThan(0)
      const once = spanOf()
      await press(page, ['w', 'w', 'w'])
      await expect.poll(() => Math.round(once / spanOf())).toBe(8)
    })

    test('n goes on from the event that brackets lead to', async ({ page }) => {
      const first = await selectFirst(page)
      await press(page, [']', ']', 'n'])
      await selectedRow(page, first + 2)
      await expect.poll(() => linkOf(page).get('failure')).toContain('cma')
    })
  })

  test('are found by name in the palette, from other screens too', async ({ page }) => {
    await openPage(page)
    const run = async (): Promise<void> => {
      await page.keyboard.press('Control+k')
      await page.getByRole('textbox', { name: 'Find an action' }).fill('next event of this page')
      await expect(page.getByRole('option', { name: 'Next event of this page', selected: true })).toBeVisible()
      await page.keyboard.press('Enter')
    }
    await run()
    await expect(events(page).getByRole('row', { selected: true })).toHaveCount(1)
    const first = linkOf(page).get('event')
    await page.keyboard.press('9')
    await expect.poll(() => screenOf(page)).toBe('files')
    await run()
    await expect.poll(() => screenOf(page)).toBe('pfn')
    await expect.poll(() => linkOf(page).get('event')).not.toBe(first)
  })
})

test('a page that is still held is drawn to the end of the trace', async ({ page }) => {
  const held = told([
    ['1.000000', ref('page_ref_set', '0x100', 1, 1)],
    ['9.000000', ref('page_ref_mod', '0x200', 2, 1)],
  ])
  await page.goto('/')
  await choose(page, [held])
  await expect(page.getByRole('heading', { name: 'No failed range in these files' })).toBeVisible()
  await look(page, { pfn: '0x100' })
  await expect(readout(page)).toHaveText(/ … 9\.\d{6} {2}8\.\d{3} s$/)
})

test('a clock that counts has no threshold: every hold that is not expected is listed', async ({ page }) => {
  const counted = told([
    ['1000', ref('page_ref_set', '0x100', 1, 1)],
    ['5000', ref('page_ref_mod', '0x200', 2, 1)],
    ['9000', ref('page_ref_set', '0x100', 1, 1)],
  ])
  await page.goto('/')
  await choose(page, [counted])
  await expect(page.getByRole('heading', { name: 'No failed range in these files' })).toBeVisible()
  await page.keyboard.press('3')
  await expect(page.getByText('The trace clock counts: no threshold is applied')).toBeVisible()
  await expect(page.getByRole('textbox', { name: /held at least/ })).toHaveCount(0)
  await expect(page.getByRole('group', { name: 'What is hidden' })).toContainText('1 hold in ')
})

test('pages are compared by keys alone: add, zoom together, remove; and nothing to complain of', async ({ page }) => {
  await openPage(page)
  await page.keyboard.press('c')
  await page.keyboard.type('0x1f049, 0x1f04a')
  await page.keyboard.press('Enter')
  await expect.poll(() => linkOf(page).get('with')).toBe('0x1f049,0x1f04a')
  await page.keyboard.press('Escape')
  const strips = page.getByRole('region', { name: 'Pages compared' })
  const strip = strips.getByRole('application', { name: /^References of 0x1f049/ })
  await expect(strip).toBeVisible()
  await page.keyboard.press('0')
  await expect.poll(() => linkOf(page).get('from')).toBeNull()
  expect(await complaints(page)).toEqual([])
  await page.keyboard.press('w')
  await expect.poll(() => linkOf(page).get('from')).not.toBeNull()
  await strip.focus()
  await page.keyboard.press('Delete')
  await expect.poll(() => linkOf(page).get('with')).toBe('0x1f04a')
  await page.keyboard.press('Shift+C')
  await expect.poll(() => linkOf(page).get('with')).toBeNull()
})

test('a moment is one vertical line through chart, holds, attempts and compared pages', async ({ page }) => {
  const holds = page.getByRole('region', { name: /^Holds of/ })
  const edgesOf = (drawn: Locator) =>
    drawn.evaluate((element) => {
      const { left, right } = element.getBoundingClientRect()
      return [left, right]
    })
  await openPage(page)
  await look(page, { pfn: HELD, with: '0x1f049' })
  const strip = page.getByRole('application', { name: /^References of 0x1f049/ })
  await expect(strip).toBeVisible()
  for (const width of [1440, 1024, 720]) {
    await page.setViewportSize({ width, height: 900 })
    const edges = await edgesOf(chart(page).first())
    const attempts = page.getByRole('region', { name: /^Attempts to move/ })
    for (const drawn of [holds.getByRole('list'), attempts.getByRole('list').first(), strip])
      await expect.poll(() => edgesOf(drawn), `at ${width} px`).toEqual(edges)
    await expect.poll(() => edgesOf(holds.locator('li svg').first()), `at ${width} px`).toEqual(edges)
  }
  await expect(holds.getByRole('heading').getByRole('button', { name: /^Copy: holds/ })).toBeVisible()
})

test('the overview of the lives tells its own first and last time, above the chart', async ({ page }) => {
  await openPage(page)
  const lives = page.getByRole('region', { name: /^Lifetimes of 0x1f048/ })
  await expect(lives.getByText(/^whole trace \d+\.\d{6} … \d+\.\d{6} {2}\d+\.\d{3} s$/)).toBeVisible()
  const [above, below] = [await lives.boundingBox(), await chart(page).boundingBox()]
  expect((above?.y ?? Infinity) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0)
})

test('lives are gone through by key, each a band of the whole trace', async ({ page }) => {
  await openPage(page)
  const lives = page.getByRole('region', { name: /^Lifetimes of 0x1f048/ })
  await expect(lives.getByRole('button', { pressed: true })).toHaveAccessibleName(/^lifetime 2 of 2/)
  await page.keyboard.press('{')
  await expect.poll(() => linkOf(page).get('life')).toBe('1')
  await expect(lives.getByRole('button', { pressed: true })).toHaveAccessibleName(/^lifetime 1 of 2/)
})

test('a stretch is chosen by keys, and the window becomes it', async ({ page }) => {
  await openPage(page)
  await page.keyboard.press(']')
  await page.keyboard.press('b')
  for (let times = 0; times < 5; times++) await page.keyboard.press(']')
  await expect(readout(page)).toHaveText(/^\d+\.\d{6} … \d+\.\d{6} {2}\d+\.\d{3} (?:us|ms|s)$/)
  await page.keyboard.press('b')
  await expect.poll(() => linkOf(page).get('from')).not.toBeNull()
})

test('the picture of the timeline stands alone', async ({ page }) => {
  await openPage(page)
  await page.getByRole('button', { name: 'Copy: timeline of 0x1f048' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save SVG' }).click(),
  ])
  const svg = readFileSync(await download.path()).toString()
  expect(svg).toContain('References of 0x1f048')
  expect(svg).toContain('pattern-excess-stripes')
  expect(svg).not.toMatch(/var\(--|class=|https?:\/\/(?!www\.w3\.org)/)
})
