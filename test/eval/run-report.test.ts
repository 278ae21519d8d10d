import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { runReport as reportHere } from '../../src/cli/report-command.ts'
import { captureFiles, damagedFiles } from '../../src/cli/eval/capture-files.ts'
import { parseReport } from '../../src/cli/eval/printed-report.ts'
import { runReport } from '../../src/cli/eval/run-report.ts'

const CAPTURE = fileURLToPath(new URL('../fixtures/captures/seed-example', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'pinscope-eval-test-'))
afterAll(() => rmSync(scratch, { recursive: true }))

function emptyFolder(name: string): string {
  const folder = join(scratch, name)
  mkdirSync(folder)
  return folder
}

test('the command is run as a user runs it, and prints what is scored', async () => {
  const files = captureFiles(CAPTURE)
  const here = await reportHere({ kind: 'report', paths: files, isJson: true })
  const printed = await runReport(files)
  expect(printed).toEqual({ ok: true, value: parseReport(here.ok ? here.value : '') })
  expect(printed.ok && printed.value.failures.length).toBeGreaterThan(0)
})

test('what the command cannot read is a failure in its own words', async () => {
  const nothing = join(emptyFolder('nothing'), 'nothing.txt')
  writeFileSync(nothing, 'nothing that anybody traced\n')
  const printed = await runReport([nothing, join(scratch, 'absent')])
  expect(printed.ok ? '' : printed.error).toMatch(/^pinscope: .*absent/)
})

test('the truth is never handed over', () => {
  expect(existsSync(join(CAPTURE, 'truth.json'))).toBe(true)
  for (const files of [captureFiles(CAPTURE), damagedFiles(CAPTURE, { text: {}, seed: 1 }, emptyFolder('whole'))])
    expect(files.map((path) => basename(path))).not.toContain('truth.json')
})

test('damage is done to traces alone, the same for the same seed, and other files are as they were', () => {
  const folder = emptyFolder('capture')
  const event = (at: number): string => `a-1 [000] 1.${100_000 + at}: page_ref_mod: pfn=0x${at} flags= count=1 val=1`
  const trace = Array.from({ length: 200 }, (_, at) => event(at)).join('\n')
  writeFileSync(join(folder, 'trace.txt'), trace)
  writeFileSync(join(folder, 'trace.dat'), 'binary')
  writeFileSync(join(folder, 'trace_stats.txt'), trace)
  const damage = { text: { dropEvents: 0.5 }, seed: 3 }
  const [files, again] = ['one', 'two'].map((name) => damagedFiles(folder, damage, emptyFolder(name)))
  expect(files.map((path) => basename(path)).sort()).toEqual(['trace.txt', 'trace_stats.txt'])
  const textOf = (paths: readonly string[], name: string): string =>
    readFileSync(paths.find((path) => basename(path) === name) ?? '', 'utf8')
  expect(textOf(files, 'trace_stats.txt')).toBe(trace)
  expect(textOf(files, 'trace.txt')).toBe(textOf(again, 'trace.txt'))
  const left = textOf(files, 'trace.txt').split('\n')
  expect(left.length).toBeGreaterThan(60)
  expect(left.length).toBeLessThan(140)
  for (const line of left) expect(trace).toContain(line)
})
