import { type Embedded, embeddingProblem, type Made, reportPieces } from '../base/embedded.ts'
import { composePage, embeddedEnds, ONE_FILE, titleElement } from '../base/one-file.ts'
import { type OverviewAnswer } from '../queries/overview.ts'
import { base64Of } from './base64.ts'
import { isOneFile } from './carried-files.ts'

/** A file that goes into a report, as it was opened. */
export interface FileToEmbed {
  readonly name: string
  readonly bytes: Blob
}

/** What a person puts into a report. */
export interface ReportContent {
  /** The view that it opens on, as a link has it behind the `#`. */
  readonly link: string
  /** A slice alone, or all files of the capture (`CaptureStore.files`). */
  readonly files: readonly FileToEmbed[]
  /** What was said of the findings, as a session file has it. */
  readonly session?: unknown
  /** The day that it says, in the person's words. */
  readonly on?: string
  readonly from: Made['from']
}

/** Set by the build, see vite.config.ts. */
declare const PINSCOPE_VERSION: string | undefined

/** Name that a report is saved under. */
export const REPORT_NAME = 'pinscope-report.html'

/** A report of what a person puts into it. Rejects with words for a person. */
export async function reportOf({ link, files, session, on, from }: ReportContent): Promise<Blob> {
  const by = `pinscope ${typeof PINSCOPE_VERSION === 'string' ? PINSCOPE_VERSION : 'of a development server'}`
  const made: Made = { by, ...(on === undefined ? {} : { on }), from }
  const said = session === undefined ? {} : { session }
  return writeReportFile({ pinscope: 'embedded', version: 1, link, made, ...said, files: await embedFiles(files) })
}

/** The files of a capture as a report tells them. */
export function madeFrom(files: OverviewAnswer['files']): Made['from'] {
  return files.map(({ name, sizeBytes, hash }) => ({
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
