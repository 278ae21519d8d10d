/** An element of the app that is one file: the mark by which the app knows its own parts, and what they are found by. */
export const ONE_FILE = {
  /** Attribute of every element that the build wrote, and of none that a browser or an extension added. */
  mark: 'data-pinscope',
  /** Id of the JSON that a report has in it; an empty object in the bare app. */
  embeddedId: 'pinscope-embedded',
  /** Id of the script that all workers are. */
  workerId: 'pinscope-worker',
  /** Attribute with the address, relative to the served page, of a file whose bytes are there as base64. */
  fileAttribute: 'data-file',
  /** Name of the app beside the served page. */
  name: 'pinscope-app.html',
  /** Title of the app that has nothing embedded. */
  title: 'pinscope',
} as const

const EMBEDDED_START = `<script ${ONE_FILE.mark}="" type="application/json" id="${ONE_FILE.embeddedId}">`
const SCRIPT_END = '</script>'
const EXAMPLE_FOLDER = 'example/'
const TITLE_START = `<title ${ONE_FILE.mark}="">`
const TITLE_END = '</title>'

/** A page of its parts, one a line, written as a browser would write it: read and written again it is the same. */
export function composePage(head: readonly string[], body: readonly string[]): string {
  const lines = ['<!doctype html>', '<html lang="en"><head>', ...head, '</head><body>', ...body, '</body></html>', '']
  return lines.join('\n')
}

/** The title of a page of ours. */
export function titleElement(text: string): string {
  return `${TITLE_START}${escapeText(text)}${TITLE_END}`
}

/** What stands before and behind the JSON that is embedded, as `embeddableJson` writes it. */
export const embeddedEnds: readonly [string, string] = [EMBEDDED_START, SCRIPT_END]

/**
 * JSON that can stand in a script element: no `<` is left in it, which only its strings can have, so that neither
 * `</script` nor `<!--` is there.
 */
export function embeddableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`)
}

/** The element of a file that the app carries; `base64` are its bytes. */
export function fileElement(address: string, base64: string): string {
  return `${fileStart(address)}${base64}${SCRIPT_END}`
}

/**
 * The app cut where its title and its embedded data are, so that others can take their place, and without the example, which
 * no report needs; undefined when the text is no app that is one file. The first of each is it: before them there is nothing
 * that data could stand in.
 */
export function cutPage(page: string): { readonly parts: readonly [string, string, string] } | undefined {
  const title = spanOf(page, TITLE_START, TITLE_END, 0)
  if (title === undefined) return undefined
  const data = spanOf(page, EMBEDDED_START, SCRIPT_END, title.end)
  if (data === undefined) return undefined
  const rest = afterExample(page, data.end)
  return { parts: [page.slice(0, title.start), page.slice(title.end, data.start), `\n${page.slice(rest)}`] }
}

/** The example's files stand right behind the data, each on a line. */
function afterExample(page: string, from: number): number {
  let at = from + 1
  while (page.startsWith(fileStart(EXAMPLE_FOLDER).slice(0, -2), at))
    at = page.indexOf(SCRIPT_END, at) + SCRIPT_END.length + 1
  return at
}

function fileStart(address: string): string {
  return `<script ${ONE_FILE.mark}="" type="text/plain" ${ONE_FILE.fileAttribute}="${address}">`
}

function spanOf(text: string, from: string, to: string, at: number): { start: number; end: number } | undefined {
  const start = text.indexOf(from, at)
  if (start < 0) return undefined
  const end = text.indexOf(to, start + from.length)
  return end < 0 ? undefined : { start, end: end + to.length }
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
