import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { choose, failedRanges, type GivenFile, linkOf, screenOf } from './capture-page.ts'

/** Everything that one boot left: trace, dumps, kernel log, binaries of /proc, small notes. */
const FOLDER = new URL('../fixtures/captures/longterm-driver/', import.meta.url)
const FILES: readonly GivenFile[] = readdirSync(FOLDER)
  .filter((name) => name !== 'truth.json')
  .map((name) => ({ name, bytes: readFileSync(new URL(name, FOLDER)) }))
/** The page that blocked the range, says the program that held it. */
const BLOCKING = 128_156

/** What is read of each kind of file; small notes are all of one kind. */
const KINDS: Readonly<Record<string, string>> = {
  'dmesg.txt': 'kernel log',
  'kpagecount.bin.gz': 'kpagecount',
  'kpageflags.bin.gz': 'kpageflags',
  'page-types-L.txt': 'page-types list',
  'page-types-l.txt': 'page-types list',
  'page-types-summary.txt': 'page-types list',
  'page_owner.txt': 'page_owner dump',
  'page_owner_stacks.txt.gz': 'page_owner_stacks',
  'pagetypeinfo.txt': 'pagetypeinfo',
  'trace.txt.gz': 'ftrace text',
  'window.txt': 'PFN window',
  'zoneinfo.txt': 'zoneinfo',
}

/** Lines of a file as `wc -l` counts them. */
function linesOf(name: string): number {
  const { bytes } = FILES.find((file) => file.name === name) ?? { bytes: Buffer.alloc(0) }
  const text = name.endsWith('.gz') ? gunzipSync(bytes) : bytes
  return text.filter((byte) => byte === 10).length
}

async function openFolder(page: Page): Promise<void> {
  await page.goto('/')
  await choose(page, FILES)
  await expect(failedRanges(page)).toBeVisible()
}

test('every file of a mixed folder is known by its content, and every line of it is accounted for', async ({
  page,
}) => {
  await openFolder(page)
  await page.keyboard.press('9')
  await expect.poll(() => screenOf(page)).toBe('files')
  await expect(page.getByRole('article')).toHaveCount(FILES.length)
  for (const { name } of FILES) {
    const card = page.getByRole('article', { name, exact: true })
    await expect(card).toContainText(KINDS[name] ?? 'notes on the machine')
    const account = /(\d+) parsed \+ (\d+) skipped \+ (\d+) rejected = (\d+)/.exec((await card.textContent()) ?? '')
    const [parsed, skipped, rejected, total] = (account ?? []).slice(1).map(Number)
    expect(parsed + skipped + rejected, name).toBe(total)
    expect(rejected, name).toBe(0)
    if (!name.includes('.bin')) expect(total, name).toBe(linesOf(name))
  }
})

test('the files are one capture: the page in the way has the facts of each dump, with its line', async ({ page }) => {
  await openFolder(page)
  await page
    .getByRole('link', { name: `0x${BLOCKING.toString(16)}` })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: `pfn 0x${BLOCKING.toString(16)}` })).toBeVisible()
  const owner = page.getByText(/^allocated by /)
  await expect(owner).toContainText('page_owner: who allocated, not who holds')
  await expect(owner).toContainText(placeOf('page_owner.txt', /^PFN 0x1f49c /, -1))
  await page.getByText(/^other files on this page: /).click()
  const dumps = page.getByRole('list', { name: 'What other dumps say of the page' })
  const state = fact(dumps, /page-types/)
  await expect(state).toContainText(placeOf('page-types-L.txt', /^1f49c\t/))
  await expect(state).toContainText(/page-types-l\.txt:\d+/)
  // kpageflags shows bits that page-types leaves out
  await expect(fact(dumps, /kpageflags: .*\bowner_2\b/)).toContainText(/kpageflags\.bin\.gz:\d+/)
  await expect(fact(dumps, /kpagecount: \d+ mappings?/)).toContainText(/kpagecount\.bin\.gz:\d+/)
  await expect(fact(dumps, /^zone /)).toContainText(/zoneinfo\.txt:\d+/)
  await expect(page.getByText('blocked by this page')).toBeVisible()
  await expect(page.getByRole('application', { name: /^References of/ })).toBeVisible()
})

test('a line of a dump is shown in its file from the page that it is about', async ({ page }) => {
  await openFolder(page)
  await page
    .getByRole('link', { name: `0x${BLOCKING.toString(16)}` })
    .first()
    .click()
  const place = placeOf('page-types-L.txt', /^1f49c\t/)
  await page.getByText(/^other files on this page: /).click()
  await page.getByRole('list', { name: 'What other dumps say of the page' }).getByText(place, { exact: true }).click()
  await expect.poll(() => linkOf(page).get('event')).toBe(place)
  await expect(page.locator('mark')).toContainText('1f49c')
})

test('the folders of CMA areas are known by their paths when a folder is chosen', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'pinscope-e2e-'))
  const files: Readonly<Record<string, string>> = {
    'cma/cma-camera/base_pfn': '56320\n',
    'cma/cma-camera/count': '128\n',
    'cma/cma-camera/order_per_bit': '0\n',
    'cma/cma-camera/used': '6\n',
    'cma/cma-camera/maxchunk': '122\n',
    'cma/cma-camera/bitmap': '63 0 0 0 \n',
    'cma/cma-isp/base_pfn': '36864\n',
    'cma/cma-isp/count': '128\n',
    'mm/cma/camera/alloc_pages_fail': '32\n',
    'dmesg.txt':
      '[    1.000000] Linux version 6.12.0\n[    9.000001] cma: cma_alloc: camera: alloc failed, req-size: 32 pages, ret: -16\n',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  await page.goto('/')
  await page.locator('input[type=file][aria-label=Folder]').setInputFiles(folder)
  await expect(failedRanges(page)).toBeVisible()
  await expect(page.getByText('[0xdc00, 0xdc80)').first()).toBeVisible()
  await page.keyboard.press('9')
  const machine = page.getByRole('region', { name: 'Machine' })
  await expect(machine).toContainText('camera [0xdc00, 0xdc80), 128 pages, 6 allocated, longest free run 122')
  await expect(machine).toContainText('isp [0x9000, 0x9080), 128 pages')
  await expect(machine).toContainText('CMA area camera: alloc_pages_fail 32')
  rmSync(folder, { recursive: true })
})

/** `file:line` of the line that matches, or of one near it. */
function placeOf(name: string, pattern: RegExp, step = 0): string {
  const lines = readFileSync(new URL(name, FOLDER), 'utf8').split('\n')
  return `${name}:${lines.findIndex((line) => pattern.test(line)) + 1 + step}`
}

function fact(list: Locator, words: RegExp): Locator {
  return list.getByRole('listitem').filter({ hasText: words }).first()
}
