import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { generateTrace } from './generate-trace.ts'
import { measure } from './measure.ts'

const folder = mkdtempSync(join(tmpdir(), 'pinscope-bench-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the generated trace is read whole: every line and every event that was written', async () => {
  const path = join(folder, 'small.txt')
  const written = generateTrace(path, 2e6)
  const measured = await measure(path, 1)
  expect(written.bytes).toBeGreaterThanOrEqual(2e6)
  expect(measured).toMatchObject({ textBytes: written.bytes, lines: written.lines, events: written.events })
})

test('the same seed gives the same bytes, another seed other times', () => {
  const text = (name: string, seed: number): string => {
    generateTrace(join(folder, name), 1e5, seed)
    return readFileSync(join(folder, name), 'utf8')
  }
  const first = text('a.txt', 7)
  expect(text('b.txt', 7)).toBe(first)
  expect(text('c.txt', 8)).not.toBe(first)
})
