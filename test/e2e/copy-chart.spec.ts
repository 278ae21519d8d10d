import { readFileSync } from 'node:fs'
import { expect, type Page, test as alone } from '@playwright/test'
import { openExample, screenOf } from './capture-page.ts'
import { test } from './shared-page.ts'

async function openPage(page: Page): Promise<void> {
  await openExample(page)
  await page.getByRole('link', { name: /^0x/ }).first().press('Enter')
  await expect.poll(() => screenOf(page)).toBe('pfn')
  await expect(page.getByRole('application', { name: /^References of/ })).toBeVisible()
}

async function save(page: Page, item: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.getByRole('button', { name: /^Copy: timeline of/ }).press('Enter')
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: item, exact: true }).press('Enter')
  const file = await download
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

test('a chart is saved as a picture that stands alone: SVG with its title and no style of the page, PNG that is not blank', async ({
  page,
}) => {
  await openPage(page)
  const svg = await save(page, 'Save SVG')
  const text = svg.bytes.toString('utf8')
  expect(svg.name).toMatch(/^timeline-of-0x[0-9a-f]+\.svg$/)
  expect(text).toMatch(/<title>timeline of 0x[0-9a-f]+<\/title>/)
  expect(text).not.toContain('var(--')
  expect(text).not.toMatch(/ class="/)
  const png = await save(page, 'Save PNG')
  expect(png.name).toMatch(/\.png$/)
  await page.goto('about:blank') // as elsewhere: the page itself may not show pictures that it did not make
  const seen = await page.evaluate(
    async ({ drawn, copied }) => {
      const imageOf = async (address: string): Promise<HTMLImageElement> => {
        const image = new Image()
        image.src = address
        await image.decode()
        return image
      }
      const vector = await imageOf(`data:image/svg+xml;base64,${drawn}`)
      const raster = await imageOf(`data:image/png;base64,${copied}`)
      const canvas = document.createElement('canvas')
      ;[canvas.width, canvas.height] = [raster.naturalWidth, raster.naturalHeight]
      const context = canvas.getContext('2d')
      context?.drawImage(raster, 0, 0)
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: new Uint8ClampedArray() }
      const colours = new Set<number>()
      for (let at = 0; at < data.length; at += 4) colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2])
      return { width: vector.naturalWidth, pngWidth: raster.naturalWidth, colours: colours.size, alpha: data[3] }
    },
    { drawn: svg.bytes.toString('base64'), copied: png.bytes.toString('base64') },
  )
  expect(seen.width).toBeGreaterThan(300)
  expect(seen.pngWidth).toBe(2 * seen.width)
  expect(seen.colours).toBeGreaterThan(20)
  expect(seen.alpha).toBe(255)
})

test('the timeline in Triage is copied too: a picture, and a table that tells the line of each event', async ({
  page,
}) => {
  await openExample(page)
  const svg = await save(page, 'Save SVG')
  expect(svg.name).toMatch(/^timeline-of-0x[0-9a-f]+\.svg$/)
  expect(svg.bytes.toString('utf8')).toMatch(/<title>timeline of 0x[0-9a-f]+<\/title>/)
  await page.getByRole('button', { name: 'The same as a table' }).press('Enter')
  const rows = page.getByRole('grid', { name: /^References of .* as a table$/ }).getByRole('row')
  await expect(rows.nth(1)).toContainText(/trace\.txt\.gz:\d+/)
})

alone(
  'a stack leaves as the kernel prints it, as a table and folded; a frame leads to its source only when it is pressed',
  async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const asked: string[] = []
    await context.route('https://source.example/**', async (route) => {
      asked.push(route.request().url())
      await route.fulfill({ contentType: 'text/plain', body: 'source' })
    })
    await openExample(page)
    await page.keyboard.press(',')
    await page.getByRole('textbox', { name: 'Source of a frame' }).fill('https://source.example/ident/{symbol}')
    await page.keyboard.press('Escape')
    await page.keyboard.press('6')
    await expect.poll(() => screenOf(page)).toBe('events')
    await page
      .getByRole('row', { name: /page_ref_mod_unless/ })
      .first()
      .click()
    const stack = page.getByRole('region', { name: /^Stack/ }).first()
    await expect(stack).toBeVisible()
    const copied = () => page.evaluate(() => navigator.clipboard.readText())
    const copyAs = async (form: string): Promise<void> => {
      await stack.getByRole('button', { name: /^Copy: / }).press('Enter')
      await page.getByRole('menuitem', { name: form, exact: true }).press('Enter')
    }
    await copyAs('Text')
    await expect.poll(copied).toMatch(/^( => \S.*\n)+$/)
    const printed = await copied()
    await copyAs('Folded')
    await expect.poll(copied).toMatch(/^\S+(;\S+)+ 1\n$/)
    await copyAs('CSV')
    await expect.poll(copied).toMatch(/^depth,frame,function,module,role\r\n/)
    expect((await copied()).trim().split('\r\n')).toHaveLength(printed.trim().split('\n').length + 1)

    const link = stack.getByRole('link', { name: /^Source of/ }).first()
    await expect(link).toHaveAttribute('href', /^https:\/\/source\.example\/ident\/\w+$/)
    expect(asked).toEqual([])
    const popup = page.waitForEvent('popup')
    await link.press('Enter')
    const opened = await popup
    await expect.poll(() => asked.length).toBe(1)
    expect(await opened.evaluate(() => document.referrer)).toBe('')
    expect(await opened.evaluate(() => window.opener)).toBeNull()
  },
)
