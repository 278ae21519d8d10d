import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, type Locator, type Page } from '@playwright/test'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

/** A file to hand to the page. */
export interface GivenFile {
  readonly name: string
  readonly bytes: Buffer
}

const exampleFile = (name: string): Buffer => readFileSync(new URL(`../../public/example/${name}`, import.meta.url))

/** The trace of the example as text, and its companions. */
export const EXAMPLE_TEXT = gunzipSync(exampleFile('trace.gzip')).toString()
export const EXAMPLE_TRACE: GivenFile = { name: 'trace.txt.gz', bytes: exampleFile('trace.gzip') }
export const EXAMPLE_OWNERS: GivenFile = { name: 'page_owner.txt', bytes: exampleFile('page_owner.txt') }
export const EXAMPLE_LOG: GivenFile = { name: 'dmesg.txt', bytes: exampleFile('dmesg.txt') }

/** A file of some text. */
export function textFile(name: string, text: string): GivenFile {
  return { name, bytes: Buffer.from(text) }
}

/** Few lines with one failed range, another file for each note: where what is read does not matter, but that it is another file. */
export function otherTrace(name: string, note: string): GivenFile {
  return textFile(name, `${tracedText(LEAK)}\n# ${note}\n`)
}

/** Chooses files as the dialog would hand them over. */
export async function choose(page: Page, files: readonly GivenFile[]): Promise<void> {
  const payload = files.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: bytes }))
  await page.locator('input[type=file][aria-label=Files]').setInputFiles(payload)
}

/** Drops files on the window. */
export async function drop(page: Page, files: readonly GivenFile[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }))
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer()
    for (const { name, base64 } of list) {
      data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name))
    }
    return data
  }, given)
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer })
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

/** Opens the page and the example in it. In a page that tests share it may be open: then this goes back to its start. */
export async function openExample(page: Page): Promise<void> {
  if (await goToStart(page)) return
  await page.goto('/')
  await page.getByRole('button', { name: 'Open an example' }).click()
  await expect(failedRanges(page)).toBeVisible()
  if (starts.has(page)) starts.set(page, { link: page.url(), document: await documentOf(page) })
}

/** Where the example begins in pages that tests share, and in which document: absent until it was opened. */
const starts = new WeakMap<Page, { readonly link: string; readonly document: number } | undefined>()

/** From now on `openExample` reads the example in this page only if it is not open there as it was. */
export function keepExample(page: Page): void {
  starts.set(page, undefined)
}

/** A number that no other document has, not even the same page after a reload. */
function documentOf(page: Page): Promise<number> {
  return page.evaluate(() => performance.timeOrigin)
}

/** Whether the example was open, and nothing with it or instead: then it is shown as a link to it would. */
async function goToStart(page: Page): Promise<boolean> {
  const start = starts.get(page)
  if (start === undefined || (await documentOf(page)) !== start.document) return false
  const asked = new URLSearchParams(start.link.split('?')[1])
  const isSame = ['f', 'set', 'b', 'ruleset', 'src', 'slice'].every(
    (name) => linkOf(page).get(name) === asked.get(name),
  )
  if (!isSame) return false
  const over = page.getByRole('dialog').or(page.getByRole('menu'))
  for (let left = 3; left > 0 && (await over.count()) > 0; left--) await page.keyboard.press('Escape')
  if ((await over.count()) > 0) return false
  // By way of another screen, so that what Triage itself remembers is forgotten.
  await goWithin(page, start.link.replace('#/triage', '#/record'))
  await page.getByRole('heading', { name: 'What this capture leaves open' }).waitFor()
  await goWithin(page, start.link)
  await expect(failedRanges(page)).toBeVisible()
  return true
}

async function goWithin(page: Page, link: string): Promise<void> {
  await page.evaluate((address) => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    location.replace(address)
  }, link)
}

/** The heading over the table of failed ranges: the landing view is there. */
export function failedRanges(page: Page): Locator {
  return page.getByRole('heading', { name: /^Failed ranges \d+$/ })
}

/** The line at the foot of the page. */
export function statusLine(page: Page): Locator {
  return page.getByRole('contentinfo', { name: 'Status' })
}

/** The link's parameters, as text. */
export function linkOf(page: Page): URLSearchParams {
  return new URLSearchParams(new URL(page.url()).hash.split('?')[1] ?? '')
}

/** The screen that the link names. */
export function screenOf(page: Page): string {
  return new URL(page.url()).hash.replace(/^#\//, '').split('?')[0]
}
