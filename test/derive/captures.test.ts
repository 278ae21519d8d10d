import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runReport } from '../../src/cli/report-command.ts'
import { captureFiles } from '../../src/cli/eval/capture-files.ts'
import { parseReport } from '../../src/cli/eval/printed-report.ts'
import { scoreOf } from '../../src/cli/eval/score.ts'
import { readTruth } from '../../src/cli/eval/truth.ts'

/** Real captures with known holders that come with the repo. */
const BUNDLED = fileURLToPath(new URL('../fixtures/captures', import.meta.url))
/** The full set; not part of the product, so absent on most machines. */
const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
const hasCorpus = existsSync(CORPUS)
if (!hasCorpus) console.warn('../shared/corpus is absent: tests over all recorded captures are skipped')

function capturesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'truth.json'))) : []
}

/** How the report of a capture was scored, and how it is when everything is found and nothing is made up. */
async function scored(folder: string): Promise<{ readonly got: unknown; readonly right: unknown }> {
  const printed = await runReport({ kind: 'report', paths: captureFiles(folder), isJson: true })
  if (!printed.ok) throw new Error(printed.error)
  const got = scoreOf(readTruth(join(folder, 'truth.json')), parseReport(printed.value))
  const { ranges, pages } = got
  const found = { rangesFound: ranges, pagesFound: pages, top1: pages, kindRight: pages }
  return { got, right: { ...got, ...found, falseRanges: 0, pagesExtra: 0, misses: [], extras: [] } }
}

describe('bundled captures', () => {
  test('are there', () => expect(capturesIn(BUNDLED).length).toBeGreaterThanOrEqual(6))

  test.each(capturesIn(BUNDLED))(
    '%s: the range, its holders and how long they held',
    async (name) => {
      const { got, right } = await scored(join(BUNDLED, name))
      expect(got).toEqual(right)
    },
    60_000,
  )
})

describe.skipIf(!hasCorpus)('all recorded captures (skipped where ../shared/corpus is absent)', () => {
  test.each(hasCorpus ? capturesIn(CORPUS) : ['none'])(
    '%s: the range, its holders and how long they held',
    async (name) => {
      const { got, right } = await scored(join(CORPUS, name))
      expect(got).toEqual(right)
    },
    60_000,
  )
})
