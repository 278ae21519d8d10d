import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, type Locator, type Page } from '@playwright/test'

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

/** A trace that is like the example's but another file: what follows its head says so. */
export function otherTrace(name: string, note: string): GivenFile {
  return textFile(name, EXAMPLE_TEXT.replace('# tracer: nop\n', `# tracer: nop\n# ${note}\n`))
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

/** Opens the page and the example in it. */
export async function openExample(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: 'Open an example' }).click()
  await expect(failedRanges(page)).toBeVisible()
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
