import { type Embedded, embeddingProblem, type Made, type MadeFromFile, reportPieces } from '../base/embedded.ts'
import { composePage, embeddedEnds, ONE_FILE, titleElement } from '../base/one-file.ts'
import { type OverviewAnswer } from '../queries/overview.ts'
import { base64Of } from './base64.ts'
import { mainFileOf } from './capture-ref.ts'
import { isOneFile } from './carried-files.ts'

/** A file that goes into a report, as it was opened. */
export interface FileToEmbed {
  readonly name: string
  readonly bytes: Blob
}

/** Set by the build, see vite.config.ts. */
declare const PINSCOPE_VERSION: string | undefined

/** Name that a report is saved under. */
export const REPORT_NAME = 'pinscope-report.html'

/** What a report says of itself: this pinscope, today (UTC), and files, the first of which it is called by. */
export function madeNow(from: readonly MadeFromFile[]): Made {
  const by = `pinscope ${typeof PINSCOPE_VERSION === 'string' ? PINSCOPE_VERSION : 'of a development server'}`
  const files = from.map(({ name, sizeBytes, sha256 }) => ({ name, sizeBytes, ...(sha256 ? { sha256 } : {}) }))
  return { by, on: new Date().toISOString().slice(0, 10), from: files }
}

/** The files of a capture as a report tells them, the main one first. */
export function madeFrom(files: OverviewAnswer['files']): Made['from'] {
  const main = mainFileOf(files)
  return files
    .toSorted((one, other) => Number(other === main) - Number(one === main))
    .map(({ name, sizeBytes, hash }) => ({
      name,
      sizeBytes,
      ...(hash.kind === 'known' ? { sha256: hash.sha256 } : {}),
    }))
}

/** Files as a report has them. Rejects with words for a person when they are too much for one. */
export async function embedFiles(files: readonly FileToEmbed[]): Promise<Embedded['files']> {
  const problem = embeddingProblem(files.reduce((sum, { bytes }) => sum + bytes.size, 0))
  if (problem !== undefined) throw new Error(problem)
  const embedded = []
  for (const { name, bytes } of files) embedded.push({ name, gz: await base64Of(await packed(bytes)) })
  return embedded
}

/**
 * A report: this very app with a capture in it, one HTML file that opens from a disk without a network. Its `size` can be shown
 * before it is saved. Rejects with words for a person where the app is not beside the page.
 */
export async function writeReportFile(embedded: Embedded): Promise<Blob> {
  const pieces = reportPieces(isOneFile() ? ownPage() : await pageBeside(), embedded)
  if (pieces === undefined) throw new Error(`What is beside this page as ${ONE_FILE.name} is not pinscope in one file.`)
  return new Blob([...pieces], { type: 'text/html' })
}

function packed(bytes: Blob): Promise<Blob> {
  return new Response(bytes.stream().pipeThrough(new CompressionStream('gzip'))).blob()
}

async function pageBeside(): Promise<string> {
  const response = await fetch(new URL(ONE_FILE.name, document.baseURI)).catch(() => undefined)
  if (response?.ok !== true) {
    throw new Error(`There is no ${ONE_FILE.name} beside this page to make a report of: "npm run build" makes it.`)
  }
  return response.text()
}

/**
 * The source of this page, of the elements that the build wrote: what was drawn since, and what a browser's extensions put
 * in, is no part of it.
 */
function ownPage(): string {
  return composePage(partsOf(document.head), partsOf(document.body))
}

function partsOf(parent: Element): readonly string[] {
  return [...parent.children].filter((element) => element.hasAttribute(ONE_FILE.mark)).map(sourceOf)
}

function sourceOf(element: Element): string {
  if (element.tagName === 'TITLE') return titleElement(ONE_FILE.title)
  if (element.id === ONE_FILE.embeddedId) return embeddedEnds.join('{}')
  if (element.id !== 'root') return element.outerHTML
  const empty = element.cloneNode(false)
  return empty instanceof Element ? empty.outerHTML : ''
}
