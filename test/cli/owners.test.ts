import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseArguments } from '../../src/cli/arguments.ts'

const launcher = fileURLToPath(new URL('../../src/cli/pinscope.mjs', import.meta.url))
const dump = (number: number): string =>
  fileURLToPath(new URL(`../fixtures/owners/series-${number}.txt.gz`, import.meta.url))

function owners(...words: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [launcher, 'owners', ...words], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

const USUAL = { kind: 'owners', mode: 'groups', grouping: 'stack', filter: '', isJson: false }

test.each([
  [['owners', 'a'], { ...USUAL, paths: ['a'] }],
  [
    ['owners', '--by', 'age', '--filter=do_tee', '--json', 'a', 'b'],
    { ...USUAL, grouping: 'age', filter: 'do_tee', isJson: true, paths: ['a', 'b'] },
  ],
  [['owners', '--by=order', '--', '-a'], { ...USUAL, grouping: 'order', paths: ['-a'] }],
  [['owners', '--compare', 'a', 'b'], { ...USUAL, mode: 'compare', paths: ['a', 'b'] }],
  [['owners', 'a', 'b', 'c', '--trend'], { ...USUAL, mode: 'trend', paths: ['a', 'b', 'c'] }],
])('%j is understood', (argv, command) => {
  expect(parseArguments(argv)).toEqual({ ok: true, value: command })
})

test.each([
  [['owners'], 'owners needs a file or a folder'],
  [['owners', '--by', 'colour', 'a'], '--by needs one of stack, task, gfp, migratetype, order, age'],
  [['owners', '--filter', '', 'a'], '--filter needs a text'],
  [['owners', '--compare', 'a'], 'owners --compare needs two files'],
  [['owners', '--trend', 'a'], 'owners --trend needs two files or more'],
  [['owners', '--by=', 'a'], '--by needs one of'],
  [['owners', '--json=1', 'a'], 'unknown option --json=1'],
])('%j is refused with what to do', (argv, words) => {
  expect(parseArguments(argv)).toMatchObject({ ok: false, error: expect.stringContaining(words) })
})

test('dumps are compared in the order that they are given in', async () => {
  const [there, back] = await Promise.all([
    owners('--compare', dump(1), dump(3)),
    owners('--compare', '--json', dump(3), dump(1)),
  ])
  expect(there.stdout).toMatch(/^series-1\.txt\.gz → series-3\.txt\.gz: \+410 pages/)
  expect(JSON.parse(back.stdout)).toMatchObject({ schema: 'pinscope.owners/1', mode: 'compare', deltaPages: -410 })
})

test('files that tell nothing of allocations end with one line that says so', async () => {
  const readme = fileURLToPath(new URL('../fixtures/dmesg/linux-6.12.txt', import.meta.url))
  expect(await owners(readme)).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'pinscope: no file tells who allocated: page_owner, page_owner_stacks or page_owner_sort output is needed\n',
  })
})
