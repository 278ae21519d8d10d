import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { captureFiles } from '../../src/cli/eval/capture-files.ts'
import { parseReport, type PrintedReport } from '../../src/cli/eval/printed-report.ts'
import { scoreOf } from '../../src/cli/eval/score.ts'
import { readTruth } from '../../src/cli/eval/truth.ts'
import { loadCapture, type LoadedCapture } from '../../src/cli/load-capture.ts'
import { createNodeSha256, nodeInflate, nodeSource } from '../../src/cli/node-source.ts'
import { readLinesOf } from '../../src/cli/read-raw-lines.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { type SourceFile } from '../../src/model/source-file.ts'
import { fillRawText } from '../../src/queries/raw-text.ts'
import { writeBugReport } from '../../src/report/mail/bug-report.ts'
import { gatherBugReport } from '../../src/report/mail/bug-report-facts.ts'
import { gatherReport } from '../../src/report/report-facts.ts'
import { reportJson } from '../../src/report/report-json.ts'
import { wrongsOf } from '../support/known-kinds.ts'
import { expectMail, notFound } from '../support/mail-checks.ts'

// All that is asked of recorded captures as the command line reads them, in one file: each is read once, whatever is asked.

/** Real captures with known holders that come with the repo. */
const BUNDLED = fileURLToPath(new URL('../fixtures/captures', import.meta.url))
/** The full set; not part of the product, so absent on most machines. */
const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
const hasCorpus = existsSync(CORPUS)
if (!hasCorpus) console.warn('../shared/corpus is absent: tests over all recorded captures are skipped')
const READING_MS = 300_000

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isDirectory())
}

function hasTruth(folder: string): boolean {
  return existsSync(join(folder, 'truth.json'))
}

/** All tests of a capture ask the same one, which none of them changes; the next takes its place. */
let opened: { readonly folder: string; readonly capture: Promise<LoadedCapture> } | undefined

function captureIn(folder: string): Promise<LoadedCapture> {
  if (opened?.folder !== folder) opened = { folder, capture: load(folder) }
  return opened.capture
}

/** What is known of it beforehand is given, too: as any file that is none of a kernel it is told as not read. */
async function load(folder: string): Promise<LoadedCapture> {
  const loaded = await loadCapture([folder])
  if (!loaded.ok) throw new Error(loaded.error)
  return loaded.value
}

/** Without their folders, as a listing has them. */
function namesOf(files: readonly SourceFile[]): readonly string[] {
  return files.map(({ name }) => basename(name)).toSorted()
}

function reportOf({ trace, derived }: LoadedCapture): PrintedReport {
  return parseReport(JSON.stringify(reportJson(gatherReport(trace, derived))))
}

/** How the report of a capture was scored, and how it is when everything is found and nothing is made up. */
function scored(folder: string, report: PrintedReport): { readonly got: unknown; readonly right: unknown } {
  const got = scoreOf(readTruth(join(folder, 'truth.json')), report)
  const { ranges, pages } = got
  const found = { rangesFound: ranges, pagesFound: pages, top1: pages, kindRight: pages }
  return { got, right: { ...got, ...found, falseRanges: 0, pagesExtra: 0, misses: [], extras: [] } }
}

async function mailOf(loaded: LoadedCapture): Promise<string> {
  const gathered = gatherBugReport(loaded.trace, loaded.derived, { kind: 'first' })
  return writeBugReport(await fillRawText(gathered, readLinesOf(loaded)), 'text')
}

test('there are captures that come with pinscope', () => {
  expect(foldersIn(BUNDLED).filter(hasTruth).length).toBeGreaterThanOrEqual(6)
})

test('there are recorded captures beside the checkout', ({ skip }) => {
  skip(!hasCorpus, 'no ../shared/corpus beside the checkout')
  expect(foldersIn(CORPUS).filter(hasTruth)).not.toEqual([])
})

const told = [BUNDLED, CORPUS].flatMap((from) =>
  foldersIn(from)
    .filter(hasTruth)
    .map((folder) => [from === BUNDLED ? 'bundled' : 'recorded', basename(folder), folder] as const),
)

describe.each(told)('the %s %s', (from, name, folder) => {
  test(
    'has files that are all known by content, and none is refused a line',
    async () => {
      const { trace } = await captureIn(folder)
      // What is known beforehand is given, too: it is told as none of a kernel.
      expect(namesOf(trace.files)).toEqual(readdirSync(folder).toSorted())
      expect(trace.files.flatMap((file) => wrongsOf(file))).toEqual([])
    },
    READING_MS,
  )

  test('tells the range, its holders and how long they held', async () => {
    const { got, right } = scored(folder, reportOf(await captureIn(folder)))
    expect(got).toEqual(right)
  })

  test('has a mail that fits, and cites lines that are there', async () => {
    const mail = await mailOf(await captureIn(folder))
    expectMail(mail)
    expect(notFound(mail, captureFiles(folder))).toEqual([])
    if (from !== 'bundled') return
    const golden = fileURLToPath(new URL(`__golden__/${name}.txt`, import.meta.url))
    const plain = mail.replace(/built-in v\d+/, 'built-in vN') // rules are revised
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, plain)
    expect(plain).toBe(readFileSync(golden, 'utf8'))
  })
})

// What holds nothing that is known beforehand is large: it is read, and that is all.
const untold = foldersIn(CORPUS).filter((folder) => !hasTruth(folder))

describe.skipIf(untold.length === 0)('recorded files of which nothing is known beforehand', () => {
  test.each(untold.length === 0 ? ['none'] : untold.map((folder) => basename(folder)))(
    'are all known by content in %s, and none is refused a line',
    async (name) => {
      const folder = join(CORPUS, name)
      const sources = await Promise.all(captureFiles(folder).map((path) => nodeSource(path)))
      const outcome = await readTrace(sources, { inflate: nodeInflate, createSha256: createNodeSha256 })
      const { files } = outcome.ok ? outcome.value : outcome.error
      expect(namesOf(files)).toEqual(readdirSync(folder).toSorted())
      expect(files.flatMap((file) => wrongsOf(file))).toEqual([])
    },
    READING_MS, // one folder holds 1.5 GiB of text
  )
})
