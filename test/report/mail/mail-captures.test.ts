import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { TraceSession } from '../../../src/bridge/session.ts'
import { loadCapture } from '../../../src/cli/load-capture.ts'
import { readLinesOf } from '../../../src/cli/read-raw-lines.ts'
import { fillRawText } from '../../../src/queries/raw-text.ts'
import { writeBugReport } from '../../../src/report/mail/bug-report.ts'
import { gatherBugReport } from '../../../src/report/mail/bug-report-facts.ts'
import { BUG_REPORT_FORMATS, type BugReportFormat } from '../../../src/queries/bug-report-question.ts'
import { citedPieces } from '../../support/cited-pieces.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/captures', import.meta.url))
const corpus = fileURLToPath(new URL('../../../../shared/corpus', import.meta.url))
const launcher = fileURLToPath(new URL('../../../src/cli/pinscope.mjs', import.meta.url))
const USUAL_THRESHOLD_NS = 300_000_000
/** Captures beyond this take the evaluation's time. */
const MOST_BYTES = 6_000_000
const SLOW_MS = 120_000

function capturesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const folders = readdirSync(folder).map((name) => join(folder, name))
  return folders.filter((path) => statSync(path).isDirectory() && sizeOf(path) < MOST_BYTES)
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

function sizeOf(folder: string): number {
  return filesOf(folder).reduce((sum, path) => sum + statSync(path).size, 0)
}

async function writtenInNode(folder: string, format: BugReportFormat): Promise<string> {
  const loaded = await loadCapture([folder])
  if (!loaded.ok) throw new Error(loaded.error)
  const { trace, derived } = loaded.value
  return writeBugReport(
    await fillRawText(gatherBugReport(trace, derived, { kind: 'first' }), readLinesOf(loaded.value)),
    format,
  )
}

async function writtenInSession(folder: string): Promise<Readonly<Record<BugReportFormat, string>>> {
  const session = new TraceSession({ openShelf: () => Promise.resolve(undefined) })
  const files = filesOf(folder).map((path) => new File([new Uint8Array(readFileSync(path))], basename(path)))
  const loaded = await session.load(files, false, () => undefined)
  if (!loaded.ok) throw new Error(loaded.problem.message)
  const texts = { text: '', markdown: '', json: '' }
  for (const format of BUG_REPORT_FORMATS) {
    const asked = { about: { kind: 'first' }, format, thresholdNs: USUAL_THRESHOLD_NS } as const
    const result = await session.ask('bugReport', asked)
    texts[format] = result.ok ? result.answer.text : result.problem.message
  }
  return texts
}

function textLines(path: string): readonly string[] {
  const bytes = readFileSync(path)
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')
}

/** What is not in the line that it is cited from, one piece behind the other: nothing, when the mail is right. */
function notFound(mail: string, folder: string): readonly string[] {
  const paths = new Map(filesOf(folder).map((path) => [basename(path), path]))
  const texts = new Map<string, readonly string[]>()
  const cited = citedPieces(mail, [...paths.keys()])
  expect(cited.length > 0).toBe(!mail.startsWith('Subject: mm: no failed range'))
  const missing: string[] = []
  for (const { file, line, isRecord, pieces } of cited) {
    if (isRecord) continue // a binary file has no text
    const path = paths.get(file) ?? ''
    const lines = texts.get(path) ?? textLines(path)
    texts.set(path, lines)
    const text = lines[line - 1]
    let from = 0
    for (const piece of pieces) {
      const at = text.indexOf(piece, from)
      if (at < 0) missing.push(`${file}:${line} lacks ${piece}`)
      else from = at + piece.length
    }
  }
  return missing
}

function expectMail(mail: string): void {
  const lines = mail.slice(0, -1).split('\n')
  expect(mail.endsWith('\n')).toBe(true)
  expect(lines.length).toBeLessThanOrEqual(60)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  expect(lines[0]).toMatch(/^Subject: mm/)
  // oxlint-disable-next-line no-control-regex -- ASCII where the input is
  expect(mail).toMatch(/^[\n\x20-\x7e]*$/)
}

describe.each(capturesIn(fixtures).map((path) => [basename(path), path]))('the mail of %s', (name, folder) => {
  test('is as it was, of 80 columns and 60 lines, and its lines are in the files as they are cited', async () => {
    const mail = await writtenInNode(folder, 'text')
    const golden = fileURLToPath(new URL(`__golden__/${name}.txt`, import.meta.url))
    const told = mail.replace(/built-in v\d+/, 'built-in vN') // rules are revised
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, told)
    expect(told).toBe(readFileSync(golden, 'utf8'))
    expectMail(mail)
    expect(notFound(mail, folder)).toEqual([])
  })
})

test('the page writes the bytes that Node does, and the command line prints them', { timeout: SLOW_MS }, async () => {
  const folder = join(fixtures, 'longterm-driver')
  const inPage = await writtenInSession(folder)
  for (const format of BUG_REPORT_FORMATS) expect(inPage[format]).toBe(await writtenInNode(folder, format))
  const words = (format: string): readonly string[] => [launcher, 'report', '--format', format, folder]
  const printed = (format: string, ...more: readonly string[]): string =>
    execFileSync(process.execPath, [...words(format), ...more], { maxBuffer: 1 << 28 }).toString()
  expect(printed('mail')).toBe(inPage.text)
  expect(printed('markdown', '--failure', '1')).toBe(inPage.markdown)
  expect(printed('json', '--failure=1')).toBe(inPage.json)
})

const recorded = capturesIn(corpus)

test('there are recorded captures beside the checkout', ({ skip }) => {
  skip(!existsSync(corpus), 'no ../shared/corpus beside the checkout')
  expect(recorded).not.toEqual([])
})

describe.each(recorded.map((path) => [basename(path), path]))('the mail of the recorded %s', (_name, folder) => {
  // That the page's session answers the same of every capture is asked by test/determinism.
  test('fits, and cites lines that are there', { timeout: SLOW_MS }, async () => {
    const mail = await writtenInNode(folder, 'text')
    expectMail(mail)
    expect(notFound(mail, folder)).toEqual([])
  })
})
