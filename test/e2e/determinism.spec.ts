import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Ends what hangs: every capture takes seconds. */
const WITHIN_MS = 15 * 60_000

/** The bundled captures and, where they are, those of ../shared/corpus; of those of 600 MB the beginnings. */
const COMMAND = ['src/cli/run-ts.mjs', 'test/determinism/determinism.ts', '--covering']
const LARGE = fileURLToPath(new URL('../../../shared/corpus/big', import.meta.url))

test('every capture is the same in Node, Chromium and Firefox, by any number of shards, in any chunks, plain or packed', async () => {
  test.setTimeout(WITHIN_MS)
  const { code, output } = await run(COMMAND)
  expect(code, output).toBe(0)
  const told =
    /(\d+) captures, (\d+) readings, .* (\d+) readings by several threads with none, .* 0 readings failed, 0 readings differ/
  const [captures, readings, unshared] = (told.exec(output) ?? []).slice(1).map(Number)
  expect(captures, output).toBeGreaterThan(10)
  // Name, MB, events, readings, parts, digest.
  const rows = [...output.matchAll(/^(\S.*?) +[\d.]+ +\d+ +(\d+) +\d+ +[\da-f]{12}$/gm)]
  expect(rows, output).toHaveLength(captures)
  const counts = rows.map(([, , count]) => Number(count))
  expect(
    counts.filter((count) => count < READINGS),
    output,
  ).toEqual([])
  expect(counts.filter((count) => count > READINGS).length, output).toBeGreaterThan(3)
  expect(
    counts.reduce((sum, count) => sum + count, 0),
    output,
  ).toBe(readings)
  if (existsSync(LARGE)) expect(rows.map(([, name]) => name)).toContain('big (head)')
  // Each host shares each capture out among several threads.
  expect(unshared, output).toBe(0)
  const parts = [...output.matchAll(/(node|chromium|firefox) (\d+)/g)].map(([, , count]) => Number(count))
  expect(parts, output).toHaveLength(3)
  expect(Math.min(...parts), output).toBeGreaterThanOrEqual(captures)
})

/** The one that others are compared with, one more in Node, one in each browser; of small captures two more. */
const READINGS = 4

function run(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT, timeout: WITHIN_MS }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: `${stdout}${stderr}` })
    })
  })
}
