import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const launcher = fileURLToPath(new URL('../../src/cli/pinscope.mjs', import.meta.url))
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinscope-test-'))
  await writeFile(join(folder, 'trace.txt'), `${tracedText(LEAK)}\n`)
  await writeFile(join(folder, 'notes.json'), '{"nothing": "for us"}\n')
  await mkdir(join(folder, 'inner'))
  await mkdir(join(folder, 'empty'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function pinscope(...words: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [launcher, ...words], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

test('a folder is one capture; files of no known kind are listed and do no harm', async () => {
  const { code, stdout, stderr } = await pinscope('report', folder)
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(stdout).toContain('held by drv-9 in leaky_grab [leaky] since 1.200000')
  expect(stdout).toMatch(/trace\.txt:13: +drv-9 +\[001\] \.{5} 1\.200000: page_ref_mod_unless/)
  expect(stdout).toMatch(/Not read: of no known kind\n +notes\.json/)
})

test('json is one object with the documented fields, its inputs named as short as they can be', async () => {
  const { code, stdout } = await pinscope('report', '--json', join(folder, 'trace.txt'), join(folder, 'notes.json'))
  expect(code).toBe(0)
  const report: unknown = JSON.parse(stdout)
  expect(report).toMatchObject({
    schema: 'pinscope.report/1',
    inputs: [
      { name: 'trace.txt', format: 'ftrace', lines: { rejected: 0 } },
      { name: 'notes.json', format: 'unknown' },
    ],
    failures: [
      { culprits: [{ function: 'leaky_grab [leaky]', evidence: { length: 3, 0: { file: 'trace.txt', line: 13 } } }] },
    ],
  })
})

test('the threshold decides what is long-term', async () => {
  const { stdout } = await pinscope('report', '--json', '--threshold-us', '2000000', folder)
  expect(JSON.parse(stdout)).toMatchObject({ thresholdNs: 2_000_000_000, pinners: [] })
})

test('stats are for people and for machines', async () => {
  const text = await pinscope('stats', folder)
  expect(text.stdout).toContain('Events: 8 (7 page references)')
  const json = await pinscope('stats', '--json', folder)
  expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'pinscope.stats/1', overview: { events: 8 } })
})

test('help and version are not failures', async () => {
  expect(await pinscope('--help')).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('pinscope report'),
  })
  expect(await pinscope('--version')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

test.each([
  ['a missing file', ['report', '/no/such/file'], '/no/such/file: no such file or folder'],
  ['an unknown option', ['report', '--nope', 'x'], 'unknown option --nope'],
  ['an unknown command', ['raport'], 'unknown command raport'],
])('%s ends with 2 and one line that says why', async (_what, words, message) => {
  const { code, stdout, stderr } = await pinscope(...words)
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toBe(stderr.split('\n')[0] + '\n')
  expect(stderr).toContain(message)
})

test('files that are all of no known kind are of no use', async () => {
  const { code, stderr } = await pinscope('report', join(folder, 'notes.json'))
  expect(code).toBe(2)
  expect(stderr).toMatch(/^pinscope: nothing readable: notes\.json: [^\n]+\n$/)
  expect(await pinscope('report', join(folder, 'empty'))).toMatchObject({ code: 2 })
})
