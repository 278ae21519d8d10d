import { cutPage, embeddableJson, embeddedEnds, titleElement } from './one-file.ts'

/** A file inside a report, as it was opened; a packed one stays packed. */
export interface EmbeddedFile {
  readonly name: string
  /** Base64 of the file's bytes as gzip. */
  readonly gz: string
}

/** A file that a report was made from. */
export interface MadeFromFile {
  readonly name: string
  readonly sizeBytes: number
  /** SHA-256 of the file as it was opened, in hex; absent where it is not known. */
  readonly sha256?: string
}

/** Who made a report, and of what. */
export interface Made {
  /** Program and version: `pinscope 0.1.0`. */
  readonly by: string
  /** Day, as whoever made it says it; absent where the same input must give the same bytes. */
  readonly on?: string
  readonly from: readonly MadeFromFile[]
}

/** What a report has in it, beside the app. Plain JSON; whoever reads it checks it, for anybody may have written it. */
export interface Embedded {
  readonly pinscope: 'embedded'
  readonly version: 1
  /** The view that it opens on, as a link has it behind the `#`: `/triage?v=1…`. */
  readonly link: string
  readonly files: readonly EmbeddedFile[]
  /** What people said of the findings, as a session file has it. */
  readonly session?: unknown
  readonly made?: Made
}

/** The most that the files of a report may have together, in bytes as they were opened: browsers hold a page in memory. */
export const MOST_EMBEDDED_BYTES = 100 * (1 << 20)

/** Why files of `sizeBytes` together are too much for a report, in words; undefined when they are not. */
export function embeddingProblem(sizeBytes: number): string | undefined {
  if (sizeBytes <= MOST_EMBEDDED_BYTES) return undefined
  return `The files have ${megabytes(sizeBytes)} together, and a report holds ${megabytes(MOST_EMBEDDED_BYTES)} at most. Put the slice of one finding into it instead.`
}

/** The pieces of a report, in order, to be joined: the app with the data in it; undefined when `page` is no such app. */
export function reportPieces(page: string, embedded: Embedded): readonly string[] | undefined {
  const cut = cutPage(page)
  if (cut === undefined) return undefined
  const [start, middle, end] = cut.parts
  const [open, close] = embeddedEnds
  return [start, titleElement(titleOf(embedded)), middle, open, ...jsonPieces(embedded), close, end]
}

/** Base64 has nothing to escape, and is the bulk of it: it is put in as it is. */
function jsonPieces({ files, ...rest }: Embedded): readonly string[] {
  const head = embeddableJson(rest).replace(/\}$/, '')
  const listed = files.flatMap(({ name, gz }, place) => [
    `${place === 0 ? '' : ','}\n{"name":${embeddableJson(name)},"gz":"`,
    checkedBase64(gz),
    '"}',
  ])
  return [`${head},"files":[`, ...listed, ']}']
}

function checkedBase64(text: string): string {
  if (/[^A-Za-z0-9+/=]/.test(text)) throw new Error('broken promise: embedded bytes are base64')
  return text
}

function titleOf({ made, files }: Embedded): string {
  const names = (made?.from ?? files).map((file) => file.name)
  const more = names.length > 1 ? ` and ${names.length - 1} more` : ''
  return names.length === 0 ? 'pinscope report' : `pinscope report: ${names[0]}${more}`
}

function megabytes(sizeBytes: number): string {
  return `${(sizeBytes / (1 << 20)).toFixed(1)} MiB`
}
