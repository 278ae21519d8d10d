import { createHash } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Embedded, embeddingProblem, type Made, reportPieces } from '../base/embedded.ts'
import { ONE_FILE } from '../base/one-file.ts'
import { formatPfn } from '../base/pfn.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { derive } from '../derive/derive.ts'
import { openArchives } from '../formats/archives/open-archives.ts'
import { readTrace } from '../formats/read-trace.ts'
import { sourceOfBlob } from '../formats/source.ts'
import { NONE } from '../model/ids.ts'
import { type SliceAbout } from '../model/slice-file.ts'
import { isTraceFormat, type SourceFile } from '../model/source-file.ts'
import { withHashes } from '../queries/with-hashes.ts'
import { buildSlice } from '../report/slice/build-slice.ts'
import { REDACT_NOTHING, type RedactChoice } from '../report/slice/redact-choice.ts'
import { type SessionFile, sessionFile } from '../session/session-file.ts'
import { fileErrorText } from './file-error.ts'
import { findInputs } from './find-inputs.ts'
import { type LoadedCapture } from './load-capture.ts'
import { oneFileApp } from './one-file-app.ts'
import { readLinesOf } from './read-raw-lines.ts'
import { readSession } from './read-session.ts'
import { shortNames } from './short-names.ts'
import { readVersion } from './version.ts'

/** What a report file is asked for. */
export interface HtmlAsked {
  readonly paths: readonly string[]
  /** Where it is written; standard output when absent. */
  readonly output?: string
  /** Only what proves one finding: the failed range of this number, from 1, or this page; the whole capture when neither. */
  readonly failure?: number
  readonly pfn?: number
  /** What of the slice gets other names. */
  readonly redact?: RedactChoice
  /** Path of a session file, whose verdicts and notes go with it. */
  readonly session?: string
  /** Day that the report says it is of; it says none when absent, so that the same files give the same bytes. */
  readonly date?: string
}

interface Content {
  readonly link: string
  readonly files: Embedded['files']
  readonly from: Made['from']
  /** What people said of it. */
  readonly session?: SessionFile
}

/** `pinscope report --format html`: what goes to standard output. */
export async function htmlReport(
  asked: HtmlAsked,
  loaded: LoadedCapture,
  appOf: () => Promise<Result<string, string>> = () => oneFileApp(say),
): Promise<Result<string, string>> {
  const about = aboutOf(asked, loaded)
  if (!about.ok) return about
  const session = asked.session === undefined ? ok(undefined) : await readSession(asked.session)
  if (!session.ok) return session
  const said = session.value && sessionFile(session.value)
  const content =
    about.value === undefined
      ? await wholeOf(asked.paths, said)
      : await sliceOf(loaded, about.value, said, asked.redact)
  if (!content.ok) return content
  const app = await appOf()
  if (!app.ok) return app
  const { link, files, from, ...told } = content.value
  const made: Made = {
    by: `pinscope ${await readVersion()}`,
    ...(asked.date === undefined ? {} : { on: asked.date }),
    from: mainFirst(from, loaded.trace.files),
  }
  const pieces = reportPieces(app.value, { pinscope: 'embedded', version: 1, link, made, ...told, files })
  if (pieces === undefined) return fail(`dist/${ONE_FILE.name} is not pinscope in one file: npm run build makes it`)
  return asked.output === undefined ? ok(pieces.join('')) : write(asked.output, pieces)
}

/** A report is called by its first file: the trace with most in it, where there is one. */
function mainFirst(from: Made['from'], files: readonly SourceFile[]): Made['from'] {
  const traces = files
    .filter(({ format }) => isTraceFormat(format))
    .toSorted((one, other) => other.records - one.records)
  const main = from.find(({ name }) => name === traces.at(0)?.name)
  return main === undefined ? from : [main, ...from.filter((file) => file !== main)]
}

async function write(path: string, pieces: readonly string[]): Promise<Result<string, string>> {
  const bytes = Buffer.from(pieces.join(''))
  const wrong = await writeFile(path, bytes).catch((error: unknown) => fileErrorText(error))
  return typeof wrong === 'string' ? fail(`${path}: ${wrong}`) : ok(`${path}: ${bytes.length} bytes\n`)
}

