import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { loadSources } from '../../src/cli/load-capture.ts'
import { nodeSource } from '../../src/cli/node-source.ts'
import { readLinesOf } from '../../src/cli/read-raw-lines.ts'
import { type Source } from '../../src/formats/source.ts'
import { fillRawText } from '../../src/queries/raw-text.ts'
import { gatherReport } from '../../src/report/report-facts.ts'
import { type ReportJson, reportJson } from '../../src/report/report-json.ts'

/** Small captures of several files: a trace and dumps, page_pinner without page_ref, a failed offlining. */
const CAPTURES = ['socket-holds-file', 'pinner-vmsplice', 'offline-unmovable', 'buffer-heads']
const MOST_FILES = 6

function namesOf(capture: string): readonly string[] {
  return readdirSync(folderOf(capture)).filter((name) => name !== 'truth.json')
}

function folderOf(capture: string): string {
  return fileURLToPath(new URL(`../fixtures/captures/${capture}/`, import.meta.url))
}

/** Files of a capture in an order, each under a name; without one under its own. */
async function reportOf(capture: string, order: readonly string[], nameOf = (name: string) => name): Promise<string> {
  const sources = order.map(async (name): Promise<Source> => {
    return { ...(await nodeSource(folderOf(capture) + name)), name: nameOf(name) }
  })
  const loaded = await loadSources(await Promise.all(sources))
  if (!loaded.ok) throw new Error(loaded.error)
  const facts = await fillRawText(gatherReport(loaded.value.trace, loaded.value.derived), readLinesOf(loaded.value))
  return JSON.stringify(byName(reportJson(facts)), undefined, 1)
}

/** The files are listed in the order in which they were given: that alone is left to who gives them. */
function byName(report: ReportJson): ReportJson {
  return { ...report, inputs: report.inputs.toSorted((one, other) => (one.name < other.name ? -1 : 1)) }
}

describe.each(CAPTURES)('the report of %s', (capture) => {
  const names = namesOf(capture)
  let inOrder: Promise<string> | undefined
  const shuffled = fc.shuffledSubarray([...names], { minLength: names.length, maxLength: names.length })

  test.prop([shuffled], { numRuns: 3 })('is the same in whichever order its files come', async (order) => {
    expect(names.length).toBeLessThanOrEqual(MOST_FILES)
    expect(await reportOf(capture, order)).toBe(await (inOrder ??= reportOf(capture, names)))
  })

  test('is the same whatever its files are called', async () => {
    const otherName = (name: string): string => `${names.indexOf(name)}-some.log`
    const report = await (inOrder ??= reportOf(capture, names))
    const named = names.reduce((text, name) => text.replaceAll(`"${name}"`, `"${otherName(name)}"`), report)
    expect(await reportOf(capture, names, otherName)).toBe(named)
  })
})
