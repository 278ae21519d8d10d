import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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

test('rules that were printed are rules to judge by', async () => {
  const printed = await pinscope('rules', '--json', '--without-rule', 'driver')
  expect(printed).toMatchObject({ code: 0, stderr: '' })
  await writeFile(join(folder, '.rules.json'), printed.stdout)
  const { code, stdout } = await pinscope('report', '--rules', join(folder, '.rules.json'), folder)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Rules of your own, [0-9a-f]{8}: off driver$/m)
})

test('pinners are rows for people, an object for machines, and folded stacks for flame graphs', async () => {
  const text = await pinscope('pinners', '--group', 'task', folder)
  expect(text).toMatchObject({ code: 0, stderr: '' })
  expect(text.stdout).toMatch(/^1 of \d+ holds in 1 group by task, held at least 300\.000 ms$/m)
  expect(text.stdout).toMatch(/drv-9 +driver/)
  const json = await pinscope('pinners', '--json', '--all', '--threshold-us', '0', '--sort', 'holder:up', folder)
  expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'pinscope.pinners/1', thresholdNs: 0, hidden: { short: 0 } })
  const folded = await pinscope('pinners', '--folded', '--innermost', 'holder', folder)
  expect(folded.stdout).toBe('__x64_sys_ioctl;leaky_ioctl [leaky];leaky_grab [leaky] 1\n')
  const wrong = await pinscope('pinners', '--show', 'lur', folder)
  expect(wrong).toMatchObject({ code: 2, stdout: '' })
  expect(wrong.stderr).toContain('no rule or class that hides holds is called "lur"')
})

test('stats are for people and for machines', async () => {
  const text = await pinscope('stats', folder)
  expect(text.stdout).toContain('Events: 8 (7 page references)')
  const json = await pinscope('stats', '--json', folder)
  expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'pinscope.stats/1', overview: { events: 8 } })
  // Node alone takes more than 20 MB.
  expect(JSON.parse(json.stdout).peakBytes).toBeGreaterThan(20e6)
})

test('help and version are not failures', async () => {
  expect(await pinscope('--help')).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('  report '),
  })
  expect(await pinscope('--version')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

test.each([
  ['a missing file', ['report', '/no/such/file'], '/no/such/file: no such file or folder'],
  ['an unknown option', ['report', '--nope', 'x'], 'unknown option --nope'],
  ['an unknown command', ['raport'], 'unknown command raport'],
  ['an unknown rule', ['report', '--without-rule', 'drivr', 'x'], 'no rule is called "drivr"; near: driver'],
  ['a wrong rule file', ['rules', '--rules', launcher], 'pinscope.mjs:1: a value is expected here'],
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

/** Files of a folder of its own: paths in it and what they hold. */
async function dumpOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const dump = await mkdtemp(join(folder, 'dump-'))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dump, path)), { recursive: true })
    await writeFile(join(dump, path), content)
  }
  return dump
}

test('the folders of CMA areas are read by their paths', async () => {
  const dump = await dumpOf({
    'cma/cma-camera/base_pfn': '56320\n',
    'cma/cma-camera/count': '128\n',
    'cma/cma-camera/order_per_bit': '0\n',
    'cma/cma-camera/used': '0\n',
    'cma/cma-camera/maxchunk': '128\n',
    'cma/cma-camera/bitmap': '0 0 0 0 \n',
    'sys/kernel/mm/cma/camera/alloc_pages_fail': '32\n',
    'log/dmesg.txt':
      '[    1.000000] Linux version 6.12.0\n[    9.000001] cma: cma_alloc: camera: alloc failed, req-size: 32 pages, ret: -16\n',
  })
  const { stdout, stderr } = await pinscope('report', '--json', dump)
  expect(stderr).toBe('')
  const report = JSON.parse(stdout) as { inputs: readonly { name: string; format: string }[] }
  expect(report).toMatchObject({ failures: [{ startPfn: 0xdc00, endPfn: 0xdc80 }] })
  expect(report.inputs.filter(({ format }) => format === 'cma')).toHaveLength(7)
})

test('the first PFN of a part of /proc/kpageflags is told on the command line', async () => {
  const values = new BigUint64Array(32).fill(0x400n)
  values[5] = 0x5828n
  const dump = await dumpOf({ 'kpageflags.bin': new Uint8Array(values.buffer) })
  const asked = await pinscope('stats', '--json', dump)
  expect(JSON.parse(asked.stdout)).toMatchObject({ overview: { files: [{ array: { values: 32, basis: 'none' } }] } })
  const told = await pinscope('stats', '--json', '--kpage-start', '0xdc00', dump)
  expect(JSON.parse(told.stdout)).toMatchObject({
    overview: { files: [{ array: { values: 32, startPfn: 0xdc00, basis: 'given' } }] },
  })
  expect(told.stdout).toContain('one value for each page of [0xdc00, 0xdc20), as you told it')
})
