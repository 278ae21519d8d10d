import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { parseEval } from '../../src/cli/eval/eval-arguments.ts'
import { runEval } from '../../src/cli/eval/eval-command.ts'

const capture = fileURLToPath(new URL('../fixtures/captures/leaky-driver-61', import.meta.url))
const launcher = fileURLToPath(new URL('../../src/cli/pinscope.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pinscope-eval-test-'))

const TRUTH = {
  scenario: 'a driver keeps a page',
  trigger: 'cma',
  outcome: 'fail',
  failed_ranges: [{ start_pfn: 0xdc00, end_pfn: 0x1fc00 }],
  culprits: [{ pfn: 0x1f47a, comm: 'hwcomposer', pid: 53, acceptable_functions: ['leaky_grab'], kind: 'leak' }],
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a corpus is scored as a command of its own, wherever it is run', () => {
  const corpus = join(folder, 'corpus')
  cpSync(capture, join(corpus, 'leak'), { recursive: true })
  writeFileSync(join(corpus, 'leak', 'truth.json'), JSON.stringify(TRUTH))
  mkdirSync(join(corpus, 'no-truth'))
  const printed = execFileSync(process.execPath, [launcher, 'eval', '--json', '--plan', '0', corpus], { cwd: folder })
  expect(JSON.parse(printed.toString())).toMatchObject({
    schema: 'pinscope.eval/1',
    plans: [
      { plan: 'whole', total: { ranges: 1, rangesFound: 1, top1: 1, pages: 1 }, captures: [{ capture: 'leak' }] },
    ],
  })
})

test('a truth that is none, and a folder without any, are told of in one line', async () => {
  const wrong = join(folder, 'wrong')
  mkdirSync(join(wrong, 'a'), { recursive: true })
  const asked = { kind: 'eval', root: wrong, seeds: 1, isVerbose: false, isJson: true } as const
  expect(await runEval(asked)).toEqual({ ok: false, error: `${wrong}: no folder in it has a truth.json` })
  writeFileSync(join(wrong, 'a', 'truth.json'), '{"scenario": 7}')
  expect(await runEval(asked)).toMatchObject({ ok: false, error: expect.stringContaining('truth.json: ') as unknown })
  expect(await runEval({ ...asked, root: join(folder, 'none') })).toMatchObject({ ok: false })
  expect(await runEval({ ...asked, only: ['b'] })).toEqual({ ok: false, error: `${wrong} has no folder b` })
})

test.each([
  [[], 'eval needs one folder'],
  [['a', 'b'], 'eval needs one folder'],
  [['a', '--seeds', '0'], '--seeds needs a number from 1 on'],
  [['a', '--plan', 'x'], '--plan needs numbers'],
])('%j is refused', (words, error) => {
  expect(parseEval(words)).toEqual({ ok: false, error: expect.stringContaining(error) as unknown })
})
