import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { parseBenchOptions } from '../bench/bench-options.ts'
import { openBrowserBench } from '../bench/browser/browser-bench.ts'
import { BROWSER_ROWS } from '../bench/browser/browser-rows.ts'
import { InputStore } from '../bench/inputs/input-store.ts'
import { chooseRows, runRows } from '../bench/run-rows.ts'

// Other formats, reloads and whole growth are the same steps again, and giving up needs a large file, which open.spec.ts
// tries: what they would add here is time.
const ROWS = ['ftrace', 'look-up', 'pan-zoom', 'holds', 'interactions']

test('rows of the bench read what was written, and give a number', async ({ baseURL }) => {
  test.setTimeout(900_000) // a browser for each row, on a machine that may be busy
  const inputs = new InputStore(mkdtempSync(join(tmpdir(), 'pinscope-bench-spec-')), false, () => undefined)
  const options = parseBenchOptions(['--size', '2', '--runs', '1', '--big-trace', '', '--big-owner', ''])
  const opened = await openBrowserBench({ options, inputs, say: () => undefined }, baseURL)
  const { measurements, failed } = await runRows(chooseRows(BROWSER_ROWS, ROWS), opened.bench, () => undefined).finally(
    async () => {
      await opened.close()
      inputs.end()
    },
  )
  expect(failed).toEqual([])
  expect(new Set(measurements.map(({ row }) => row))).toEqual(new Set(ROWS))
  for (const { what, value } of measurements) expect([what, Number.isFinite(value)]).toEqual([what, true])
})
