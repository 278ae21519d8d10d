import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseArguments } from '../../src/cli/arguments.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const launcher = fileURLToPath(new URL('../../src/cli/pinscope.mjs', import.meta.url))
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinscope-test-'))
  await writeFile(join(folder, 'trace.txt'), `${tracedText(LEAK)}\n`)
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

function record(...words: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [launcher, 'record', ...words], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

test.each([
  [
    ['record', '--kernel', '6.1', '--trigger', 'cma', '--pfns', '0x10-0x20,0x30'],
    {
      form: 'text',
      paths: [],
      kernel: '6.1',
      trigger: 'cma',
      spans: [
        { startPfn: 16, endPfn: 32 },
        { startPfn: 48, endPfn: 49 },
      ],
    },
  ],
  [
    ['record', '--script', '--tool=perf', '--block', '4', '--buffer-kb=1', '--from-boot', 'a', '--', '-b'],
    { form: 'script', paths: ['a', '-b'], tool: 'perf', block: 4, bufferKb: 1, isFromBoot: true },
  ],
])('%j is understood', (argv, command) => {
  expect(parseArguments(argv)).toEqual({ ok: true, value: { kind: 'record', ...command } })
})

test.each([
  [['record'], 'record needs --kernel'],
  [['record', '--kernel', '6.1'], 'record needs --trigger'],
  [['record', '--kernel', 'new', 'a'], '--kernel needs a release'],
  [['record', '--trigger', 'leak', 'a'], '--trigger needs one of cma'],
  [['record', '--tool', 'bpf', 'a'], '--tool needs one of tracefs'],
  [['record', '--pfns', '12', 'a'], '12 is no PFN'],
  [['record', '--pfns', '', 'a'], '--pfns needs PFNs'],
  [['record', '--block', 'x', 'a'], '--block needs a whole number'],
  [['record', '--area', '', 'a'], '--area needs the name'],
  [['record', '--constructor', 'a'], 'unknown option --constructor'],
  [['record', 'toString=1', '--nope'], 'unknown option --nope'],
])('%j is refused in one line', (argv, words) => {
  const result = parseArguments(argv)
  const lines = result.ok ? [] : result.error.split('\n')
  expect(lines).toEqual([expect.stringContaining(words)])
})

test('steps are printed with what they need and their filter', async () => {
  const { code, stdout } = await record('--kernel', '6.1', '--trigger', 'cma', '--pfns', '0x17800-0x17c00')
  expect(code).toBe(0)
  expect(stdout).toContain('needs CONFIG_DEBUG_PAGE_REF=y')
  expect(stdout).toContain('filter: (pfn >= 0x17800 && pfn < 0x17c00)')
})

test('a capture tells the pages and what is missing; its kernel can be told', async () => {
  const { code, stdout } = await record('--json', '--kernel', '6.12', join(folder, 'trace.txt'))
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'pinscope.record/1',
    question: { kernel: '6.12', tool: 'tracefs', spans: [{ startPfn: 0x100, endPfn: 0x200 }] },
    next: { reasons: [{ kind: 'answered' }, { kind: 'no_owner' }] },
  })
})

test('a capture that does not tell its kernel, and a question that cannot be, are refused', async () => {
  expect(await record(join(folder, 'trace.txt'))).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'pinscope: no file of the capture tells its kernel: give --kernel\n',
  })
  expect(await record('--kernel', '6.1', '--trigger', 'cma', '--area', 'x$(y)')).toMatchObject({ code: 2, stdout: '' })
})

test('the script is one that a shell takes', async () => {
  const { stdout } = await record('--kernel', '5.4', '--trigger', 'offline', '--block', '3', '--script')
  expect(stdout).toMatch(/^#!\/bin\/sh\n/)
  expect(stdout).toContain('LOW=$((3 * SIZE))')
})
