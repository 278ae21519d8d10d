import * as v from 'valibot'
import { type Embedded, MOST_EMBEDDED_BYTES } from '../base/embedded.ts'
import { ONE_FILE } from '../base/one-file.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { bytesOfBase64 } from './base64.ts'
import { isReport } from './carried-files.ts'
import { importSession } from './session-store.ts'
import { type OpenedReport } from './use-report.ts'

/** Base64 of as many bytes as may be unpacked, and some: gzip can make more of what does not pack. */
const MOST_LETTERS = Math.ceil((MOST_EMBEDDED_BYTES * 4) / 3) + (1 << 20)
const MOST_FILES = 10_000

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))
const Text = v.pipe(v.string(), v.maxLength(200))

const EmbeddedSchema = v.object({
  pinscope: v.literal('embedded'),
  version: v.literal(1),
  link: v.pipe(v.string(), v.startsWith('/'), v.maxLength(100_000)),
  files: v.pipe(
    v.array(v.object({ name: Name, gz: v.pipe(v.string(), v.maxLength(MOST_LETTERS)) })),
    v.minLength(1),
    v.maxLength(MOST_FILES),
  ),
  session: v.optional(v.unknown()),
  made: v.optional(
    v.object({
      by: Text,
      on: v.optional(Text),
      from: v.pipe(
        v.array(
          v.object({
            name: Name,
            sizeBytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
            sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
          }),
        ),
        v.maxLength(MOST_FILES),
      ),
    }),
  ),
})

/**
 * What this page is a report of; undefined in a page that has nothing embedded. What is not to be read says why. What was said of
 * the findings is taken over as a copy: this browser keeps none of it before a person changes something.
 */
export function openedReport(): OpenedReport | undefined {
  const element = document.getElementById(ONE_FILE.embeddedId)
  if (element === null || !isReport()) return undefined
  const read = readEmbedded(element.textContent)
  element.replaceChildren() // what was read is held once; the text of a script element is not to be written
  if (!read.ok) return { link: '/triage', names: [], filesOf: () => Promise.reject(new Error(read.error)) }
  const { link, files, session, made } = read.value
  const imported = session === undefined ? undefined : importSession(session, { isCopy: true })
  return {
    link,
    names: files.map((file) => file.name),
    filesOf: () => unpackEmbedded(files),
    ...(imported?.ok === false ? { sessionProblem: imported.problem.message } : {}),
    made,
  }
}

/** Reads what is embedded. The failure is a sentence. */
export function readEmbedded(text: string): Result<Embedded, string> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail('what is embedded in this page is no JSON: the file was cut or changed on its way')
  }
  const read = v.safeParse(EmbeddedSchema, value)
  if (read.success) return ok(read.output)
  const [issue] = read.issues
  return fail(
    `what is embedded in this page is no report of this version: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}`,
  )
}

/** The files of a report. Rejects with words for a person: damaged, or more than there may be. */
export async function unpackEmbedded(files: Embedded['files'], most = MOST_EMBEDDED_BYTES): Promise<readonly File[]> {
  const unpacked: File[] = []
  let left = most
  for (const { name, gz } of files) {
    const pieces = await unpackOne(name, gz, left)
    const file = new File(pieces, name)
    left -= file.size
    unpacked.push(file)
  }
  return unpacked
}

async function unpackOne(name: string, gz: string, most: number): Promise<BlobPart[]> {
  const pieces: BlobPart[] = []
  let size = 0
  try {
    const packed = new Blob([bytesOfBase64(gz)]).stream()
    for await (const piece of packed.pipeThrough(new DecompressionStream('gzip'))) {
      size += piece.length
      if (size > most) break
      pieces.push(piece)
    }
  } catch {
    throw new Error(`the embedded ${name} cannot be unpacked: this page was cut or changed on its way`)
  }
  if (size > most) throw new Error(`the embedded files unpack to more than a report may hold, at ${name}`)
  return pieces
}
