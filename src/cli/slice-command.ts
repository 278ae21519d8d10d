import { writeFile } from 'node:fs/promises'
import { fail, ok, type Result } from '../base/result.ts'
import { chooseRules } from '../derive/attribution/rule-set.ts'
import { derive } from '../derive/derive.ts'
import { openArchives } from '../formats/archives/open-archives.ts'
import { readTrace } from '../formats/read-trace.ts'
import { sourceOfBlob } from '../formats/source.ts'
import { type SliceAbout } from '../model/slice-file.ts'
import { withHashes } from '../queries/with-hashes.ts'
import { buildSlice } from '../report/slice/build-slice.ts'
import { MOST_SHARED_CHARACTERS } from '../report/slice/pack-slice.ts'
import { type SliceAnswer } from '../report/slice/slice-question.ts'
import { fileErrorText } from './file-error.ts'
import { loadCapture, type LoadedCapture } from './load-capture.ts'
import { readLinesOf } from './read-raw-lines.ts'
import { readRuleChoice } from './read-rule-choice.ts'
import { type SliceCommand } from './slice-arguments.ts'

type MadeSlice = Extract<SliceAnswer, { found: true }>
type Choice = Parameters<typeof chooseRules>[0]

/** `pinscope slice`: what goes to standard output: the slice, a link that carries it, or what was written where. */
export async function runSlice(command: SliceCommand): Promise<Result<string, string>> {
  const choice = await readRuleChoice(command)
  if (!choice.ok) return choice
  const loaded = await loadCapture(command.paths, { ...command, ...choice.value, withHashes: true })
  if (!loaded.ok) return loaded
  const about = aboutOf(command, loaded.value)
  if (!about.ok) return about
  const made = await makeSlice(loaded.value, about.value, command, choice.value)
  if (!made.found) return fail('the capture has nothing of that page or range to make a slice of')
  if (made.problem !== '') return fail(`the slice cannot be read again: ${made.problem}`)
  if (command.isLink) return linkOf(made, command.page)
  return command.output === undefined ? ok(`${made.json}\n`) : write(command.output, made)
}

async function makeSlice(
  loaded: LoadedCapture,
  about: SliceAbout,
  { redact }: SliceCommand,
  choice: Choice,
): Promise<SliceAnswer> {
  const { trace, derived } = loaded
  const { thresholdNs } = derived
  const reread = async (json: string) => {
    const read = await readTrace(await openArchives([sourceOfBlob(new File([json], 'slice.json'))]))
    return read.ok ? { trace: read.value, derived: derive(read.value, { ...choice, thresholdNs }) } : read.error.message
  }
  const files = withHashes(trace.files, await loaded.hashes)
  const maker = { trace, files, derived, readLinesOf: readLinesOf(loaded), reread }
  const threshold = thresholdNs === 300_000_000 ? '' : `&threshold=${thresholdNs / 1000}`
  const link =
    about.kind === 'page' ? `/pfn?v=1&pfn=${about.pfn}${threshold}` : `/triage?v=1&failure=${about.failure}${threshold}`
  return buildSlice(maker, { about, link, thresholdNs, redact })
}

function aboutOf({ pfn, failure = 0 }: SliceCommand, { derived }: LoadedCapture): Result<SliceAbout, string> {
  if (pfn !== undefined) return ok({ kind: 'page', pfn: `0x${pfn.toString(16)}` })
  const { findings } = derived
  if (failure <= findings.length) return ok({ kind: 'range', failure: findings[failure - 1].range.id })
  return fail(`--failure ${failure}: these files have ${findings.length === 0 ? 'no failed range' : findings.length}`)
}

function linkOf({ slice, packed }: MadeSlice, page = ''): Result<string, string> {
  const link = `${page.replace(/#.*$/, '')}#${slice.link}&slice=${packed}`
  if (link.length <= MOST_SHARED_CHARACTERS) return ok(`${link}\n`)
  return fail(
    `the link would have ${link.length} characters, and mail programs and chats take ${MOST_SHARED_CHARACTERS}: ` +
      'make a file of it with -o FILE',
  )
}

async function write(path: string, { json, gz }: MadeSlice): Promise<Result<string, string>> {
  const bytes = path.endsWith('.gz') ? Buffer.from(gz, 'base64') : Buffer.from(json)
  const wrong = await writeFile(path, bytes).catch((error: unknown) => fileErrorText(error))
  return typeof wrong === 'string' ? fail(`${path}: ${wrong}`) : ok(`${path}: ${bytes.length} bytes\n`)
}
