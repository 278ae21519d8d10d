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

/** The element that holds what is embedded. `json` is as `embeddableJson` writes it. */
export function embeddedElement(json: string): string {
  return `${EMBEDDED_START}${json}${SCRIPT_END}`
}

/**
 * JSON that can stand in a script element: no `<` is left in it, which only its strings can have, so that neither
 * `</script` nor `<!--` is there.
 */
export function embeddableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`)
}

/**
 * The app cut where its title and its embedded data are, so that others can take their place; undefined when the text is no
 * app that is one file. The first of each is it: before them there is nothing that data could stand in.
 */
export function cutPage(page: string): { readonly parts: readonly [string, string, string] } | undefined {
  const title = spanOf(page, TITLE_START, TITLE_END, 0)
  if (title === undefined) return undefined
  const data = spanOf(page, EMBEDDED_START, SCRIPT_END, title.end)
  if (data === undefined) return undefined
  return { parts: [page.slice(0, title.start), page.slice(title.end, data.start), page.slice(data.end)] }
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