/** Progress is for a person, who sees it while waiting; it is never among what is piped on. */
function say(words: string): void {
  process.stderr.write(`pinscope: ${words}\n`)
}

function aboutOf(
  { failure, pfn }: HtmlAsked,
  { trace, derived }: LoadedCapture,
): Result<SliceAbout | undefined, string> {
  if (pfn !== undefined && trace.pages.find(pfn) === NONE) return fail(`no file tells anything of ${formatPfn(pfn)}`)
  if (pfn !== undefined) return ok({ kind: 'page', pfn: formatPfn(pfn) })
  if (failure === undefined) return ok(undefined)
  const { findings } = derived
  if (failure <= findings.length) return ok({ kind: 'range', failure: findings[failure - 1].range.id })
  return fail(`failed range ${failure}: these files have ${findings.length === 0 ? 'none' : findings.length}`)
}

/** All files as they are, by the names that they are cited by. */
async function wholeOf(paths: readonly string[], said: SessionFile | undefined): Promise<Result<Content, string>> {
  const inputs = await findInputs(paths)
  if (!inputs.ok) return inputs
  const found = await Promise.all(inputs.value.map((path) => stat(path)))
  const other = found.findIndex((one) => !one.isFile())
  if (other >= 0) return fail(`${inputs.value[other]}: a report holds files, and this is none: save it as a file first`)
  const problem = embeddingProblem(found.reduce((sum, { size }) => sum + size, 0))
  if (problem !== undefined) return fail(`${problem} (--failure N or --pfn PFN)`)
  const names = shortNames(inputs.value)
  const all = await Promise.all(
    inputs.value.map(async (path, at) => ({ name: names[at], bytes: await readFile(path) })),
  )
  const from = all.map(({ name, bytes }) => ({ name, sizeBytes: bytes.length, sha256: sha256Of(bytes) }))
  return ok({ link: '/triage?v=1', files: await Promise.all(all.map(embeddedOf)), from, ...sessionPart(said) })
}

/** What proves one finding, and nothing else. */
async function sliceOf(
  loaded: LoadedCapture,
  about: SliceAbout,
  said: SessionFile | undefined,
  redact: RedactChoice = REDACT_NOTHING,
): Promise<Result<Content, string>> {
  const { trace, derived } = loaded
  const { thresholdNs } = derived
  const link =
    about.kind === 'page' ? `/pfn?v=1&pfn=${about.pfn}` : `/triage?v=1&failure=${encodeURIComponent(about.failure)}`
  const files = withHashes(trace.files, await loaded.hashes)
  const reread = async (json: string) => {
    const read = await readTrace(await openArchives([sourceOfBlob(new File([json], 'slice.json'))]))
    return read.ok ? { trace: read.value, derived: derive(read.value, { thresholdNs }) } : read.error.message
  }
  const maker = { trace, files, derived, readLinesOf: readLinesOf(loaded), reread }
  const built = await buildSlice(maker, { about, link, thresholdNs, redact, ...saidPart(said) })
  if (!built.found) return fail('there is nothing of that range to make a slice of')
  if (built.problem !== '') return fail(`the slice cannot be read again: ${built.problem}`)
  const bytes = Buffer.from(built.json)
  const from = built.slice.files.map(({ name, sizeBytes, sha256 }) => ({
    name,
    sizeBytes,
    ...(sha256 === '' ? {} : { sha256 }),
  }))
  return ok({
    link,
    files: [await embeddedOf({ name: 'pinscope-slice.json', bytes })],
    from,
    ...sessionPart(built.said),
  })
}

function saidPart(said: SessionFile | undefined): { readonly said?: SessionFile } {
  return said === undefined ? {} : { said }
}

function sessionPart(session: SessionFile | undefined): Pick<Content, 'session'> {
  return session === undefined ? {} : { session }
}

const pack = promisify(gzip)

async function embeddedOf({
  name,
  bytes,
}: {
  readonly name: string
  readonly bytes: Buffer
}): Promise<Embedded['files'][number]> {
  return { name, gz: (await pack(bytes, { level: 9 })).toString('base64') }
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
