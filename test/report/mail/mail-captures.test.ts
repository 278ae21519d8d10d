import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { TraceSession } from '../../../src/bridge/session.ts'
import { loadCapture, type LoadedCapture } from '../../../src/cli/load-capture.ts'
import { readLinesOf } from '../../../src/cli/read-raw-lines.ts'
import { fillRawText } from '../../../src/queries/raw-text.ts'
import { writeBugReport } from '../../../src/report/mail/bug-report.ts'
import { gatherBugReport } from '../../../src/report/mail/bug-report-facts.ts'
import { BUG_REPORT_FORMATS, type BugReportFormat } from '../../../src/queries/bug-report-question.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/captures', import.meta.url))
const launcher = fileURLToPath(new URL('../../../src/cli/pinscope.mjs', import.meta.url))
const USUAL_THRESHOLD_NS = 300_000_000
const SLOW_MS = 120_000

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

async function loadedInNode(folder: string): Promise<LoadedCapture> {
  const loaded = await loadCapture([folder])
  if (!loaded.ok) throw new Error(loaded.error)
  return loaded.value
}

async function writtenInNode(loaded: LoadedCapture, format: BugReportFormat): Promise<string> {
  const gathered = gatherBugReport(loaded.trace, loaded.derived, { kind: 'first' })
  return writeBugReport(await fillRawText(gathered, readLinesOf(loaded)), format)
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

// Mails of all captures: test/captures/recorded.test.ts. That the page's session answers the same of every one: test/determinism.
test('the page writes the bytes that Node does, and the command line prints them', { timeout: SLOW_MS }, async () => {
  const folder = join(fixtures, 'longterm-driver')
  const inPage = await writtenInSession(folder)
  const inNode = await loadedInNode(folder)
  for (const format of BUG_REPORT_FORMATS) expect(inPage[format]).toBe(await writtenInNode(inNode, format))
  const words = (format: string): readonly string[] => [launcher, 'report', '--format', format, folder]
  const printed = (format: string, ...more: readonly string[]): string =>
    execFileSync(process.execPath, [...words(format), ...more], { maxBuffer: 1 << 28 }).toString()
  expect(printed('mail')).toBe(inPage.text)
  expect(printed('markdown', '--failure', '1')).toBe(inPage.markdown)
  expect(printed('json', '--failure=1')).toBe(inPage.json)
})
