import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type ReportJson } from '../../src/report/report-json.ts'

const launcher = fileURLToPath(new URL('../../src/cli/pinscope.mjs', import.meta.url))
const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
/** Captures beyond this are left to the evaluation, which has the time. */
const SMALL_BYTES = 400_000

const folders = existsSync(corpus) ? readdirSync(corpus).filter((name) => isSmallCapture(join(corpus, name))) : []

function isSmallCapture(folder: string): boolean {
  if (!statSync(folder).isDirectory()) return false
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) < SMALL_BYTES
}

function linesOf(file: string): readonly string[] {
  const bytes = readFileSync(file)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')
}

test('the recorded captures hold some that are small enough', ({ skip }) => {
  skip(!existsSync(corpus), 'no ../shared/corpus beside the checkout')
  expect(folders).not.toEqual([])
})

describe.each(folders)('the report of %s', (folder) => {
  const output = execFileSync(process.execPath, [launcher, 'report', '--json', join(corpus, folder)], {
    maxBuffer: 1 << 28,
  })
  const report: ReportJson = JSON.parse(output.toString())
  const culprits = report.failures.flatMap((failure) => failure.culprits)

  test('accounts for every line of every file', () => {
    for (const { lines } of report.inputs) expect(lines.parsed + lines.skipped + lines.rejected).toBe(lines.total)
  })

  test('cites lines that stand in the files as cited', () => {
    const texts = new Map<string, readonly string[]>()
    for (const { file, line, text } of culprits.flatMap((culprit) => culprit.evidence)) {
      const lines = texts.get(file) ?? linesOf(join(corpus, folder, file))
      texts.set(file, lines)
      expect(text).toBe(lines[line - 1]?.replace(/\r$/, ''))
    }
  })

  test('proves every holder it names', () => {
    for (const culprit of culprits) expect(culprit.evidence.length).toBeGreaterThan(0)
  })

  test('names holders in the order of pages, each page from rank 1', () => {
    for (const failure of report.failures) {
      let before = { pfn: -1, rank: 0 }
      for (const { pfn, rank } of failure.culprits) {
        expect(rank).toBe(pfn === before.pfn ? before.rank + 1 : 1)
        expect(failure.blockingPfns).toContain(pfn)
        before = { pfn, rank }
      }
    }
  })

  test('lists every page of a culprit, with the head that the culprit has', () => {
    for (const failure of report.failures) {
      const heads = new Map(failure.pages.map(({ pfn, headPfn }) => [pfn, headPfn]))
      expect(failure.pages.map(({ pfn }) => pfn)).toEqual(failure.blockingPfns)
      for (const { pfn, headPfn } of failure.culprits) expect(headPfn).toBe(heads.get(pfn))
    }
  })

  test('accounts for every page_ref event, and for every page of the stacks that it lists', () => {
    const { total, shown, short, expected, unpaired } = report.hidden.events
    expect(shown + short + expected + unpaired).toBe(total)
    for (const { pages, pfns, pfnsLeftOff } of report.pinners) expect(new Set(pfns).size + pfnsLeftOff).toBe(pages)
  })
})
